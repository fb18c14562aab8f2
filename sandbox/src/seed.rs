//! The initial data: the recorded replies in `fixtures/`.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::accounts::{Account, Member, Store, Workspace};

/// Parses a recorded list. Fixtures are compiled in, so a mistake in one fails every test.
fn list<T: DeserializeOwned>(recorded: &str) -> Vec<T> {
    let mut reply: Value = serde_json::from_str(recorded).expect("a fixture is JSON");
    serde_json::from_value(reply["data"].take()).expect("a fixture has the documented shape")
}

/// The initial store: a pooled workspace with three accounts, an assigned one with none, and a single one with one.
pub(crate) fn store() -> Store {
    let mut workspaces: Vec<Workspace> = list(include_str!("../fixtures/workspaces.json"));
    let members: Vec<Member> = list(include_str!("../fixtures/members.json"));
    for workspace in &mut workspaces {
        let in_workspace = |member: &Member| Member { workspace_id: workspace.id.clone(), ..member.clone() };
        workspace.members = members.iter().map(in_workspace).collect();
    }
    let [acme, northwind, solo] = &mut workspaces[..] else {
        panic!("three workspaces are recorded");
    };
    let mut accounts: Vec<Account> = list(include_str!("../fixtures/billing_accounts.json"));
    accounts[0].subscribed = true;
    acme.accounts = accounts;
    northwind.currency = Some("zar");
    solo.currency = Some("gbp");
    solo.accounts = list(include_str!("../fixtures/billing_accounts_single.json"));
    Store { workspaces }
}

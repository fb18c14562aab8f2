//! What the sandbox starts with: the recorded replies in `fixtures/`, so that they are served as they were recorded.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::accounts::{Account, Member, Store, Workspace};

/// A recorded list; it is part of the program, so one that does not parse fails every test.
fn list<T: DeserializeOwned>(recorded: &str) -> Vec<T> {
    let mut reply: Value = serde_json::from_str(recorded).expect("a fixture is JSON");
    serde_json::from_value(reply["data"].take()).expect("a fixture has the documented shape")
}

/// One workspace for each billing mode: pooled with three accounts, assigned with none, single with its only one.
pub(crate) fn store() -> Store {
    let mut workspaces: Vec<Workspace> = list(include_str!("../fixtures/workspaces.json"));
    let members: Vec<Member> = list(include_str!("../fixtures/members.json"));
    for workspace in &mut workspaces {
        let here = |member: &Member| Member { workspace_id: workspace.id.clone(), ..member.clone() };
        workspace.members = members.iter().map(here).collect();
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

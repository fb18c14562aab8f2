//! The stored workspaces, members and billing accounts.
//!
//! Rules that need the stored state (membership, roles, limits) are here; rules for a single field are in `validation`.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;
use time::macros::format_description;

use crate::problem::Problem;

/// A validated new account.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) phone: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) currency: Option<String>,
    pub(crate) address: Address,
}

/// A validated patch of an account. `None` keeps the stored value.
#[derive(Debug)]
pub(crate) struct Changes {
    pub(crate) name: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<Option<String>>,
    pub(crate) description: Option<Option<String>>,
    pub(crate) address: Option<Address>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Address {
    pub(crate) country: Option<String>,
    pub(crate) line1: Option<String>,
    pub(crate) line2: Option<String>,
    pub(crate) city: Option<String>,
    pub(crate) state: Option<String>,
    pub(crate) postal_code: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Account {
    pub(crate) id: String,
    workspace_id: String,
    name: String,
    email: String,
    phone: Option<String>,
    description: Option<String>,
    currency: String,
    address: Address,
    created_at: String,
    updated_at: String,
    /// Whether a subscription is active, which prevents deletion. Not part of the API's JSON.
    #[serde(skip)]
    pub(crate) subscribed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Role {
    Owner,
    Admin,
    Viewer,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Member {
    pub(crate) user_id: String,
    pub(crate) workspace_id: String,
    pub(crate) role: Role,
    pub(crate) created_at: String,
    pub(crate) updated_at: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Workspace {
    pub(crate) id: String,
    name: String,
    description: Option<String>,
    billing_mode: String,
    pooled_seat_limit: Option<u32>,
    archived: bool,
    created_at: String,
    updated_at: String,
    archived_at: Option<String>,
    #[serde(skip)]
    pub(crate) currency: Option<&'static str>,
    #[serde(skip)]
    pub(crate) members: Vec<Member>,
    #[serde(skip)]
    pub(crate) accounts: Vec<Account>,
}

#[derive(Debug, Default)]
pub(crate) struct Store {
    pub(crate) workspaces: Vec<Workspace>,
}

impl Store {
    /// The workspaces that the user `sub` is a member of.
    pub(crate) fn workspaces_of(&self, sub: &str) -> Vec<&Workspace> {
        self.workspaces.iter().filter(|workspace| workspace.role(sub).is_some()).collect()
    }

    /// A workspace that the user may read. For a user who is not a member, the workspace does not exist.
    pub(crate) fn workspace_for_read(&mut self, id: &str, sub: &str) -> Result<&mut Workspace, Problem> {
        self.workspaces.iter_mut().find(|workspace| workspace.id == id && workspace.role(sub).is_some()).ok_or_else(
            || Problem::not_found("workspace_not_found", "There is no such workspace, or not for this user."),
        )
    }

    /// A workspace that the user may change.
    pub(crate) fn workspace_for_write(&mut self, id: &str, sub: &str) -> Result<&mut Workspace, Problem> {
        let workspace = self.workspace_for_read(id, sub)?;
        match workspace.role(sub) {
            Some(Role::Owner | Role::Admin) => Ok(workspace),
            Some(Role::Viewer) | None => Err(Problem::forbidden()),
        }
    }

    /// The accounts of a workspace in the API's JSON.
    pub(crate) fn accounts_json(&self, id: &str) -> Vec<Value> {
        let workspace = self.workspaces.iter().find(|workspace| workspace.id == id);
        workspace.map_or_else(Vec::new, |workspace| workspace.accounts.iter().map(|account| json!(account)).collect())
    }
}

impl Workspace {
    fn role(&self, sub: &str) -> Option<Role> {
        self.members.iter().find(|member| member.user_id == sub).map(|member| member.role)
    }

    pub(crate) fn account(&mut self, id: &str) -> Result<&mut Account, Problem> {
        self.accounts.iter_mut().find(|account| account.id == id).ok_or_else(|| {
            Problem::not_found("billing_account_not_found", "There is no such billing account in this workspace.")
        })
    }

    pub(crate) fn create(&mut self, draft: Draft) -> Result<&Account, Problem> {
        let limit = if self.billing_mode == "single" { 1 } else { 10 };
        if self.accounts.len() >= limit {
            return Err(Problem::limit_reached(&self.billing_mode, limit));
        }
        let now = now();
        let at = self.accounts.len();
        self.accounts.push(Account {
            id: random_id("cus_"),
            workspace_id: self.id.clone(),
            name: draft.name,
            email: draft.email,
            phone: draft.phone,
            description: draft.description,
            currency: draft.currency.unwrap_or_else(|| self.currency.unwrap_or("usd").to_owned()),
            address: draft.address,
            created_at: now.clone(),
            updated_at: now,
            subscribed: false,
        });
        Ok(&self.accounts[at])
    }

    pub(crate) fn delete(&mut self, id: &str) -> Result<(), Problem> {
        if self.account(id)?.subscribed {
            return Err(Problem::active_subscriptions_exist());
        }
        self.accounts.retain(|account| account.id != id);
        Ok(())
    }
}

impl Account {
    pub(crate) fn update(&mut self, changes: Changes) {
        let before = self.clone();
        let Changes { name, email, phone, description, address } = changes;
        self.name = name.unwrap_or_else(|| self.name.clone());
        self.email = email.unwrap_or_else(|| self.email.clone());
        self.phone = phone.unwrap_or_else(|| self.phone.clone());
        self.description = description.unwrap_or_else(|| self.description.clone());
        self.address = address.unwrap_or_else(|| self.address.clone());
        // Laravel's Eloquent does not touch the timestamp of an unchanged record.
        if *self != before {
            self.updated_at = now();
        }
    }
}

fn random_id(prefix: &str) -> String {
    const LETTERS: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
    let letters = (0..16).map(|_| char::from(LETTERS[fastrand::usize(..LETTERS.len())]));
    prefix.chars().chain(letters).collect()
}

fn now() -> String {
    let format = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:6]Z");
    OffsetDateTime::now_utc().format(format).expect("a present-day instant fits the format")
}

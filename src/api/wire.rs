//! The API's JSON, in and out. Pure. What comes in is read part by part, with no shape insisted on: an unreadable part
//! of a saved account must not make it look unsaved (api.md).

use serde_json::{Map, Value};

use super::error::Answer;
use crate::domain::billing_account::NewBillingAccount;
use crate::domain::text::trim;
use crate::domain::workspace::Role;
use crate::domain::{BillingAccount, BillingAccountId, BillingMode, Changes, Field, Workspace, WorkspaceId, json};

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// What it holds.
    pub items: Vec<T>,
    /// Whether the API has more than it sent.
    pub has_more: bool,
}

/// The body that creates an account: what is empty is left out, an address with nothing in it too.
pub fn create_body(account: &NewBillingAccount) -> String {
    json::write(&object(account.filled().map(|(field, value)| (field, value.as_str().into()))))
}

/// The body that changes an account: what changed, with `null` for what was cleared.
pub fn update_body(changes: &Changes, account: &BillingAccount) -> String {
    json::write(&object(changes.sent(account).map(|(field, value)| (field, value.into()))))
}

/// A billing account as the API shows it.
pub fn billing_account_json(ws: &WorkspaceId, account: &BillingAccount) -> String {
    let mut json = object(Field::ALL.into_iter().map(|field| (field, account.get(field).into())));
    json["id"] = account.id.as_str().into();
    json["workspace_id"] = ws.as_str().into();
    json["created_at"] = account.created_at.as_deref().into();
    json["updated_at"] = account.updated_at.as_deref().into();
    json::write(&json)
}

/// An object with each value at its field's key, which is a path: `address.city` lands inside `address`.
fn object(values: impl Iterator<Item = (Field, Value)>) -> Value {
    let mut whole = Map::new();
    for (field, value) in values {
        match field.key().split_once('.') {
            None => _ = whole.insert(field.key().to_owned(), value),
            Some((outer, inner)) => {
                let part = whole.entry(outer).or_insert_with(|| Map::new().into());
                part[inner] = value;
            }
        }
    }
    whole.into()
}

/// Reads a billing account; `None` when it has no id.
pub fn billing_account(body: &str) -> Option<BillingAccount> {
    read_account(&json::read(body)?)
}

/// Reads a list of billing accounts; `None` when there is no list in it. What is no account is passed over.
pub fn billing_accounts(body: &str) -> Option<Page<BillingAccount>> {
    page(body, read_account)
}

/// Reads a list of workspaces; `None` when there is no list in it.
pub fn workspaces(body: &str) -> Option<Page<Workspace>> {
    page(body, read_workspace)
}

/// Reads a workspace; `None` when it has no id.
pub fn workspace(body: &str) -> Option<Workspace> {
    read_workspace(&json::read(body)?)
}

/// Reads the members of a workspace: user id and role. Who cannot be read is passed over.
pub fn members(body: &str) -> Option<Page<(String, Role)>> {
    page(body, |json| Some((text(json.get("user_id")?)?, Role::parse(json.get("role")?.as_str()?))))
}

/// Reads what came with a status that is not a success: the documented error, Laravel's 422, or anything at all.
pub fn answer(status: u16, body: &str) -> Answer {
    let json = json::read(body).unwrap_or_default();
    let doc_url = text(&json["doc_url"]).filter(|url| url.starts_with("https://"));
    let errors = json["errors"]
        .as_object()
        .map(|errors| errors.iter().map(|(key, messages)| (key.clone(), read_messages(messages))).collect());
    Answer {
        status,
        message: text(&json["message"]),
        code: text(&json["code"]),
        doc_url,
        errors: errors.unwrap_or_default(),
        retry_after: None,
    }
}

fn page<T>(body: &str, read: fn(&Value) -> Option<T>) -> Option<Page<T>> {
    let json = json::read(body)?;
    let items = json["data"].as_array()?.iter().filter_map(read).collect();
    Some(Page { items, has_more: json["has_more"] == true })
}

fn read_account(json: &Value) -> Option<BillingAccount> {
    let id = BillingAccountId::parse(json["id"].as_str()?)?;
    let at = |field: Field| field.key().split('.').fold(json, |part, key| &part[key]);
    // Spaces at the ends are kept: the form shows what is stored, and an unchanged field is not sent.
    let mut account = BillingAccount::new(id, |field| match at(field) {
        Value::String(text) => Some(text.clone()),
        // A postal code may well come as a number: to read it as missing would erase it with the next address.
        number @ Value::Number(_) => Some(json::write(number)),
        _ => None,
    });
    account.created_at = text(&json["created_at"]);
    account.updated_at = text(&json["updated_at"]);
    Some(account)
}

fn read_workspace(json: &Value) -> Option<Workspace> {
    let id = WorkspaceId::parse(json["id"].as_str()?)?;
    Some(Workspace {
        name: text(&json["name"]).unwrap_or_else(|| id.to_string()),
        mode: BillingMode::parse(json["billing_mode"].as_str().unwrap_or_default()),
        archived: json["archived"] == true,
        id,
    })
}

/// Laravel sends a list of sentences; other servers one sentence.
fn read_messages(json: &Value) -> Vec<String> {
    let read: Vec<String> = match json {
        Value::Array(items) => items.iter().filter_map(text).collect(),
        one => text(one).into_iter().collect(),
    };
    if read.is_empty() { vec!["The API refused this value".to_owned()] } else { read }
}

fn text(json: &Value) -> Option<String> {
    json.as_str().map(trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

//! The wire types, tested with recorded JSON (`sandbox/fixtures`, which include the vendor's examples) and with broken
//! replies.

#![cfg(not(target_arch = "wasm32"))]

#[path = "contract/fuzz.rs"]
mod fuzz;
#[path = "contract/unreadable.rs"]
mod unreadable;

use billing_admin::api::wire::{self, ListPage};
use billing_admin::domain::billing_account::NewBillingAccount;
use billing_admin::domain::workspace::Role;
use billing_admin::domain::{BillingAccount, BillingMode, Changes, Field, Workspace};
use serde_json::{Value, json};

const RECORDED: [&str; 9] = [
    "billing_account",
    "billing_accounts",
    "billing_accounts_empty",
    "billing_accounts_single",
    "workspaces",
    "workspace_pooled",
    "members",
    "error_active_subscriptions_exist",
    "error_validation",
];

fn recorded(name: &str) -> String {
    let path = format!("{}/sandbox/fixtures/{name}.json", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn json_of(name: &str) -> Value {
    serde_json::from_str(&recorded(name)).expect("a fixture is JSON")
}

/// The value of a field in the JSON of an account.
fn at(account: &Value, field: Field) -> &Value {
    field.key().split('.').fold(account, |part, key| &part[key])
}

#[track_caller]
fn assert_same(account: &BillingAccount, json: &Value) {
    assert_eq!(account.id.as_str(), json["id"]);
    for field in Field::ALL {
        let sent = at(json, field);
        // A number is stored as its text.
        let text = sent.as_str().map(str::to_owned).or_else(|| sent.as_number().map(ToString::to_string));
        assert_eq!(account.get(field), text.as_deref(), "{}", field.key());
    }
    assert_eq!(account.created_at.as_deref(), json["created_at"].as_str());
    assert_eq!(account.updated_at.as_deref(), json["updated_at"].as_str());
}

fn account(json: &Value) -> Option<BillingAccount> {
    wire::billing_account(&json.to_string())
}

/// Runs every parser on a body, for tests that no parser panics.
fn run_every_parser(body: &str) {
    _ = wire::billing_account(body);
    _ = wire::billing_accounts(body);
    _ = wire::workspace(body);
    _ = wire::workspaces(body);
    _ = wire::members(body);
    _ = wire::error_response(422, body);
}

#[test]
fn the_documented_account_is_parsed_completely() {
    let json = json_of("billing_account");
    let account = wire::billing_account(&recorded("billing_account")).unwrap();
    assert_same(&account, &json);
    assert!(Field::ALL.into_iter().all(|field| account.get(field).is_some()));
}

#[test]
fn lists_are_parsed_item_by_item() {
    for name in ["billing_accounts", "billing_accounts_single", "billing_accounts_empty"] {
        let json = json_of(name);
        let ListPage { items, has_more } = wire::billing_accounts(&recorded(name)).unwrap();
        let expected = json["data"].as_array().unwrap();
        assert_eq!((items.len(), has_more), (expected.len(), false), "{name}");
        items.iter().zip(expected).for_each(|(account, json)| assert_same(account, json));
    }
    let more = wire::billing_accounts(r#"{"data":[],"has_more":true}"#).unwrap();
    assert!(more.has_more);
}

#[test]
fn workspaces_are_parsed_with_their_billing_modes() {
    let read = wire::workspaces(&recorded("workspaces")).unwrap();
    let facts: Vec<_> = read.items.iter().map(|ws| (ws.id.as_str(), ws.name.as_str(), &ws.mode)).collect();
    assert_eq!(
        facts,
        [
            ("ws_a1b2c3d4e5f6g7h8", "Acme Networks", &BillingMode::Pooled),
            ("ws_n0r7hw1nd0p3r8t5", "Northwind Operations", &BillingMode::Assigned),
            ("ws_s0l0c0n5ult1ng42", "Solo Consulting", &BillingMode::Single),
        ]
    );
    for (name, expected) in ["workspace_pooled", "workspace_assigned", "workspace_single"].iter().zip(&read.items) {
        assert_eq!(wire::workspace(&recorded(name)).as_ref(), Some(expected));
    }
}

#[test]
fn an_unknown_billing_mode_is_parsed() {
    let read = |json: Value| wire::workspace(&json.to_string());
    let Workspace { name, mode, archived, .. } =
        read(json!({ "id": "ws_1", "name": null, "billing_mode": "galactic", "archived": true })).unwrap();
    assert_eq!((name.as_str(), mode, archived), ("ws_1", BillingMode::Other("galactic".into()), true));
    let bare = read(json!({ "id": "ws_1", "billing_mode": 3, "archived": "yes" })).unwrap();
    assert_eq!((bare.mode.limit(), bare.archived), (None, false));
    assert_eq!(read(json!({ "name": "no id" })), None);
}

#[test]
fn the_create_body_is_the_documented_one() {
    let documented = json_of("create_request");
    let typed = |field| at(&documented, field).as_str().unwrap();
    let body = wire::create_body(&NewBillingAccount::check(typed).unwrap());
    assert_eq!(serde_json::from_str::<Value>(&body).unwrap(), documented);
}

#[test]
fn a_create_body_omits_empty_fields() {
    let typed = |field| match field {
        Field::Name => " ACME \u{200B}",
        Field::Email => "billing@acme.com",
        _ => " ",
    };
    let body = wire::create_body(&NewBillingAccount::check(typed).unwrap());
    assert_eq!(body, r#"{"email":"billing@acme.com","name":"ACME"}"#);
}

#[test]
fn the_update_body_is_the_documented_one() {
    let documented = json_of("update_request");
    let mut before = json_of("billing_account");
    before["address"]["city"] = json!("Oakland");
    let before = account(&before).unwrap();
    let typed = |field| at(&documented, field).as_str().or(before.get(field)).unwrap_or_default();
    let changes = Changes::check(&before, typed).unwrap();
    let body = wire::update_body(&changes, &before);
    assert_eq!(serde_json::from_str::<Value>(&body).unwrap(), documented);
}

#[test]
fn an_update_body_has_the_changes_and_null_for_cleared_fields() {
    let before = wire::billing_account(&recorded("billing_account")).unwrap();
    let typed = |field| match field {
        Field::Name => "ACME",
        Field::Phone => "",
        _ => before.get(field).unwrap_or_default(),
    };
    let changes = Changes::check(&before, typed).unwrap();
    assert_eq!(wire::update_body(&changes, &before), r#"{"name":"ACME","phone":null}"#);
}

#[test]
fn members_are_parsed_with_their_roles() {
    let read = wire::members(&recorded("members")).unwrap();
    let roles: Vec<_> = read.items.iter().map(|(_, role)| *role).collect();
    assert_eq!(roles, [Role::Owner, Role::Admin, Role::Viewer]);
    assert_eq!(read.items[0].0, "auth0|65f0c1a2b3c4d5e6f7a8b9c0");
    let odd =
        json!({ "data": [{ "user_id": 1, "role": "owner" }, { "user_id": "a" }, { "user_id": "b", "role": "boss" }] });
    assert_eq!(wire::members(&odd.to_string()).unwrap().items, [("b".to_owned(), Role::Other)]);
}

#[test]
fn documented_errors_are_parsed() {
    let answer = wire::error_response(422, &recorded("error_active_subscriptions_exist"));
    assert_eq!(answer.status, 422);
    assert_eq!(answer.code.as_deref(), Some("active_subscriptions_exist"));
    assert!(answer.message.unwrap().starts_with("Cannot delete"));
    assert_eq!(answer.doc_url.as_deref(), Some("https://docs.altostrat.io/errors/active_subscriptions_exist"));
    assert!(answer.errors.is_empty());
    assert_eq!(wire::error_response(401, &recorded("error_unauthenticated")).code.as_deref(), Some("unauthenticated"));
}

#[test]
fn laravel_errors_are_parsed_by_key() {
    let answer = wire::error_response(422, &recorded("error_validation"));
    let name = vec!["The name field must not be greater than 100 characters.".to_owned()];
    let country = vec!["The selected address.country is invalid.".to_owned()];
    assert_eq!(answer.errors, [("address.country".to_owned(), country), ("name".to_owned(), name)]);
    assert!(answer.message.unwrap().ends_with("(and 1 more error)"));
    assert_eq!(answer.code, None);
}

#[test]
fn an_error_without_a_message_gets_one() {
    let body = json!({ "errors": { "a": "One sentence.", "b": [], "c": null, "d": [1, {}], "e": ["", "Kept."] } });
    let answer = wire::error_response(422, &body.to_string());
    let words: Vec<_> = answer.errors.iter().map(|(key, words)| format!("{key} {}", words.join(" "))).collect();
    let silent = "This value wasn’t accepted";
    assert_eq!(
        words,
        [
            "a One sentence.".to_owned(),
            format!("b {silent}"),
            format!("c {silent}"),
            format!("d {silent}"),
            "e Kept.".to_owned()
        ]
    );
}

#[test]
fn only_an_https_doc_url_becomes_a_link() {
    let doc_url = |url: &str| wire::error_response(400, &json!({ "doc_url": url }).to_string()).doc_url;
    assert!(doc_url("https://docs.altostrat.io/x").is_some());
    for bad in
        ["http://docs.altostrat.io", "javascript:alert(1)", "//x", "/x", "data:text/html,x", "ftp://x", "https:x", ""]
    {
        assert_eq!(doc_url(bad), None, "{bad}");
    }
}

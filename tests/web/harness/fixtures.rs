//! The account that the stories create, and what the API says of it.

use billing_admin::api::transport::Response;
use serde_json::Value;

use crate::harness::api::{Answer, reply};
use crate::harness::user::{choose, fill, value};

pub(crate) const ACCOUNTS: &str = "/workspaces/ws_1/billing-accounts";
pub(crate) const NEW: &str = "/workspaces/ws_1/billing-accounts/new";
pub(crate) const MEMBERS: &str = "/workspaces/ws_1/members";
pub(crate) const SAVE: &str = "Create billing account";
const REQUEST: &str = include_str!("../../../sandbox/fixtures/create_request.json");
pub(crate) const ACCOUNT: &str = include_str!("../../../sandbox/fixtures/billing_account.json");

/// The API's 404 for an account that does not exist.
pub(crate) const NO_ACCOUNT: &str = r#"{"type":"not_found","code":"billing_account_not_found",
    "message":"There is no such billing account.","doc_url":"https://docs.altostrat.io/errors/x"}"#;
/// The API's 404 for a workspace that does not exist, or not for this user.
pub(crate) const NO_WORKSPACE: &str = r#"{"type":"not_found","code":"workspace_not_found",
    "message":"You are no longer a member of this workspace.","doc_url":"https://docs.altostrat.io/errors/x"}"#;

/// The page of a second account in the same workspace.
pub(crate) const OTHER_PATH: &str = "/workspaces/ws_1/billing-accounts/cus_globex";
/// The second account.
pub(crate) const OTHER_ACCOUNT: &str = r#"{"id":"cus_globex","name":"Globex GmbH","email":"billing@globex.example",
    "phone":"+49 30 1234","currency":"eur","address":{"city":"Berlin","country":"DE"}}"#;

/// Each control of the form: its label while no country is chosen, and its key.
pub(crate) const FIELDS: [(&str, &str); 11] = [
    ("Name", "name"),
    ("Email", "email"),
    ("Phone", "phone"),
    ("Description", "description"),
    ("Currency", "currency"),
    ("Country", "address.country"),
    ("Address line 1", "address.line1"),
    ("Address line 2", "address.line2"),
    ("City", "address.city"),
    ("State or province", "address.state"),
    ("Postal code", "address.postal_code"),
];

/// What a control of the form is called once the country is the United States, as in the example.
pub(crate) fn american(label: &str) -> &str {
    match label {
        "State or province" => "State",
        "Postal code" => "ZIP code",
        other => other,
    }
}

/// The body of the documentation's example.
pub(crate) fn request() -> Value {
    serde_json::from_str(REQUEST).expect("the example is JSON")
}

/// The text at a key of a JSON object.
pub(crate) fn at(json: &Value, key: &str) -> String {
    json.pointer(&format!("/{}", key.replace('.', "/"))).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// The members of the workspace, with the user in this role.
pub(crate) fn members(role: &str) -> String {
    format!(r#"{{"data":[{{"user_id":"auth0|2","role":"owner"}},{{"user_id":"auth0|1","role":"{role}"}}]}}"#)
}

/// Fills in the documentation's example.
pub(crate) async fn fill_in_everything() {
    let example = request();
    for (label, key) in FIELDS {
        if matches!(key, "currency" | "address.country") {
            choose(label, &at(&example, key)).await;
        } else {
            fill(american(label), &at(&example, key)).await;
        }
    }
}

/// Fills in what an account cannot be without.
pub(crate) async fn fill_in_what_is_required() {
    fill("Name", "Acme").await;
    fill("Email", "billing@acme.com").await;
}

/// Everything that [`fill_in_everything`] typed is still there.
pub(crate) fn assert_everything_is_still_typed(when: &str) {
    let example = request();
    for (label, key) in FIELDS {
        assert_eq!(value(american(label)), at(&example, key), "{label}, after {when}");
    }
}

/// "Created", with the documentation's example.
pub(crate) fn created() -> Response {
    reply(201, ACCOUNT)
}

/// [`created`], at once.
pub(crate) fn creates() -> Answer {
    Answer::Now(Ok(created()))
}

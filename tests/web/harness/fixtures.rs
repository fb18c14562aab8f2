//! The account that the stories create, and what the API says of it.

use billing_admin::api::transport::Response;
use serde_json::Value;

use crate::harness::api::{MockResponse, response};
use crate::harness::user::{choose, fill, value};

pub(crate) const ACCOUNTS_PATH: &str = "/workspaces/ws_1/billing-accounts";
pub(crate) const NEW_PATH: &str = "/workspaces/ws_1/billing-accounts/new";
pub(crate) const MEMBERS_PATH: &str = "/workspaces/ws_1/members";
pub(crate) const CREATE: &str = "Create billing account";
const CREATE_REQUEST: &str = include_str!("../../../sandbox/fixtures/create_request.json");
pub(crate) const ACCOUNT: &str = include_str!("../../../sandbox/fixtures/billing_account.json");

/// The API's 404 for an account that does not exist.
pub(crate) const ACCOUNT_NOT_FOUND: &str = r#"{"type":"not_found","code":"billing_account_not_found",
    "message":"There is no such billing account.","doc_url":"https://docs.altostrat.io/errors/x"}"#;
/// The API's 404 for a workspace that does not exist, or not for this user.
pub(crate) const WORKSPACE_NOT_FOUND: &str = r#"{"type":"not_found","code":"workspace_not_found",
    "message":"You are no longer a member of this workspace.","doc_url":"https://docs.altostrat.io/errors/x"}"#;

/// The page of a second account in the same workspace.
pub(crate) const OTHER_ACCOUNT_PATH: &str = "/workspaces/ws_1/billing-accounts/cus_globex";
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
pub(crate) fn us_label(label: &str) -> &str {
    match label {
        "State or province" => "State",
        "Postal code" => "ZIP code",
        other => other,
    }
}

/// The body of the documentation's example.
pub(crate) fn create_request() -> Value {
    serde_json::from_str(CREATE_REQUEST).expect("the example is JSON")
}

/// The text at a key of a JSON object.
pub(crate) fn text_at(json: &Value, key: &str) -> String {
    json.pointer(&format!("/{}", key.replace('.', "/"))).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// The members of the workspace, with the user in this role.
pub(crate) fn members_with_role(role: &str) -> String {
    format!(r#"{{"data":[{{"user_id":"auth0|2","role":"owner"}},{{"user_id":"auth0|1","role":"{role}"}}]}}"#)
}

/// Fills in the documentation's example.
pub(crate) async fn fill_every_field() {
    let example = create_request();
    for (label, key) in FIELDS {
        if matches!(key, "currency" | "address.country") {
            choose(label, &text_at(&example, key)).await;
        } else {
            fill(us_label(label), &text_at(&example, key)).await;
        }
    }
}

/// Fills in what an account cannot be without.
pub(crate) async fn fill_required_fields() {
    fill("Name", "Acme").await;
    fill("Email", "billing@acme.com").await;
}

/// Everything that [`fill_in_everything`] typed is still there.
pub(crate) fn assert_form_is_unchanged(when: &str) {
    let example = create_request();
    for (label, key) in FIELDS {
        assert_eq!(value(us_label(label)), text_at(&example, key), "{label}, after {when}");
    }
}

/// "Created", with the documentation's example.
pub(crate) fn created_response() -> Response {
    response(201, ACCOUNT)
}

/// [`created`], at once.
pub(crate) fn respond_created() -> MockResponse {
    MockResponse::Immediate(Ok(created_response()))
}

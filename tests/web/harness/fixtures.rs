//! The JSON that the mock API returns, and the paths and labels that many tests use.

use billing_admin::api::transport::Response;
use js_sys::Date;
use serde_json::{Value, json};
use wasm_bindgen::JsValue;

use crate::harness::api::{MockResponse, respond_with, response};

/// The list of billing accounts, as a page and as an endpoint.
pub(crate) const ACCOUNTS_PATH: &str = "/workspaces/ws_1/billing-accounts";
pub(crate) const NEW_PATH: &str = "/workspaces/ws_1/billing-accounts/new";
pub(crate) const MEMBERS_PATH: &str = "/workspaces/ws_1/members";
/// The default account, as a page and as an endpoint.
pub(crate) const ACCOUNT_PATH: &str = "/workspaces/ws_1/billing-accounts/cus_a1b2c3d4e5f6g7h8";

/// The submit button of the create form.
pub(crate) const CREATE: &str = "Create billing account";
/// The submit button of the edit form.
pub(crate) const SAVE_CHANGES: &str = "Save changes";

const CREATE_REQUEST: &str = include_str!("../../../sandbox/fixtures/create_request.json");
/// The default account, from the vendor's documentation.
pub(crate) const ACCOUNT: &str = include_str!("../../../sandbox/fixtures/billing_account.json");
/// A complete list without items.
pub(crate) const EMPTY_LIST: &str = r#"{"data":[],"has_more":false}"#;

/// The API's 404 for an account that does not exist.
pub(crate) const ACCOUNT_NOT_FOUND: &str = r#"{"type":"not_found","code":"billing_account_not_found",
    "message":"There is no such billing account.","doc_url":"https://docs.altostrat.io/errors/x"}"#;
/// The API's 404 for a workspace that does not exist or that the user cannot see.
pub(crate) const WORKSPACE_NOT_FOUND: &str = r#"{"type":"not_found","code":"workspace_not_found",
    "message":"You are no longer a member of this workspace.","doc_url":"https://docs.altostrat.io/errors/x"}"#;

/// The page of a second account in the same workspace.
pub(crate) const OTHER_ACCOUNT_PATH: &str = "/workspaces/ws_1/billing-accounts/cus_globex";
/// The second account.
pub(crate) const OTHER_ACCOUNT: &str = r#"{"id":"cus_globex","name":"Globex GmbH","email":"billing@globex.example",
    "phone":"+49 30 1234","currency":"eur","address":{"city":"Berlin","country":"DE"}}"#;

/// The edit page of the default account.
pub(crate) fn edit_path() -> String {
    format!("{ACCOUNT_PATH}/edit")
}

/// The request body of the vendor's create example.
pub(crate) fn create_request() -> Value {
    serde_json::from_str(CREATE_REQUEST).expect("the example is JSON")
}

/// The text at a dotted key of a JSON object.
pub(crate) fn text_at(json: &Value, key: &str) -> String {
    json.pointer(&format!("/{}", key.replace('.', "/"))).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// The default account, with other values at some JSON pointers.
pub(crate) fn account_with(changes: &[(&str, &str)]) -> String {
    let mut account: Value = serde_json::from_str(ACCOUNT).expect("the fixture is JSON");
    for (pointer, text) in changes {
        *account.pointer_mut(pointer).expect("the fixture has every field") = json!(text);
    }
    account.to_string()
}

/// An account of this name, created so many seconds from now.
pub(crate) fn account_created_at(id: &str, name: &str, seconds: f64) -> Value {
    let at = Date::new(&JsValue::from_f64(Date::now() + seconds * 1000.0)).to_iso_string();
    json!({ "id": id, "name": name, "email": "billing@acme.com", "created_at": String::from(at) })
}

/// A complete list of these accounts.
pub(crate) fn list_of(accounts: &[Value]) -> MockResponse {
    respond_with(200, json!({ "data": accounts, "has_more": false }).to_string())
}

/// A complete list of accounts with these names; the ID of each is `cus_` and its name.
pub(crate) fn list_of_names(names: &[&str]) -> MockResponse {
    list_of(&names.iter().map(|name| json!({ "id": format!("cus_{name}"), "name": name })).collect::<Vec<_>>())
}

/// The members of the workspace, with the user in this role.
pub(crate) fn members_with_role(role: &str) -> String {
    format!(r#"{{"data":[{{"user_id":"auth0|2","role":"owner"}},{{"user_id":"auth0|1","role":"{role}"}}]}}"#)
}

/// The 201 with the default account.
pub(crate) fn created_response() -> Response {
    response(201, ACCOUNT)
}

/// Responds to a create with the default account, at once.
pub(crate) fn respond_created() -> MockResponse {
    MockResponse::Immediate(Ok(created_response()))
}

/// Responds with 429 and this `Retry-After` header.
pub(crate) fn respond_rate_limited(retry_after: Option<&str>) -> MockResponse {
    MockResponse::Immediate(Ok(Response {
        status: 429,
        retry_after: retry_after.map(str::to_owned),
        body: String::new(),
    }))
}

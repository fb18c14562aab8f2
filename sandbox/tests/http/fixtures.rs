//! The recorded JSON has exactly the field names of the vendor's documentation.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::harness::{POOLED, Reply, TestServer, fixture};

#[track_caller]
fn has_exactly(value: &Value, names: &str) {
    let keys: BTreeSet<&str> = value.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(keys, names.split(' ').collect());
}

#[test]
fn requests_and_replies_have_the_documented_names() {
    let address = "country line1 line2 city state postal_code";
    let account = "id workspace_id name email phone description currency address created_at updated_at";
    let lists = ["billing_accounts", "billing_accounts_single"].map(fixture);
    let accounts = lists.iter().flat_map(|list| list["data"].as_array().expect("a list"));
    for value in accounts.chain([&fixture("billing_account")]) {
        has_exactly(value, account);
        has_exactly(&value["address"], address);
    }
    has_exactly(&fixture("create_request"), "name email phone description currency address");
    has_exactly(&fixture("update_request"), "name email phone description address");
    for mode in ["pooled", "assigned", "single"] {
        let workspace = fixture(&format!("workspace_{mode}"));
        has_exactly(
            &workspace,
            "id name description billing_mode pooled_seat_limit archived created_at updated_at archived_at",
        );
        assert_eq!(workspace["billing_mode"], mode);
    }
    for member in fixture("members")["data"].as_array().expect("a list") {
        has_exactly(member, "user_id workspace_id role created_at updated_at");
    }
}

#[tokio::test]
async fn the_recorded_errors_are_the_ones_sent() {
    let server = TestServer::start().await;
    let body = json!({ "name": "n".repeat(101), "email": "a@acme.com", "address": { "country": "XX" } });
    assert_eq!(server.post(POOLED, body).await.json(), fixture("error_validation"));
    let request = server.request("GET", "/api/workspaces");
    assert_eq!(Reply::of(request).await.json(), fixture("error_unauthenticated"));
}

//! A reply that arrives after its page was left changes nothing on the current page. The stored draft is the subject of
//! `form/unknown_outcome`, and the questions before leaving are that of `leave_guard`.

use billing_admin::api::transport::NetworkError;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{
    MockResponse, TransportResult, network_error, on_get, on_post, requests, resolve_next, respond_with, response,
};
use crate::harness::app::{open, path, root};
use crate::harness::delete_dialog::open_delete_in_flight;
use crate::harness::dialog::see_no_dialog;
use crate::harness::fixtures::{
    ACCOUNT, ACCOUNT_PATH, ACCOUNTS_PATH, CREATE, MEMBERS_PATH, NEW_PATH, OTHER_ACCOUNT, OTHER_ACCOUNT_PATH,
    account_created_at, members_with_role,
};
use crate::harness::form::fill_required_fields;
use crate::harness::page::shows;
use crate::harness::storage::{NEW_DRAFT, stored_draft};
use crate::harness::user::{fill, follow_link, press, see, see_page};
use crate::harness::wait::{tick, wait_for};

/// A page without requests.
const UNKNOWN_PATH: &str = "/nowhere";

async fn leave() {
    follow_link(UNKNOWN_PATH).await;
    see_page("Page not found").await;
}

/// Sends the result of the oldest deferred request, and checks that the page does not change.
async fn assert_reply_changes_nothing(outcome: TransportResult) {
    let before = (path(), root().inner_html());
    resolve_next(outcome).await;
    tick().await;
    assert_eq!((path(), root().inner_html()), before);
}

#[wasm_bindgen_test]
async fn a_late_reply_to_a_load_changes_nothing() {
    let edit = format!("{ACCOUNT_PATH}/edit");
    let list = format!(r#"{{"data":[{ACCOUNT}]}}"#);
    let loads = [
        ("/", "/workspaces", &*list),
        (ACCOUNTS_PATH, ACCOUNTS_PATH, &list),
        (ACCOUNT_PATH, ACCOUNT_PATH, ACCOUNT),
        (&edit, ACCOUNT_PATH, ACCOUNT),
    ];
    for (page, resource, body) in loads {
        for outcome in
            [Ok(response(200, body)), Ok(response(404, "{}")), Ok(response(401, "{}")), Err(NetworkError::Timeout)]
        {
            let _app = open(page);
            on_get(resource, MockResponse::Deferred);
            wait_for("the request", || requests().len() == 1).await;
            leave().await;
            assert_reply_changes_nothing(outcome).await;
        }
    }
}

#[wasm_bindgen_test]
async fn a_late_reply_after_sign_out_changes_nothing() {
    for page in ["/", ACCOUNTS_PATH, ACCOUNT_PATH] {
        let _app = open(page);
        on_get(if page == "/" { "/workspaces" } else { page }, MockResponse::Deferred);
        wait_for("the request", || requests().len() == 1).await;
        press("Sign out").await;
        see_page("Sign in").await;
        assert_reply_changes_nothing(Ok(response(200, ACCOUNT))).await;
    }
}

#[wasm_bindgen_test]
async fn a_late_reply_does_not_replace_another_account() {
    for outcome in [Ok(response(200, ACCOUNT)), Ok(response(404, "{}"))] {
        let _app = open(ACCOUNT_PATH);
        on_get(ACCOUNT_PATH, MockResponse::Deferred);
        wait_for("the request", || requests().len() == 1).await;
        on_get(OTHER_ACCOUNT_PATH, respond_with(200, OTHER_ACCOUNT));
        follow_link(OTHER_ACCOUNT_PATH).await;
        see("billing@globex.example").await;
        resolve_next(outcome).await;
        tick().await;
        see_page("Globex GmbH").await;
        assert!(shows("billing@globex.example") && !shows("ACME Corp") && !shows("Not found"));
    }
}

/// The role, the capacity and the possible duplicates are loaded in the background.
#[wasm_bindgen_test]
async fn late_replies_to_background_loads_change_nothing() {
    let _app = open(NEW_PATH);
    let list = format!(r#"{{"data":[{ACCOUNT}]}}"#);
    for resource in [MEMBERS_PATH, ACCOUNTS_PATH, "/workspaces/ws_1"] {
        on_get(resource, MockResponse::Deferred);
    }
    fill("Name", "ACME Corp Billing").await;
    wait_for("the requests", || requests().len() == 3).await;
    leave().await;
    for request in requests() {
        let body = match &*request.path {
            MEMBERS_PATH => members_with_role("viewer"),
            ACCOUNTS_PATH => list.clone(),
            _ => r#"{"id":"ws_1","name":"Acme","billing_mode":"single"}"#.to_owned(),
        };
        assert_reply_changes_nothing(Ok(response(200, body))).await;
    }
}

#[wasm_bindgen_test]
async fn a_late_reply_to_a_delete_changes_nothing() {
    for outcome in [Ok(response(204, "")), Ok(response(422, "{}")), Err(NetworkError::Timeout)] {
        let _app = open_delete_in_flight().await;
        follow_link(UNKNOWN_PATH).await;
        press("Leave").await;
        see_page("Page not found").await;
        see_no_dialog().await;
        assert_reply_changes_nothing(outcome).await;
    }
}

#[wasm_bindgen_test]
async fn a_late_reply_to_an_outcome_check_changes_nothing() {
    let created = json!({ "data": [account_created_at("cus_2", "Acme", 1.0)] }).to_string();
    for outcome in [Ok(response(200, created)), Ok(response(500, "")), Err(NetworkError::Timeout)] {
        let _app = open(NEW_PATH);
        fill_required_fields().await;
        on_post(ACCOUNTS_PATH, network_error(NetworkError::Failed));
        on_get(ACCOUNTS_PATH, MockResponse::Deferred);
        press(CREATE).await;
        see("Checking whether the account was created…").await;
        leave().await;
        let draft = stored_draft(NEW_DRAFT);
        assert_reply_changes_nothing(outcome).await;
        assert!(draft.is_some() && stored_draft(NEW_DRAFT) == draft, "the unanswered save stays stored");
    }
}

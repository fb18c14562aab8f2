//! Every message box on the pages speaks of the account and not of the API, contains no banned word and says nothing
//! twice. The server's own words stand in the closed section "Details".

use billing_admin::api::transport::NetworkError;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{
    MockResponse, forget_responses, network_error, on_delete, on_get, on_patch, on_post, resolve_next, respond_with,
    response,
};
use crate::harness::app::{TestApp, open, open_with_token, reload, set_online};
use crate::harness::delete_dialog::{DELETE, open_confirmed_delete};
use crate::harness::fixtures::{
    ACCOUNT, ACCOUNT_NOT_FOUND, ACCOUNT_PATH, ACCOUNTS_PATH, CREATE, MEMBERS_PATH, NEW_PATH, SAVE_CHANGES,
    WORKSPACE_NOT_FOUND, account_created_at, account_with, list_of, members_with_role, respond_created,
    respond_rate_limited,
};
use crate::harness::form::fill_required_fields;
use crate::harness::page::{assert_reads_well, message_boxes, page_text, query_all, shows, text_of};
use crate::harness::scenarios::{
    CHECK_CREATED, DRAFT_RESTORED, EARLIER_ATTEMPT, INTERRUPTED, UNKNOWN_CREATE, create_without_reply, open_edit,
    open_unknown_outcome, open_with_draft,
};
use crate::harness::tokens::token_expiring_in;
use crate::harness::user::{fill, find, press, see, see_in_details, see_summary};
use crate::harness::wait::wait_for;

/// The answers of a server that fails, each with its own words about the API.
fn failures() -> Vec<(String, MockResponse)> {
    let body = r#"{"type":"error","code":"some_code","message":"The API gives its reason, please.","doc_url":"https://docs.altostrat.io/errors/x"}"#;
    let statuses = [400, 401, 403, 404, 405, 408, 409, 413, 415, 422, 429, 500, 502, 503, 504];
    let documented = statuses.map(|status| (format!("{status} with a reason"), respond_with(status, body)));
    let empty = statuses.map(|status| (format!("{status} without a body"), respond_with(status, "")));
    let limit = respond_with(422, r#"{"code":"billing_account_limit_reached","message":"Full."}"#);
    let others = [
        ("limit reached".to_owned(), limit),
        ("429 with a time".to_owned(), respond_rate_limited(Some("7"))),
        ("no response".to_owned(), network_error(NetworkError::Failed)),
        ("timeout".to_owned(), network_error(NetworkError::Timeout)),
        ("HTML".to_owned(), respond_with(200, "<p>")),
        ("201 without an ID".to_owned(), respond_with(201, "{}")),
    ];
    documented.into_iter().chain(empty).chain(others).collect()
}

/// Waits for a message box, and checks all of them.
async fn check_boxes(case: &str) {
    wait_for(&format!("a message: {case}"), || !message_boxes().is_empty()).await;
    check_shown_boxes(case);
}

fn check_shown_boxes(case: &str) {
    for text in message_boxes() {
        assert_reads_well(&text, case);
    }
    assert_eq!(query_all("details[open]:not(.more)").len(), 0, "{case}: Details are closed");
    assert_reads_well_on_page(case);
}

/// The page itself does not speak of the API either.
fn assert_reads_well_on_page(case: &str) {
    let text = page_text();
    assert!(!text.replace("API key", "").contains("API"), "{case}: {text}");
}

async fn save_new(response: MockResponse) -> TestApp {
    let app = open(NEW_PATH);
    fill_required_fields().await;
    on_post(ACCOUNTS_PATH, response);
    press(CREATE).await;
    app
}

#[wasm_bindgen_test]
async fn messages_of_a_failed_create_read_well() {
    for (case, response) in failures() {
        let _app = save_new(response).await;
        check_boxes(&case).await;
        // The dialog of an expired session is above the page.
        if !case.starts_with("401") {
            find("Copy details").await;
        }
    }
}

#[wasm_bindgen_test]
async fn messages_of_a_failed_update_read_well() {
    for (case, response) in failures() {
        let _app = open_edit().await;
        fill("Name", "Mine").await;
        on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
        on_patch(ACCOUNT_PATH, response);
        press(SAVE_CHANGES).await;
        (0..3).for_each(|_| on_get(ACCOUNT_PATH, MockResponse::Deferred));
        check_boxes(&case).await;
        // Not every failure is followed by checks.
        forget_responses();
    }
}

#[wasm_bindgen_test]
async fn messages_of_a_failed_delete_read_well() {
    for (case, response) in failures() {
        let _app = open_confirmed_delete().await;
        on_delete(ACCOUNT_PATH, response);
        press(DELETE).await;
        if case == "201 without an ID" {
            // A success.
            see("Billing accounts").await;
        } else {
            check_boxes(&case).await;
        }
    }
}

#[wasm_bindgen_test]
async fn messages_of_a_failed_load_read_well() {
    for (path, body) in [(ACCOUNT_PATH, ACCOUNT_NOT_FOUND), (ACCOUNTS_PATH, WORKSPACE_NOT_FOUND), ("/workspaces", "")] {
        for (case, response) in failures().into_iter().chain([("404".to_owned(), respond_with(404, body))]) {
            let is_transient = case.starts_with("50") && !case.starts_with("500") || case == "no response";
            let _app = open(if path == "/workspaces" { "/" } else { path });
            on_get(path, response.clone());
            if is_transient {
                on_get(path, response);
            }
            let case = format!("{path}: {case}");
            // After a 404 the page itself says that the account or workspace was not found, without a box.
            wait_for(&case, || !message_boxes().is_empty() || shows(" not found")).await;
            check_shown_boxes(&case);
        }
    }
}

#[wasm_bindgen_test]
async fn messages_of_an_unknown_create_read_well() {
    let new = |id, seconds| account_created_at(id, "Acme", seconds);
    let checks = [
        ("not found", list_of(&[])),
        ("one candidate", list_of(&[json!({ "id": "cus_2", "name": "Acme", "email": "billing@acme.com" })])),
        ("two candidates", list_of(&[new("cus_2", 1.0), new("cus_3", 90_000.0)])),
        ("offline", network_error(NetworkError::Timeout)),
        ("rate limit", respond_rate_limited(Some("7"))),
        ("no access", respond_with(403, "")),
    ];
    for (case, response) in checks {
        let app = create_without_reply(respond_with(403, "")).await;
        (0..3).for_each(|_| on_get(ACCOUNTS_PATH, response.clone()));
        see(UNKNOWN_CREATE).await;
        check_shown_boxes("while checking");
        find(CHECK_CREATED).await;
        forget_responses();
        check_boxes(case).await;
        reload(&app);
        see(INTERRUPTED).await;
        check_boxes("interrupted").await;
    }
    let _app = open_unknown_outcome(list_of(&[])).await;
    press("Edit details").await;
    see(EARLIER_ATTEMPT).await;
    check_boxes("an earlier attempt").await;
}

#[wasm_bindgen_test]
async fn the_error_summary_is_the_only_box_of_a_422() {
    let laravel = r#"{"message":"The API says no.","errors":{"email":["Taken."],"vat":["Missing."]}}"#;
    let _app = save_new(respond_with(422, laravel)).await;
    assert_eq!(see_summary().await, ["Taken.", "Missing."]);
    assert_eq!(message_boxes().len(), 1, "{:?}", message_boxes());
    see("The account wasn’t created. Fix these fields and try again.").await;
    see_in_details("Response: “The API says no.”").await;
    find("Copy details").await;
    check_boxes("422").await;

    let _app = open_edit().await;
    fill("Name", "").await;
    press(SAVE_CHANGES).await;
    assert_eq!(see_summary().await, ["Enter a name"]);
    see("Your changes weren’t saved. Fix these fields and try again.").await;
    assert!(query_all("details, button").iter().all(|part| text_of(part) != "Copy details"));
}

#[wasm_bindgen_test]
async fn notices_read_well() {
    let _app = open_with_draft("Acme").await;
    reload(&_app);
    see(DRAFT_RESTORED).await;
    check_boxes("a restored draft").await;
    let _app = open(&format!("{NEW_PATH}?name=Acme&currency=jpy"));
    see("“jpy” isn’t a supported currency, so it was left out.").await;
    check_boxes("a link").await;
    let _app = open_with_token(NEW_PATH, Some(&token_expiring_in(200.0)));
    see("Sign in again to keep working.").await;
    check_boxes("a session that ends").await;
    let _app = open(NEW_PATH);
    on_get(MEMBERS_PATH, MockResponse::Deferred);
    fill("Name", "Mine").await;
    resolve_next(Ok(response(200, members_with_role("viewer")))).await;
    see("You can only view billing accounts here").await;
    check_boxes("a viewer").await;
    let _app = open_edit().await;
    fill("Name", "Mine").await;
    on_get(ACCOUNT_PATH, respond_with(200, account_with(&[("/name", "Theirs")])));
    press(SAVE_CHANGES).await;
    see("This account was updated while you were editing").await;
    check_boxes("a conflict").await;
    let _app = save_new(respond_created()).await;
    see("Billing account created").await;
    check_boxes("a created account").await;
    let _app = open(NEW_PATH);
    fill_required_fields().await;
    set_online(false);
    on_get(ACCOUNTS_PATH, network_error(NetworkError::Failed));
    press(CREATE).await;
    check_boxes("offline").await;
}

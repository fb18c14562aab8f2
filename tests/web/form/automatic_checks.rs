//! After a lost reply the app checks by itself, three times, and opens the account only if it is certain.

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{
    MockResponse, background_requests, gets, on_get, on_patch, on_post, patches, posts, resolve_next, respond_with,
    response,
};
use crate::harness::app::{path, reload};
use crate::harness::fixtures::{
    ACCOUNT, ACCOUNT_PATH, ACCOUNTS_PATH, CREATE, NEW_PATH, SAVE_CHANGES, account_created_at, account_with, list_of,
    respond_rate_limited,
};
use crate::harness::page::{focused, query_all, shows, status_starts_with, text_of};
use crate::harness::scenarios::{CHECK_CREATED, INTERRUPTED, UNKNOWN_CREATE, create_without_reply, open_edit};
use crate::harness::user::{fill, find, press, see, see_page};
use crate::harness::wait::{long_delays, sleep, wait_for};

const CHECKING: &str = "Checking whether the account was created…";

fn created() -> MockResponse {
    list_of(&[account_created_at("cus_2", "Acme", 1.0)])
}

#[wasm_bindgen_test]
async fn a_lost_create_is_checked_after_0_3_and_8_seconds() {
    let app = create_without_reply(list_of(&[])).await;
    for _ in 0..3 {
        on_get(ACCOUNTS_PATH, list_of(&[]));
    }
    see(UNKNOWN_CREATE).await;
    see(CHECKING).await;
    assert!(status_starts_with(CHECKING), "it is announced");
    assert!(query_all(".unknown button").iter().all(|button| text_of(button) == "Copy details"));
    wait_for("the focus on the notice", || text_of(&focused()).starts_with("No response from Altostrat")).await;
    for button in [CHECK_CREATED, "Create anyway", "Edit details"] {
        find(button).await;
    }
    see("Creating it again now could make a duplicate.").await;
    assert!(!shows(CHECKING));
    assert_eq!((gets().len(), posts().len()), (4, 1), "the list from before, and three checks");
    let [second, third] = long_delays()[..] else { panic!("{:?}", long_delays()) };
    assert!((2000.0..=3000.0).contains(&second) && (7000.0..=8000.0).contains(&third), "{second} {third}");
    drop(app);
}

#[wasm_bindgen_test]
async fn an_account_that_appears_late_opens_by_itself() {
    let _app = create_without_reply(list_of(&[])).await;
    on_get(ACCOUNTS_PATH, list_of(&[]));
    on_get(ACCOUNTS_PATH, created());
    see_page("Acme").await;
    see("Billing account created").await;
    assert_eq!((posts().len(), path()), (1, format!("{ACCOUNTS_PATH}/cus_2")));
}

#[wasm_bindgen_test]
async fn an_uncertain_account_does_not_open_by_itself() {
    let _app = create_without_reply(respond_with(403, "")).await;
    on_get(ACCOUNTS_PATH, created());
    see("This account may be yours").await;
    assert_eq!(path(), NEW_PATH);
}

#[wasm_bindgen_test]
async fn a_reloaded_page_checks_an_interrupted_create() {
    let app = create_without_reply(list_of(&[])).await;
    see(UNKNOWN_CREATE).await;
    reload(&app);
    see(INTERRUPTED).await;
    on_get(ACCOUNTS_PATH, list_of(&[]));
    on_get(ACCOUNTS_PATH, created());
    see_page("Acme").await;
    assert_eq!(posts().len(), 1);
}

#[wasm_bindgen_test]
async fn leaving_the_page_ends_the_checks() {
    let _app = create_without_reply(list_of(&[])).await;
    see(CHECKING).await;
    on_get("/workspaces", respond_with(200, r#"{"data":[]}"#));
    press("Altostrat Billing").await;
    see_page("Choose a workspace").await;
    let before = background_requests();
    sleep(200).await;
    assert_eq!(background_requests(), before);
}

#[wasm_bindgen_test]
async fn a_rate_limited_check_ends_the_automatic_ones() {
    let _app = create_without_reply(list_of(&[])).await;
    on_get(ACCOUNTS_PATH, respond_rate_limited(Some("7")));
    see("We couldn’t check. Too many requests.").await;
    see("Wait 7 s").await;
    press(CHECK_CREATED).await;
    press("Create anyway").await;
    assert_eq!((gets().len(), posts().len()), (2, 1), "the countdown blocks both buttons");
}

#[wasm_bindgen_test]
async fn a_lost_update_is_checked_by_itself() {
    let _app = open_edit().await;
    fill("Name", "Mine").await;
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    on_patch(ACCOUNT_PATH, respond_with(504, ""));
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    on_get(ACCOUNT_PATH, respond_with(200, account_with(&[("/name", "Mine")])));
    press(SAVE_CHANGES).await;
    see("Checking whether your changes were saved…").await;
    see_page("Mine").await;
    see("Billing account updated").await;
    assert_eq!(patches().len(), 1);
    find("Undo").await;
}

#[wasm_bindgen_test]
async fn a_submit_during_the_checks_sends_nothing() {
    let _app = create_without_reply(list_of(&[])).await;
    on_get(ACCOUNTS_PATH, MockResponse::Deferred);
    see(CHECKING).await;
    press(CREATE).await;
    wait_for("the focus on the notice", || text_of(&focused()).starts_with("No response from Altostrat")).await;
    assert_eq!(posts().len(), 1);
    on_get(ACCOUNTS_PATH, list_of(&[]));
    on_get(ACCOUNTS_PATH, list_of(&[]));
    resolve_next(Ok(response(200, json!({ "data": [] }).to_string()))).await;
    find(CHECK_CREATED).await;
    on_post(ACCOUNTS_PATH, respond_with(422, ""));
    press("Create anyway").await;
    see("Some details weren’t accepted").await;
    assert_eq!(posts().len(), 2);
}

//! A reply to a save that lacks fields. A missing field is unknown, not empty, so the app fetches the account.

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{
    MockResponse, gets, on_get, on_patch, on_post, patches, posts, resolve_next, respond_with, response,
};
use crate::harness::app::open;
use crate::harness::fixtures::{ACCOUNT, ACCOUNT_PATH, ACCOUNTS_PATH, CREATE, NEW_PATH, SAVE_CHANGES, account_with};
use crate::harness::form::fill_every_field;
use crate::harness::page::shows;
use crate::harness::scenarios::open_edit;
use crate::harness::user::{fill, press, see, see_page};
use crate::harness::wait::wait_for;

#[wasm_bindgen_test]
async fn a_field_missing_from_a_reply_is_fetched() {
    let _app = open_edit().await;
    fill("Name", "Mine").await;
    fill("City", "Oakland").await;
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    on_patch(
        ACCOUNT_PATH,
        respond_with(200, r#"{"id":"cus_a1b2c3d4e5f6g7h8","updated_at":"2025-10-29T00:40:06.000000Z"}"#),
    );
    let stored = account_with(&[("/name", "Mine"), ("/address/city", "Oakland")]);
    on_get(ACCOUNT_PATH, respond_with(200, stored));
    press(SAVE_CHANGES).await;
    see_page("Mine").await;
    see("Billing account updated").await;
    see("Oakland").await;
    assert!(shows("Changed: Name, City.") && !shows("saved as"));
    assert_eq!(patches().len(), 1);
}

#[wasm_bindgen_test]
async fn a_null_field_in_a_reply_was_saved_as_empty() {
    let _app = open_edit().await;
    fill("Description", "Mine").await;
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    let mut stored: serde_json::Value = serde_json::from_str(ACCOUNT).unwrap();
    stored["description"] = json!(null);
    on_patch(ACCOUNT_PATH, respond_with(200, stored.to_string()));
    press(SAVE_CHANGES).await;
    see("Description was saved as empty, not “Mine”.").await;
    assert_eq!(gets().len(), 2, "a complete reply is not fetched again");
}

#[wasm_bindgen_test]
async fn a_created_account_with_only_an_id_is_fetched() {
    let _app = open(NEW_PATH);
    fill_every_field().await;
    on_post(ACCOUNTS_PATH, respond_with(201, r#"{"id":"cus_a1b2c3d4e5f6g7h8"}"#));
    on_get(ACCOUNT_PATH, MockResponse::Deferred);
    press(CREATE).await;
    see("Billing account created").await;
    assert!(shows("Not known") && !shows("Add an email"), "a missing field is unknown");
    resolve_next(Ok(response(200, ACCOUNT))).await;
    see_page("ACME Corp Billing").await;
    wait_for("every field", || shows("For US-based operations") && !shows("Not known")).await;
    assert_eq!(posts().len(), 1);
}

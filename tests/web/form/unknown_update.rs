//! An update without a reply: the check compares the account field by field, and only the user can send it again.

use billing_admin::api::transport::NetworkError;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{network_error, on_get, on_patch, patches, respond_with};
use crate::harness::app::{TestApp, reload};
use crate::harness::fixtures::{ACCOUNT, ACCOUNT_PATH, SAVE_CHANGES, account_with};
use crate::harness::page::{shows, value};
use crate::harness::scenarios::{INTERRUPTED, open_edit, open_edit_of};
use crate::harness::storage::{ACCOUNT_DRAFT, stored_draft};
use crate::harness::user::{fill, find, press, see, see_page};

const CHECK: &str = "Check again";

/// Lets the automatic checks fail.
fn fail_checks() {
    (0..3).for_each(|_| on_get(ACCOUNT_PATH, respond_with(500, "")));
}

/// An update of the name and the phone that got no reply.
async fn update_without_reply() -> TestApp {
    let app = open_edit().await;
    fill("Name", " Mine ").await;
    fill("Phone", "").await;
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    on_patch(ACCOUNT_PATH, network_error(NetworkError::Timeout));
    fail_checks();
    press(SAVE_CHANGES).await;
    see("We don’t know yet whether your changes were saved.").await;
    find(CHECK).await;
    app
}

fn mine() -> String {
    account_with(&[("/name", "Mine"), ("/phone", "")])
}

#[wasm_bindgen_test]
async fn a_check_finds_an_update_that_was_applied() {
    let _app = update_without_reply().await;
    assert!(stored_draft(ACCOUNT_DRAFT).is_some());
    press(SAVE_CHANGES).await;
    on_get(ACCOUNT_PATH, respond_with(200, mine()));
    press(CHECK).await;
    see_page("Mine").await;
    see("Billing account updated").await;
    assert_eq!(patches().len(), 1);
    assert_eq!(stored_draft(ACCOUNT_DRAFT), None);
}

#[wasm_bindgen_test]
async fn an_update_that_was_not_applied_can_be_sent_again() {
    let _app = update_without_reply().await;
    on_get(ACCOUNT_PATH, respond_with(200, account_with(&[("/phone", "")])));
    press(CHECK).await;
    see("They aren’t in the account yet").await;
    see("Name is “ACME Corp Billing”, not “Mine”.").await;
    assert!(!shows("Phone is"));
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    on_patch(ACCOUNT_PATH, respond_with(200, mine()));
    press("Send again").await;
    see("Billing account updated").await;
    assert_eq!(patches().len(), 2);
    assert_eq!(patches()[1].body, json!({ "name": "Mine", "phone": null }));
}

#[wasm_bindgen_test]
async fn a_late_update_is_not_sent_twice() {
    let _app = update_without_reply().await;
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    press(CHECK).await;
    see("They aren’t in the account yet").await;
    on_get(ACCOUNT_PATH, respond_with(200, mine()));
    press("Send again").await;
    see("Billing account updated").await;
    assert_eq!(patches().len(), 1);
}

#[wasm_bindgen_test]
async fn an_unanswered_update_survives_a_reload() {
    let app = update_without_reply().await;
    reload(&app);
    // Another user has changed a field that the update does not contain.
    on_get(ACCOUNT_PATH, respond_with(200, account_with(&[("/email", "theirs@acme.com")])));
    fail_checks();
    see(INTERRUPTED).await;
    find(CHECK).await;
    assert_eq!([value("Name"), value("Phone"), value("Email")], ["Mine", "", "theirs@acme.com"]);
    on_get(ACCOUNT_PATH, respond_with(200, mine()));
    press(CHECK).await;
    see_page("Mine").await;
    assert_eq!(patches().len(), 1);
    assert_eq!(stored_draft(ACCOUNT_DRAFT), None);
}

/// An edit form after an unanswered update of the phone and a failed check.
async fn edit_after_unanswered_update(phone: &str) -> TestApp {
    let app = open_edit_of(&account_with(&[("/phone", "P0")])).await;
    fill("Phone", phone).await;
    on_get(ACCOUNT_PATH, respond_with(200, account_with(&[("/phone", "P0")])));
    on_patch(ACCOUNT_PATH, network_error(NetworkError::Timeout));
    fail_checks();
    press(SAVE_CHANGES).await;
    press("Edit details").await;
    app
}

#[wasm_bindgen_test]
async fn an_unanswered_update_can_be_reverted() {
    let _app = edit_after_unanswered_update("P1").await;
    fill("Phone", "P0").await;
    on_get(ACCOUNT_PATH, respond_with(200, account_with(&[("/phone", "P1")])));
    on_patch(ACCOUNT_PATH, respond_with(200, account_with(&[("/phone", "P0")])));
    press(SAVE_CHANGES).await;
    see("Billing account updated").await;
    assert_eq!(patches()[1].body, json!({ "phone": "P0" }));
    assert!(!shows("Someone else"));
}

#[wasm_bindgen_test]
async fn an_unanswered_update_is_not_taken_for_a_conflict() {
    let _app = edit_after_unanswered_update("P1").await;
    fill("Phone", "P0").await;
    fill("Name", "Mine").await;
    on_get(ACCOUNT_PATH, respond_with(200, account_with(&[("/phone", "P1")])));
    on_patch(ACCOUNT_PATH, respond_with(200, account_with(&[("/phone", "P0"), ("/name", "Mine")])));
    press(SAVE_CHANGES).await;
    see("Billing account updated").await;
    assert_eq!(patches()[1].body, json!({ "name": "Mine", "phone": "P0" }));
    assert!(!shows("Someone else"));
}

#[wasm_bindgen_test]
async fn a_reverted_update_that_was_not_applied_is_not_called_saved() {
    let _app = edit_after_unanswered_update("P1").await;
    fill("Phone", "P0").await;
    on_get(ACCOUNT_PATH, respond_with(200, account_with(&[("/phone", "P0")])));
    press(SAVE_CHANGES).await;
    see("The account already has these values").await;
    assert_eq!(patches().len(), 1);
    assert!(shows("An earlier save got no response") && !shows("Billing account updated"));
}

#[wasm_bindgen_test]
async fn an_email_stored_in_another_case_counts_as_saved() {
    let _app = open_edit().await;
    fill("Email", "Mine@ACME.com").await;
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    on_patch(ACCOUNT_PATH, network_error(NetworkError::Timeout));
    on_get(ACCOUNT_PATH, respond_with(200, account_with(&[("/email", "mine@acme.com")])));
    press(SAVE_CHANGES).await;
    see("Billing account updated").await;
}

#[wasm_bindgen_test]
async fn a_check_without_the_field_in_its_reply_decides_nothing() {
    let _app = update_without_reply().await;
    on_get(ACCOUNT_PATH, respond_with(200, r#"{"id":"cus_a1b2c3d4e5f6g7h8"}"#));
    press(CHECK).await;
    see("We couldn’t check.").await;
    assert!(!shows("Billing account updated") && !shows("They aren’t in the account yet"));
}

#[wasm_bindgen_test]
async fn an_unanswered_update_is_sent_once_and_keeps_the_draft() {
    for failure in [
        respond_with(500, ""),
        respond_with(503, ""),
        network_error(NetworkError::Failed),
        network_error(NetworkError::Timeout),
    ] {
        let _app = open_edit().await;
        fill("Name", "Mine").await;
        on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
        on_patch(ACCOUNT_PATH, failure);
        fail_checks();
        press(SAVE_CHANGES).await;
        find(CHECK).await;
        assert_eq!(patches().len(), 1);
        assert_eq!(value("Name"), "Mine");
    }
}

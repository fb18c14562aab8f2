//! Undo after an update, and the note about an address that the server added.

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{MockResponse, on_get, on_patch, on_post, patches, resolve_next, respond_with, response};
use crate::harness::app::{TestApp, open};
use crate::harness::fixtures::{
    ACCOUNT, ACCOUNT_PATH, ACCOUNTS_PATH, CREATE, NEW_PATH, SAVE_CHANGES, account_with, edit_path, respond_rate_limited,
};
use crate::harness::form::{fill_every_field, fill_required_fields};
use crate::harness::page::{focused, query_all, shows, text_of};
use crate::harness::scenarios::{open_edit, open_edit_of};
use crate::harness::user::{fill, find, press, see, see_page};
use crate::harness::wait::wait_for;

fn mine() -> String {
    account_with(&[("/name", "Mine"), ("/phone", "")])
}

/// The page of the account after an update of its name and phone.
async fn update() -> TestApp {
    let app = open_edit().await;
    fill("Name", "Mine").await;
    fill("Phone", "").await;
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    on_patch(ACCOUNT_PATH, respond_with(200, mine()));
    press(SAVE_CHANGES).await;
    see_page("Mine").await;
    see("Billing account updated").await;
    app
}

fn has_button(name: &str) -> bool {
    query_all("button").iter().any(|button| text_of(button) == name)
}

#[wasm_bindgen_test]
async fn undo_restores_the_changed_fields_with_one_patch() {
    let _app = update().await;
    on_get(ACCOUNT_PATH, respond_with(200, mine()));
    on_patch(ACCOUNT_PATH, MockResponse::Deferred);
    let undo = find("Undo").await;
    (0..3).for_each(|_| undo.click());
    see("Undoing…").await;
    resolve_next(Ok(response(200, ACCOUNT))).await;
    see("Changes undone").await;
    see_page("ACME Corp Billing").await;
    assert!(text_of(&focused()).starts_with("Changes undone"), "the notice has the focus");
    assert_eq!(patches().len(), 2);
    assert_eq!(patches()[1].body, json!({ "name": "ACME Corp Billing", "phone": "+15551234567" }));
    assert!(!has_button("Undo") && !shows("Billing account updated"));
}

#[wasm_bindgen_test]
async fn undo_keeps_what_others_changed_since() {
    let _app = update().await;
    on_get(ACCOUNT_PATH, respond_with(200, account_with(&[("/name", "Theirs"), ("/phone", "")])));
    press("Undo").await;
    see("This account was updated since you saved it").await;
    see("Your changes weren’t undone.").await;
    see_page("Theirs").await;
    assert_eq!(patches().len(), 1);
    assert_eq!(find("Edit").await.get_attribute("href"), Some(edit_path()));

    let _app = update().await;
    let other = account_with(&[("/name", "Mine"), ("/phone", ""), ("/email", "theirs@acme.com")]);
    on_get(ACCOUNT_PATH, respond_with(200, other));
    on_patch(ACCOUNT_PATH, respond_with(200, account_with(&[("/email", "theirs@acme.com")])));
    press("Undo").await;
    see("Changes undone").await;
    see("theirs@acme.com").await;
    assert_eq!(patches()[1].body, json!({ "name": "ACME Corp Billing", "phone": "+15551234567" }));
}

#[wasm_bindgen_test]
async fn a_rejected_undo_can_be_tried_again() {
    let _app = update().await;
    on_get(ACCOUNT_PATH, respond_with(200, mine()));
    on_patch(ACCOUNT_PATH, respond_rate_limited(Some("1")));
    press("Undo").await;
    see("Too many requests").await;
    see("Your changes weren’t undone.").await;
    press("Undo").await;
    assert_eq!(patches().len(), 2, "the countdown blocks a press");
    wait_for("the end of the countdown", || !shows("Wait 1 s")).await;
    on_get(ACCOUNT_PATH, respond_with(200, mine()));
    on_patch(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    press("Undo").await;
    see("Changes undone").await;
}

#[wasm_bindgen_test]
async fn an_unanswered_undo_is_checked_by_itself() {
    for (stored, end) in [(ACCOUNT.to_owned(), "Changes undone"), (mine(), "They aren’t in the account yet")] {
        let _app = update().await;
        on_get(ACCOUNT_PATH, respond_with(200, mine()));
        on_patch(ACCOUNT_PATH, respond_with(504, ""));
        let is_undone = stored == ACCOUNT;
        (0..if is_undone { 1 } else { 3 }).for_each(|_| on_get(ACCOUNT_PATH, respond_with(200, stored.clone())));
        press("Undo").await;
        see("We don’t know yet whether your changes were undone.").await;
        see(end).await;
        assert_eq!(patches().len(), 2);
        if !is_undone {
            on_get(ACCOUNT_PATH, respond_with(200, mine()));
            on_patch(ACCOUNT_PATH, respond_with(200, ACCOUNT));
            press("Send again").await;
            see("Changes undone").await;
            assert_eq!(patches().len(), 3);
        }
    }
}

#[wasm_bindgen_test]
async fn a_value_that_would_be_rejected_today_is_not_undone() {
    let long = account_with(&[("/name", &"x".repeat(150))]);
    let _app = open_edit_of(&long).await;
    fill("Name", "Mine").await;
    on_get(ACCOUNT_PATH, respond_with(200, long));
    on_patch(ACCOUNT_PATH, respond_with(200, account_with(&[("/name", "Mine")])));
    press(SAVE_CHANGES).await;
    see("Billing account updated").await;
    assert!(!has_button("Undo"));
}

#[wasm_bindgen_test]
async fn an_address_that_altostrat_added_is_pointed_out_once() {
    let note = "Altostrat added an address. Check that it’s right.";
    let _app = open(NEW_PATH);
    fill_required_fields().await;
    on_post(ACCOUNTS_PATH, respond_with(201, ACCOUNT));
    press(CREATE).await;
    see(note).await;
    assert!(!has_button("Undo"), "a create cannot be undone");
    assert_eq!(query_all(".notice a").first().and_then(|edit| edit.get_attribute("href")), Some(edit_path()));

    let _app = open(NEW_PATH);
    fill_every_field().await;
    on_post(ACCOUNTS_PATH, respond_with(201, ACCOUNT));
    press(CREATE).await;
    see("Billing account created").await;
    assert!(!shows(note));
}

//! A stored draft and a second source for the same form: a copy, another user, or the late reply to an earlier save.
//! Neither replaces the other silently, and the user can switch back.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{MockResponse, on_get, on_post, resolve_next, respond_with, response};
use crate::harness::app::{TestApp, open, path, reload, reload_as};
use crate::harness::fixtures::{
    ACCOUNT, ACCOUNT_PATH, ACCOUNTS_PATH, CREATE, NEW_PATH, created_response, edit_path, list_of, respond_created,
};
use crate::harness::form::fill_required_fields;
use crate::harness::page::{shows, value};
use crate::harness::scenarios::{
    COPY_AS_NEW, DRAFT_RESTORED, EARLIER_ATTEMPT, INTERRUPTED, open_unknown_outcome, open_with_draft, see_draft_with,
};
use crate::harness::user::{choose, fill, press, see, see_page};
use crate::harness::wait::wait_for;

const SET_ASIDE: &str = "You have another draft";

/// Copies the default account into a new form.
async fn copy_account(app: &TestApp) {
    reload_as(app, "auth0|1", &edit_path());
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    press(COPY_AS_NEW).await;
    see_page("New billing account").await;
}

async fn see_name(name: &str) {
    wait_for(&format!("the name “{name}”"), || value("Name") == name).await;
}

#[wasm_bindgen_test]
async fn a_copy_sets_the_draft_aside_and_both_stay_available() {
    let app = open_with_draft("Mine").await;
    copy_account(&app).await;
    see(SET_ASIDE).await;
    see("Mine").await;
    assert_eq!(value("Name"), "ACME Corp Billing");
    press("Switch to it").await;
    see_name("Mine").await;
    assert!(!shows("Everything is copied"));
    press("Switch to it").await;
    see_name("ACME Corp Billing").await;

    choose("Currency", "eur").await;
    see_draft_with("eur").await;
    reload(&app);
    see(SET_ASIDE).await;
    assert_eq!(value("Currency"), "eur");
    on_post(ACCOUNTS_PATH, respond_created());
    press(CREATE).await;
    see("Billing account created").await;
    reload_as(&app, "auth0|1", NEW_PATH);
    see(DRAFT_RESTORED).await;
    assert_eq!(value("Name"), "Mine");
    assert!(!shows(SET_ASIDE));
}

#[wasm_bindgen_test]
async fn a_second_copy_replaces_neither_of_two_drafts() {
    let app = open_with_draft("Mine").await;
    copy_account(&app).await;
    fill("Name", "Copied").await;
    see_draft_with("Copied").await;
    copy_account(&app).await;
    see("Account not copied").await;
    see_name("Copied").await;
    press("Switch to it").await;
    see_name("Mine").await;
}

#[wasm_bindgen_test]
async fn signing_out_with_a_draft_set_aside_asks_first() {
    let app = open_with_draft("Mine").await;
    copy_account(&app).await;
    see(SET_ASIDE).await;
    press("Sign out").await;
    see("Sign out without saving?").await;
}

#[wasm_bindgen_test]
async fn a_copy_does_not_replace_an_unanswered_save() {
    let app = open_unknown_outcome(list_of(&[])).await;
    copy_account(&app).await;
    see(INTERRUPTED).await;
    see("Account not copied").await;
    assert_eq!(value("Name"), "Acme");
}

/// A create form that was left during its save, and a second draft in the same form.
async fn open_second_draft_after_leaving() -> TestApp {
    let app = open(NEW_PATH);
    fill_required_fields().await;
    on_post(ACCOUNTS_PATH, MockResponse::Deferred);
    press(CREATE).await;
    see("Saving…").await;
    on_get(ACCOUNTS_PATH, list_of(&[]));
    press("Cancel").await;
    press("Leave").await;
    see_page("Billing accounts").await;
    press("New billing account").await;
    see(INTERRUPTED).await;
    press("Edit details").await;
    see(EARLIER_ATTEMPT).await;
    fill("Name", "Second").await;
    see_draft_with("Second").await;
    app
}

#[wasm_bindgen_test]
async fn a_late_reply_keeps_the_draft_of_the_next_account() {
    for late in [created_response(), response(422, "")] {
        let app = open_second_draft_after_leaving().await;
        resolve_next(Ok(late)).await;
        wait_for("no earlier attempt", || !shows(EARLIER_ATTEMPT)).await;
        assert_eq!(value("Name"), "Second");
        reload(&app);
        see(DRAFT_RESTORED).await;
        assert_eq!((value("Name"), path()), ("Second".to_owned(), NEW_PATH.to_owned()));
        assert!(!shows(EARLIER_ATTEMPT) && !shows(INTERRUPTED));
    }
}

#[wasm_bindgen_test]
async fn an_unanswered_save_survives_another_users_session() {
    let app = open_unknown_outcome(list_of(&[])).await;
    reload_as(&app, "auth0|2", NEW_PATH);
    fill("Name", "x").await;
    fill("Email", "two@acme.com").await;
    reload_as(&app, "auth0|1", NEW_PATH);
    see(INTERRUPTED).await;
    assert_eq!(value("Name"), "Acme");
    reload_as(&app, "auth0|2", NEW_PATH);
    see(DRAFT_RESTORED).await;
    assert_eq!(value("Name"), "x");
}

//! The leave guard: leaving a page with unsaved changes or a pending save asks first.

use billing_admin::api::transport::NetworkError;
use leptos::prelude::window;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, EventInit};

use crate::harness::api::{MockResponse, cancelled, on_get, on_patch, patches, resolve_next, respond_with, response};
use crate::harness::app::path;
use crate::harness::dialog::{LEAVE_QUESTION, dialog_is_open, press_escape, see_dialog, see_no_dialog};
use crate::harness::fixtures::{ACCOUNT, ACCOUNT_PATH, EMPTY_LIST, SAVE_CHANGES, edit_path};
use crate::harness::page::{focused, query, shows, text_of, value};
use crate::harness::scenarios::{
    go, open_edit, open_edit_during_refetch, open_edit_during_save, open_edit_with_history,
};
use crate::harness::user::{fill, find, press, see, see_focus_on, see_focus_on_heading, see_page};
use crate::harness::wait::wait_for;

/// Whether the browser asks before it closes the tab.
fn asks_on_close() -> bool {
    let init = EventInit::new();
    init.set_cancelable(true);
    let event = Event::new_with_event_init_dict("beforeunload", &init).unwrap();
    !window().dispatch_event(&event).unwrap()
}

#[wasm_bindgen_test]
async fn an_unchanged_form_is_left_without_a_question() {
    let _app = open_edit_with_history().await;
    assert!(!asks_on_close());
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    go(-1);
    see_page("ACME Corp Billing").await;
    press("Edit").await;
    see(SAVE_CHANGES).await;
    fill("Name", "Other").await;
    fill("Name", "ACME Corp Billing").await;
    assert!(!asks_on_close(), "the draft equals the stored account");
    press("Sign out").await;
    see_page("Sign in").await;
    assert!(!dialog_is_open());
}

#[wasm_bindgen_test]
async fn a_link_asks_first_and_staying_keeps_the_changes() {
    let _app = open_edit().await;
    fill("Name", "Mine").await;
    for stay in [None, Some("Keep editing")] {
        press("Cancel").await;
        see_dialog(LEAVE_QUESTION).await;
        assert_eq!(text_of(&focused()), "Keep editing", "the safe answer has the focus");
        assert_eq!(path(), edit_path());
        match stay {
            Some(button) => press(button).await,
            None => press_escape().await,
        }
        see_no_dialog().await;
        see_focus_on("Cancel").await;
        assert_eq!((path(), value("Name")), (edit_path(), "Mine".to_owned()));
    }
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    press("Cancel").await;
    press("Discard changes").await;
    see_page("ACME Corp Billing").await;
    assert_eq!(path(), ACCOUNT_PATH);
    see_focus_on_heading().await;
    assert!(!asks_on_close() && patches().is_empty());
}

#[wasm_bindgen_test]
async fn signing_out_with_changes_asks_first() {
    let _app = open_edit().await;
    fill("Name", "Mine").await;
    press("Sign out").await;
    see_dialog(LEAVE_QUESTION).await;
    press("Keep editing").await;
    see_no_dialog().await;
    assert!(query("#user-menu").is_some() && value("Name") == "Mine");
    press("Sign out").await;
    see_dialog(LEAVE_QUESTION).await;
    press("Sign out").await;
    see_page("Sign in").await;
    assert!(!asks_on_close());
}

#[wasm_bindgen_test]
async fn closing_the_tab_asks_only_with_unsaved_changes() {
    let _app = open_edit().await;
    assert!(!asks_on_close());
    fill("Name", "Mine").await;
    assert!(asks_on_close());
    fill("Name", "ACME Corp Billing").await;
    assert!(!asks_on_close());
    fill("Phone", "1").await;
    assert!(asks_on_close());
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    on_patch(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    press(SAVE_CHANGES).await;
    see("Billing account updated").await;
    assert!(!asks_on_close());
}

#[wasm_bindgen_test]
async fn leaving_during_a_save_asks_until_the_save_ends() {
    let _app = open_edit_during_save().await;
    assert!(asks_on_close());
    press("Cancel").await;
    see_dialog("Leave while saving?").await;
    resolve_next(Ok(response(200, ACCOUNT))).await;
    see("Billing account updated").await;
    see_no_dialog().await;
    assert_eq!(path(), ACCOUNT_PATH);
    see_focus_on_heading().await;
}

#[wasm_bindgen_test]
async fn a_late_reply_to_an_update_does_not_navigate() {
    for end in [Ok(response(200, ACCOUNT)), Ok(response(422, "")), Err(NetworkError::Timeout)] {
        let _app = open_edit_during_save().await;
        on_get("/workspaces", respond_with(200, EMPTY_LIST));
        press("Altostrat Billing").await;
        press("Leave").await;
        see_page("Choose a workspace").await;
        resolve_next(end).await;
        find("Open workspace").await;
        assert_eq!(path(), "/");
        assert!(!asks_on_close() && !dialog_is_open() && !shows("Billing account updated"));
    }
}

#[wasm_bindgen_test]
async fn leaving_during_the_refetch_cancels_the_save() {
    let _app = open_edit_during_refetch().await;
    assert_eq!(cancelled(), 0);
    press("Sign out").await;
    see_dialog(LEAVE_QUESTION).await;
    press("Keep editing").await;
    on_get("/workspaces", respond_with(200, EMPTY_LIST));
    press("Altostrat Billing").await;
    see_dialog(LEAVE_QUESTION).await;
    assert!(shows("Your changes will be lost.") && !shows("in progress"));
    press("Discard changes").await;
    see_page("Choose a workspace").await;
    wait_for("the cancelled request", || cancelled() == 1).await;
    assert!(patches().is_empty());
}

/// The reply to the refetch may arrive between the press and the next page.
#[wasm_bindgen_test]
async fn a_save_is_not_sent_once_leaving_was_confirmed() {
    let _app = open_edit_during_refetch().await;
    on_get("/workspaces", respond_with(200, EMPTY_LIST));
    press("Altostrat Billing").await;
    let leave = find("Discard changes").await;
    resolve_next(Ok(response(200, ACCOUNT))).await;
    leave.click();
    see_page("Choose a workspace").await;
    assert!(patches().is_empty());
}

#[wasm_bindgen_test]
async fn the_question_changes_when_the_save_is_sent() {
    let _app = open_edit_during_refetch().await;
    on_patch(ACCOUNT_PATH, MockResponse::Deferred);
    press("Cancel").await;
    see_dialog(LEAVE_QUESTION).await;
    resolve_next(Ok(response(200, ACCOUNT))).await;
    see_dialog("Leave while saving?").await;
    resolve_next(Ok(response(200, ACCOUNT))).await;
    see("Billing account updated").await;
}

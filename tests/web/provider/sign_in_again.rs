//! Signing in again in a popup over the page, or by leaving the page when the browser blocks popups.

use billing_admin::session::oidc::http::NetworkError;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{on_get, on_patch, on_post, posts, respond_with};
use crate::harness::app::{TestApp, open_in_same_tab, open_with_provider, path, reload};
use crate::harness::channel::{OtherTab, broadcast_session};
use crate::harness::dialog::{see_dialog, see_no_dialog};
use crate::harness::fixtures::{ACCOUNT, ACCOUNT_PATH, ACCOUNTS_PATH, CREATE, NEW_PATH, SAVE_CHANGES, edit_path};
use crate::harness::fixtures::{account_with, respond_created};
use crate::harness::form::{assert_form_is_unchanged, fill_every_field};
use crate::harness::page::{query, shows, value};
use crate::harness::provider::{
    HOUR, Reply, asks_before_unload, block_popups, callback_query, callback_to, closed_windows, on_discovery, on_token,
    open_signed_in, popups, refused, token_requests, visited,
};
use crate::harness::storage::{TOKEN_KEY, session_storage};
use crate::harness::tokens::token_expiring_in;
use crate::harness::user::{fill, find, press, see, see_page, set_value};
use crate::harness::wait::{tick, wait_for};

/// A filled-in form whose save got a 401, and whose session can't be renewed.
async fn open_expired() -> TestApp {
    let app = open_signed_in(NEW_PATH, HOUR).await;
    fill_every_field().await;
    on_post(ACCOUNTS_PATH, respond_with(401, ""));
    on_token(refused("Revoked."));
    press(CREATE).await;
    see_dialog("Your session has ended").await;
    // Lets the popup be prepared.
    tick().await;
    app
}

/// The message with which a popup hands its callback to the tab that opened it.
fn hand_over(query: &str) {
    let from = "A".repeat(22);
    broadcast_session(&format!(r#"{{"version":1,"kind":"callback","from":"{from}","query":"{query}"}}"#));
}

#[wasm_bindgen_test]
async fn a_popup_signs_in_and_the_form_keeps_everything() {
    let _app = open_expired().await;
    press("Sign in again").await;
    see("Waiting for sign-in.").await;
    assert_eq!((popups().len(), visited().len()), (1, 1));
    assert_eq!(session_storage().get_item("altostrat.sign_in"), Ok(None), "the popup gets a copy of the storage");
    let tab = OtherTab::on_session();
    hand_over(&callback_query());
    see_no_dialog().await;
    wait_for("the answer to the popup", || tab.received().iter().any(|it| it.contains("callback_taken"))).await;
    assert_form_is_unchanged("signing in in a popup");
    assert_eq!(posts().len(), 1, "the app repeats no request by itself");
    see("You’re signed in again").await;
    on_post(ACCOUNTS_PATH, respond_created());
    press(CREATE).await;
    see_page("ACME Corp Billing").await;
}

#[wasm_bindgen_test]
async fn a_closed_popup_can_be_opened_again_or_cancelled() {
    let _app = open_expired().await;
    press("Sign in again").await;
    press("Open again").await;
    assert_eq!(popups().len(), 2);
    let late = callback_query();
    press("Cancel").await;
    find("Sign in again").await;
    hand_over(&late);
    tick().await;
    tick().await;
    assert_eq!(token_requests().len(), 2, "a callback after Cancel is ignored");
    see_dialog("Your session has ended").await;
}

#[wasm_bindgen_test]
async fn a_popup_that_fails_is_explained_in_the_dialog() {
    let _app = open_expired().await;
    press("Sign in again").await;
    let query = callback_query();
    hand_over(&query.replace("code=the-code", "error=access_denied"));
    see("The sign-in was canceled or refused").await;
    find("Sign in again").await;
    assert_form_is_unchanged("a cancelled sign-in");
    assert_eq!(token_requests().len(), 2);
}

#[wasm_bindgen_test]
async fn the_box_that_is_ticked_while_the_popup_waits_counts() {
    let app = open_expired().await;
    press("Sign in again").await;
    press("Stay signed in in this tab").await;
    hand_over(&callback_query());
    see_no_dialog().await;
    let stored = || session_storage().get_item(TOKEN_KEY).unwrap();
    assert!(stored().is_some());
    // After the stored token has expired, the choice holds for the silent sign-in too.
    session_storage().set_item(TOKEN_KEY, &token_expiring_in(50.0)).unwrap();
    reload(&app);
    wait_for("the silent request", || visited().len() == 2).await;
    open_in_same_tab(&app, &format!("/callback?{}", callback_to(&visited()[1])));
    see_page("New billing account").await;
    assert!(stored().is_some());
}

#[wasm_bindgen_test]
async fn a_failure_is_not_shown_again_once_the_dialog_is_closed() {
    let app = open_with_provider(NEW_PATH);
    session_storage().set_item(TOKEN_KEY, &token_expiring_in(200.0)).unwrap();
    reload(&app);
    for _ in 0..2 {
        press("Sign in again").await;
        see_dialog("Sign in again").await;
        assert!(!shows("The sign-in was canceled or refused"));
        press("Sign in again").await;
        see("Waiting for sign-in.").await;
        hand_over(&callback_query().replace("code=the-code", "error=access_denied"));
        see("The sign-in was canceled or refused").await;
        press("Not now").await;
        see_no_dialog().await;
        assert!(!shows("The sign-in was canceled or refused"));
    }
}

#[wasm_bindgen_test]
async fn another_tabs_popup_is_left_alone() {
    let _app = open_expired().await;
    press("Sign in again").await;
    hand_over("code=the-code&state=another");
    tick().await;
    tick().await;
    assert!(shows("Waiting for sign-in.") && token_requests().len() == 2);
}

#[wasm_bindgen_test]
async fn with_the_provider_down_the_dialog_says_so_and_keeps_the_form() {
    let _app = open_signed_in(NEW_PATH, HOUR).await;
    fill_every_field().await;
    on_post(ACCOUNTS_PATH, respond_with(401, ""));
    for _ in 0..3 {
        on_discovery(Reply::Lost(NetworkError::Failed));
    }
    on_token(Reply::Lost(NetworkError::Failed));
    press(CREATE).await;
    see_dialog("Your session has ended").await;
    assert_form_is_unchanged("an unreachable provider");
    find("Sign in again").await;
}

#[wasm_bindgen_test]
async fn a_blocked_popup_makes_the_tab_leave_and_restores_the_draft() {
    let app = open_expired().await;
    block_popups();
    assert!(asks_before_unload());
    press("Sign in again").await;
    wait_for("the provider's page", || visited().len() == 2).await;
    assert!(popups().is_empty() && !asks_before_unload(), "everything is stored, so the browser asks nothing");
    open_in_same_tab(&app, &format!("/callback?{}", callback_query()));
    see_page("New billing account").await;
    see("Draft restored").await;
    assert_form_is_unchanged("leaving to sign in");
    assert_eq!((path().as_str(), posts().len()), (NEW_PATH, 1));
}

#[wasm_bindgen_test]
async fn the_browser_asks_before_the_tab_leaves_with_a_draft_that_is_not_stored() {
    let _app = open_expired().await;
    // Longer than what is stored.
    let description = query("main [name=description]").unwrap();
    set_value(description.unchecked_ref(), &"x".repeat(300_000));
    tick().await;
    block_popups();
    press("Sign in again").await;
    wait_for("the provider's page", || visited().len() == 2).await;
    assert!(asks_before_unload());
}

#[wasm_bindgen_test]
async fn a_blocked_popup_restores_the_changes_of_an_account() {
    let app = open_signed_in(&edit_path(), HOUR).await;
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    fill("Name", "Mine").await;
    fill("Phone", "").await;
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    on_patch(ACCOUNT_PATH, respond_with(401, ""));
    on_token(refused("Revoked."));
    press(SAVE_CHANGES).await;
    see_dialog("Your session has ended").await;
    block_popups();
    press("Sign in again").await;
    wait_for("the provider's page", || visited().len() == 2).await;
    open_in_same_tab(&app, &format!("/callback?{}", callback_query()));
    // Another user changed the description. This user did not, so the other text stays.
    on_get(ACCOUNT_PATH, respond_with(200, account_with(&[("/description", "Theirs")])));
    see_page("Edit billing account").await;
    find(SAVE_CHANGES).await;
    assert_eq!(
        (value("Name").as_str(), value("Phone").as_str(), value("Description").as_str()),
        ("Mine", "", "Theirs")
    );
    let keys = (0..session_storage().length().unwrap()).filter_map(|at| session_storage().key(at).unwrap());
    assert!(keys.into_iter().all(|key| !key.ends_with("?edits")), "restored once");
}

#[wasm_bindgen_test]
async fn a_popup_hands_its_callback_over_and_closes() {
    let app = open_with_provider("/");
    let opener = OtherTab::on_session();
    open_in_same_tab(&app, "/callback?code=the-code&state=of-the-opener");
    let handed = || opener.received().into_iter().find(|it| it.contains("\"callback\""));
    wait_for("the callback", || handed().is_some()).await;
    assert_eq!(path(), "/", "the code is gone from the address");
    let message: serde_json::Value = serde_json::from_str(&handed().unwrap()).unwrap();
    broadcast_session(&format!(r#"{{"version":1,"kind":"callback_taken","to":{}}}"#, message["from"]));
    see_page("Continue in the other window").await;
    assert_eq!((closed_windows(), token_requests().len()), (1, 0));
}

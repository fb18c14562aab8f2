//! Signing in again in a popup over the page, or by leaving the page when the browser blocks popups.

use billing_admin::session::oidc::http::NetworkError;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{on_post, posts, respond_with};
use crate::harness::app::{open_in_same_tab, open_with_provider, path, reload};
use crate::harness::channel::{OtherTab, broadcast_session, hand_over};
use crate::harness::dialog::{see_dialog, see_no_dialog};
use crate::harness::fixtures::respond_created;
use crate::harness::fixtures::{ACCOUNTS_PATH, CREATE, NEW_PATH};
use crate::harness::form::{assert_form_is_unchanged, fill_every_field};
use crate::harness::page::{query, shows};
use crate::harness::provider::{
    HOUR, Reply, asks_before_unload, block_popups, callback_query, callback_to, closed_windows, on_discovery, on_token,
    open_signed_in, parameter, popups, token_requests, visited,
};
use crate::harness::scenarios::open_expired_with_provider;
use crate::harness::storage::{TOKEN_KEY, session_storage};
use crate::harness::tokens::token_expiring_in;
use crate::harness::user::{find, press, see, see_page, set_value};
use crate::harness::wait::{tick, wait_for};

#[wasm_bindgen_test]
async fn a_popup_signs_in_and_the_form_keeps_everything() {
    let _app = open_expired_with_provider().await;
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
    let _app = open_expired_with_provider().await;
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
    let _app = open_expired_with_provider().await;
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
    let app = open_expired_with_provider().await;
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
    let _app = open_expired_with_provider().await;
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
    let app = open_expired_with_provider().await;
    block_popups();
    assert!(asks_before_unload());
    press("Sign in again").await;
    wait_for("the provider's page", || visited().len() == 2).await;
    assert!(popups().is_empty() && !asks_before_unload(), "everything is stored, so the browser asks nothing");
    assert!(asks_before_unload(), "it asks again after the user has stopped it");
    open_in_same_tab(&app, &format!("/callback?{}", callback_query()));
    see_page("New billing account").await;
    see("Draft restored").await;
    assert_form_is_unchanged("leaving to sign in");
    assert_eq!((path().as_str(), posts().len()), (NEW_PATH, 1));
}

#[wasm_bindgen_test]
async fn the_browser_asks_before_the_tab_leaves_with_a_draft_that_is_not_stored() {
    let _app = open_expired_with_provider().await;
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
async fn signing_out_in_the_dialog_asks_before_a_draft_is_lost() {
    let _app = open_expired_with_provider().await;
    press("Sign out").await;
    see("Sign out without saving?").await;
    press("Keep editing").await;
    see_dialog("Your session has ended").await;
    assert_form_is_unchanged("a sign-out that was not confirmed");
    press("Sign out").await;
    press("Sign out").await;
    wait_for("the sign-out page", || visited().len() == 2).await;
    assert!(parameter(&visited()[1], "id_token_hint").is_some(), "the ID token outlives the session");
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
    broadcast_session(&format!(r#"{{"version":2,"kind":"callback_taken","to":{}}}"#, message["from"]));
    see_page("Continue in the other window").await;
    see("You can close this window.").await;
    assert_eq!((closed_windows(), token_requests().len()), (1, 0));
}

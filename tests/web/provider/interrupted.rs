//! Attempts to sign in or out that the user stops, or that another one overtakes.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::app::{TestApp, open_with_provider, path, reload, return_with_back};
use crate::harness::channel::{broadcast_session, hand_over};
use crate::harness::dialog::see_dialog;
use crate::harness::fixtures::NEW_PATH;
use crate::harness::page::query;
use crate::harness::provider::{
    HOUR, callback_query, hold_replies, leave_for_provider, open_signed_in, popups, token_requests, visited,
};
use crate::harness::scenarios::open_expired_with_provider;
use crate::harness::storage::{SIGN_OUTS_KEY, TOKEN_KEY, local_storage, session_storage};
use crate::harness::tokens::{YEAR_2100, token, token_expiring_in};
use crate::harness::user::{fill, find, press, see, see_page};
use crate::harness::wait::{run_timers, tick, wait_for};

/// Signs in with a token in place of the provider.
async fn paste_token() {
    query("details.token-instead").unwrap().set_attribute("open", "").unwrap();
    fill("Token", &token("Ada", YEAR_2100)).await;
    press("Sign in with this token").await;
    see_page("New billing account").await;
}

#[wasm_bindgen_test]
async fn a_pasted_token_stops_a_sign_in_that_is_being_opened() {
    let _app = open_with_provider(NEW_PATH);
    see_page("Sign in").await;
    hold_replies(true);
    press("Sign in").await;
    find("Opening…").await;
    paste_token().await;
    hold_replies(false);
    tick().await;
    tick().await;
    assert!(visited().is_empty());
}

#[wasm_bindgen_test]
async fn a_stopped_navigation_can_be_started_again() {
    let _app = open_with_provider(NEW_PATH);
    see_page("Sign in").await;
    leave_for_provider().await;
    find("Opening…").await;
    run_timers(10_000);
    leave_for_provider().await;
    assert_eq!(visited().len(), 2);
}

#[wasm_bindgen_test]
async fn a_stopped_silent_sign_in_shows_the_sign_in_page() {
    let app = open_signed_in(NEW_PATH, HOUR).await;
    see_page("New billing account").await;
    reload(&app);
    wait_for("the silent request", || visited().len() == 2).await;
    see_page("Signing in…").await;
    run_timers(10_000);
    see_page("Sign in").await;
    assert_eq!(path(), NEW_PATH);
}

#[wasm_bindgen_test]
async fn a_stopped_sign_out_shows_the_sign_in_page() {
    let _app = open_signed_in(NEW_PATH, HOUR).await;
    press("Sign out").await;
    see_page("Signing out…").await;
    wait_for("the sign-out page", || visited().len() == 2).await;
    run_timers(10_000);
    see_page("Sign in").await;
}

#[wasm_bindgen_test]
async fn a_page_from_the_cache_is_signed_out_if_the_user_signed_out() {
    let _app = open_signed_in(NEW_PATH, HOUR).await;
    see_page("New billing account").await;
    return_with_back();
    tick().await;
    see_page("New billing account").await;
    local_storage().set_item(SIGN_OUTS_KEY, "7").unwrap();
    return_with_back();
    see_page("Sign in").await;
    paste_token().await;
    press("Sign out").await;
    assert_eq!(local_storage().get_item(SIGN_OUTS_KEY), Ok(Some("8".to_owned())));
}

#[wasm_bindgen_test]
async fn a_sign_out_during_the_exchange_wins() {
    let _app = open_expired_with_provider().await;
    press("Sign in again").await;
    hold_replies(true);
    hand_over(&callback_query());
    see("Signing in…").await;
    wait_for("the exchange", || token_requests().len() == 3).await;
    broadcast_session(r#"{"version":2,"kind":"signed_out"}"#);
    see_page("Sign in").await;
    hold_replies(false);
    tick().await;
    tick().await;
    see_page("Sign in").await;
    assert_eq!(session_storage().length(), Ok(0), "no token, and no marker for a silent sign-in");
}

/// The dialog before the session ends, while the provider's page is being opened.
async fn open_slow_popup() -> TestApp {
    let app = open_with_provider(NEW_PATH);
    session_storage().set_item(TOKEN_KEY, &token_expiring_in(200.0)).unwrap();
    reload(&app);
    hold_replies(true);
    press("Sign in again").await;
    see_dialog("Sign in again").await;
    press("Sign in again").await;
    find("Opening…").await;
    app
}

#[wasm_bindgen_test]
async fn not_now_and_cancel_stop_a_popup_that_is_being_opened() {
    for button in ["Not now", "Cancel"] {
        let _app = open_slow_popup().await;
        press(button).await;
        hold_replies(false);
        tick().await;
        tick().await;
        assert!(popups().is_empty() && visited().is_empty(), "{button}");
    }
}

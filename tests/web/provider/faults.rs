//! Faults of the provider: the message on the page, and the requests that were sent.

use billing_admin::session::oidc::http::NetworkError;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{no_requests, on_get, respond_with};
use crate::harness::app::{TestApp, open_in_same_tab, open_signed_out, open_with_provider, path};
use crate::harness::fixtures::{ACCOUNTS_PATH, EMPTY_LIST, NEW_PATH};
use crate::harness::page::{assert_no_banned_words, page_text, shows, status_starts_with};
use crate::harness::provider::{
    HOUR, Reply, callback_query, leave_for_provider, on_token, open_signed_in, parameter, refused, token_requests,
    visited,
};
use crate::harness::storage::session_storage;
use crate::harness::user::{find, press, see, see_page};
use crate::harness::wait::wait_for;

const ISS: &str = "iss=https%3A%2F%2Fid.example.com%2F";

async fn open_at_provider() -> TestApp {
    let app = open_with_provider(NEW_PATH);
    see_page("Sign in").await;
    leave_for_provider().await;
    app
}

/// Checks that no user is signed in, that no secret is stored, and that "Sign in" is offered.
async fn assert_rejected(texts: &[&str], requests: usize) {
    for text in texts {
        see(text).await;
    }
    find("Sign in").await;
    assert_eq!((path().as_str(), token_requests().len()), (NEW_PATH, requests));
    assert!(no_requests() && session_storage().length() == Ok(0));
    // The provider's own words are quoted unchanged.
    assert_no_banned_words(page_text().split('“').next().unwrap_or_default());
    assert!(!page_text().contains("the-code"));
}

#[wasm_bindgen_test]
async fn a_wrong_callback_sends_nothing() {
    let faults = [
        ("code=the-code&state=another-state&iss=I", "This sign-in didn’t begin in this tab", ""),
        ("code=the-code&iss=I", "This sign-in didn’t begin in this tab", ""),
        ("code=the-code&state=S&iss=https%3A%2F%2Fissuer.example", "The answer came from another sign-in service", ""),
        ("code=the-code&state=S", "The answer came from another sign-in service", ""),
        ("state=S&iss=I", "The sign-in service sent an answer that couldn’t be read", ""),
        ("code=the-code&code=x&state=S&iss=I", "The sign-in service sent an answer that couldn’t be read", ""),
        (
            "error=access_denied&error_description=You+pressed+Cancel.&state=S&iss=I",
            "The sign-in was canceled or refused",
            "The sign-in service said: “You pressed Cancel.”",
        ),
        ("error=consent_required&state=S&iss=I", "The sign-in service needs your consent", ""),
        ("error=login_required&state=S&iss=I", "You need to sign in again", ""),
        ("error=server_error&state=S&iss=I", "The sign-in service reported a problem", "“server_error”"),
        (
            "error=server_error&error_description=%3Cimg+src%3Dx%3E&state=S&iss=I",
            "The sign-in service reported a problem",
            "“<img src=x>”",
        ),
    ];
    for (query, title, detail) in faults {
        let app = open_at_provider().await;
        let state = parameter(&visited()[0], "state").unwrap();
        let query = query.replace("state=S", &format!("state={state}")).replace("iss=I", ISS);
        open_in_same_tab(&app, &format!("/callback?{query}"));
        assert_rejected(&[title, detail], 0).await;
    }
}

#[wasm_bindgen_test]
async fn a_callback_that_is_opened_again_sends_nothing() {
    let app = open_signed_in(NEW_PATH, HOUR).await;
    see_page("New billing account").await;
    let callback = format!("/callback?{}", callback_query());
    session_storage().clear().unwrap();
    open_in_same_tab(&app, &callback);
    see("This sign-in can’t be used again").await;
    find("Sign in").await;
    assert_eq!((path().as_str(), token_requests().len()), ("/", 1));
}

/// Opens a tab in which Olivia Owner stays signed in, and then a callback there.
async fn open_callback_signed_in(query: impl Fn() -> String) -> TestApp {
    let app = open_with_provider(NEW_PATH);
    see_page("Sign in").await;
    press("Stay signed in in this tab").await;
    leave_for_provider().await;
    open_in_same_tab(&app, &format!("/callback?{}", callback_query()));
    see_page("New billing account").await;
    open_in_same_tab(&app, &format!("/callback?{}", query()));
    on_get("/workspaces", respond_with(200, EMPTY_LIST));
    app
}

#[wasm_bindgen_test]
async fn a_rejected_callback_keeps_the_session_and_says_so() {
    type Query = fn() -> String;
    let cases: [(Query, &str); 3] = [
        (callback_query, "This sign-in can’t be used again"),
        (|| "code=the-code&state=another".to_owned(), "This sign-in can’t be used again"),
        (|| "error=access_denied&error_description=Call+555".to_owned(), "The sign-in was canceled or refused"),
    ];
    for (query, title) in cases {
        let _app = open_callback_signed_in(query).await;
        see(title).await;
        see("You’re still signed in as Olivia Owner.").await;
        see("not a member of any workspace").await;
        assert_eq!((path().as_str(), token_requests().len(), visited().len()), ("/", 1, 1));
        assert!(status_starts_with(title) && !shows("555") && !shows("You aren’t signed in"));
        press("Dismiss").await;
        wait_for("no notice", || !shows("You’re still signed in")).await;
        find("Sign out").await;
    }
}

#[wasm_bindgen_test]
async fn a_failed_sign_in_keeps_the_session_and_says_so() {
    let state = "B".repeat(43);
    let cases = [
        ("code=the-code&state=another".to_owned(), "This sign-in didn’t begin in this tab", 1),
        (format!("code=the-code&state={state}"), "The sign-in service refused the sign-in", 2),
    ];
    for (query, title, sent) in cases {
        let app = open_callback_signed_in(callback_query).await;
        see("not a member of any workspace").await;
        // A sign-in that began in this tab, as when the browser blocks the popup.
        let record = json!({
            "version": 1, "verifier": "A".repeat(43), "state": state, "nonce": "C".repeat(43), "return_to": NEW_PATH,
            "remember": true, "is_silent": false, "requires_iss": false, "started_at": js_sys::Date::now(),
        });
        session_storage().set_item("altostrat.sign_in", &record.to_string()).unwrap();
        on_token(refused("Unknown code."));
        open_in_same_tab(&app, &format!("/callback?{query}"));
        see(title).await;
        see("You’re still signed in as Olivia Owner.").await;
        see_page("New billing account").await;
        assert_eq!((path().as_str(), token_requests().len()), (NEW_PATH, sent));
        assert_eq!(session_storage().get_item("altostrat.sign_in"), Ok(None));
        on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
        press("Cancel").await;
        see_page("Billing accounts").await;
        wait_for("no notice on the next page", || !shows("You’re still signed in")).await;
    }
}

#[wasm_bindgen_test]
async fn a_sign_in_of_more_than_ten_minutes_sends_nothing() {
    const KEY: &str = "altostrat.sign_in";
    let app = open_at_provider().await;
    let record = session_storage().get_item(KEY).unwrap().unwrap();
    let mut record: serde_json::Value = serde_json::from_str(&record).unwrap();
    record["started_at"] = json!(js_sys::Date::now() - 601_000.0);
    session_storage().set_item(KEY, &record.to_string()).unwrap();
    open_in_same_tab(&app, &format!("/callback?{}", callback_query()));
    assert_rejected(&["The sign-in took longer than 10 minutes"], 0).await;
}

#[wasm_bindgen_test]
async fn a_wrong_token_reply_signs_nobody_in() {
    let tokens = |claims| Reply::Tokens(claims, HOUR);
    let unverified = "The sign-in couldn’t be verified";
    let unreadable = "The sign-in service sent an answer that couldn’t be read";
    let failed = "Something went wrong at the sign-in service";
    let lost = "The sign-in service didn’t answer";
    let hour_ago = js_sys::Date::now() / 1000.0 - HOUR;
    let faults = [
        (tokens(json!({ "iss": "https://issuer.example" })), unverified, "Failed check: issuer"),
        (tokens(json!({ "aud": "another" })), unverified, "Failed check: audience"),
        (tokens(json!({ "nonce": "another" })), unverified, "Failed check: nonce"),
        (tokens(json!({ "exp": hour_ago })), "This sign-in expired", "or this computer’s clock ("),
        (Reply::Tokens(json!({}), -1.0), "This sign-in expired", "or this computer’s clock ("),
        (
            refused("The code was used before."),
            "The sign-in service refused the sign-in",
            "“The code was used before.”",
        ),
        (refused("the-code was used"), "The sign-in service refused the sign-in", "“invalid_grant”"),
        (Reply::Body(400, String::new()), failed, "Status 400"),
        (Reply::Body(500, "oh no".into()), failed, "Status 500"),
        (Reply::Body(200, "<!doctype html><p>Maintenance".into()), unreadable, ""),
        (Reply::Body(200, "{}".into()), unreadable, ""),
        (Reply::Lost(NetworkError::Failed), lost, "Check your connection"),
        (Reply::Lost(NetworkError::Timeout), lost, "Check your connection"),
    ];
    for (reply, title, detail) in faults {
        let app = open_at_provider().await;
        on_token(reply);
        open_in_same_tab(&app, &format!("/callback?{}", callback_query()));
        assert_rejected(&[title, detail], 1).await;
    }
}

#[wasm_bindgen_test]
async fn without_a_provider_a_callback_is_the_start_page() {
    let _app = open_signed_out("/callback?code=the-code&state=x");
    see_page("Sign in").await;
    assert_eq!(path(), "/");
    find("Sign in").await;
}

//! Signing in, staying signed in in a tab, and signing out.

use leptos::prelude::document;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{no_requests, on_get, requests, respond_with};
use crate::harness::app::{open, open_signed_out, open_with_token, path};
use crate::harness::fixtures::{ACCOUNTS_PATH, EMPTY_LIST, NEW_PATH};
use crate::harness::page::{assert_no_banned_words, control, error, page_text, query, shows};
use crate::harness::storage::{TOKEN_KEY, session_storage};
use crate::harness::tokens::{YEAR_2100, token};
use crate::harness::user::{fill, press, see, see_page, see_summary};
use crate::harness::wait::wait_for;

/// The keys in `sessionStorage` whose values contain a text.
fn stored_keys_with(text: &str) -> Vec<String> {
    let names = (0..session_storage().length().unwrap()).filter_map(|at| session_storage().key(at).unwrap());
    names.filter(|name| session_storage().get_item(name).unwrap().is_some_and(|stored| stored.contains(text))).collect()
}

#[wasm_bindgen_test]
async fn the_sign_in_form_replaces_any_page_and_keeps_the_url() {
    let account = format!("{ACCOUNTS_PATH}/cus_1");
    for page in ["/", ACCOUNTS_PATH, NEW_PATH, &account, &format!("{account}/edit"), "/nowhere"] {
        let _app = open_signed_out(page);
        see_page("Sign in").await;
        assert_eq!(path(), page);
        assert_eq!(control("Token").get_attribute("name").as_deref(), Some("token"));
        assert_eq!(control("Stay signed in in this tab").get_attribute("name").as_deref(), Some("remember"));
        wait_for("the title", || document().title().starts_with("Sign in")).await;
        assert!(query("header button").is_none() && no_requests());
    }
}

#[wasm_bindgen_test]
async fn signing_in_opens_the_requested_page() {
    let _app = open_signed_out(NEW_PATH);
    fill("Token", &token("Ada", YEAR_2100)).await;
    press("Sign in").await;
    see_page("New billing account").await;
    assert_eq!(path(), NEW_PATH);
}

#[wasm_bindgen_test]
async fn a_token_signs_in_with_or_without_a_bearer_prefix() {
    let jwt = token("Ada", YEAR_2100);
    for typed in [jwt.clone(), format!("Bearer {jwt}"), format!("  bearer   {jwt}\n")] {
        let _app = open_signed_out("/");
        on_get("/workspaces", respond_with(200, EMPTY_LIST));
        fill("Token", &typed).await;
        press("Sign in").await;
        see("You’re not a member of any workspace").await;
        assert_eq!(requests()[0].authorization, format!("Bearer {jwt}"));
    }
}

#[wasm_bindgen_test]
async fn an_unusable_token_is_explained_and_sends_nothing() {
    let expired = token("Ada", 1_000_000_000.0);
    let unreadable = token("Ada", YEAR_2100).replacen('.', ".x", 1);
    let explained = [
        ("", "Enter a token"),
        ("Bearer ", "Enter a token"),
        ("one.two", "This doesn’t look like an access token"),
        ("secret", "This doesn’t look like an access token"),
        ("ä.b.c", "This"),
        (&unreadable, "This token is incomplete"),
        ("one.two.three.four", "This doesn’t look like an access token"),
        ("a.b.c", "This token is incomplete. Copy the whole token and paste it again"),
        (&expired, "This token expired on Sep 9, 2001"),
    ];
    for (typed, why) in explained {
        let _app = open_signed_out("/");
        fill("Token", typed).await;
        press("Sign in").await;
        let links = see_summary().await;
        let message = error("Token").unwrap_or_default();
        assert!(message.starts_with(why), "{typed:?} has the error {message:?}");
        assert_eq!(links, [message]);
        assert_no_banned_words(&page_text());
        assert!(no_requests() && shows("Sign in"));
        assert_eq!(stored_keys_with(""), [""; 0]);
    }
}

#[wasm_bindgen_test]
async fn a_token_is_stored_only_on_request_and_under_one_key() {
    let jwt = token("Ada", YEAR_2100);
    for remember in [false, true] {
        let _app = open_signed_out(NEW_PATH);
        fill("Token", &format!("Bearer {jwt}")).await;
        if remember {
            press("Stay signed in in this tab").await;
        }
        press("Sign in").await;
        see_page("New billing account").await;
        assert_eq!(stored_keys_with(&jwt), if remember { vec![TOKEN_KEY] } else { vec![] });
        assert_eq!(session_storage().get_item(TOKEN_KEY), Ok(remember.then(|| jwt.clone())));
    }
}

#[wasm_bindgen_test]
async fn an_unusable_stored_token_is_removed() {
    for stored in [token("Ada", 1_000_000_000.0), "garbage".to_owned(), String::new()] {
        let _app = open_with_token(NEW_PATH, Some(&stored));
        see_page("Sign in").await;
        assert_eq!(session_storage().get_item(TOKEN_KEY), Ok(None), "{stored}");
    }
}

#[wasm_bindgen_test]
async fn signing_out_removes_the_token() {
    let _app = open(NEW_PATH);
    press("Sign out").await;
    see_page("Sign in").await;
    assert_eq!(session_storage().get_item(TOKEN_KEY), Ok(None));
    assert!(!shows("Ada Lovelace"));
    assert_eq!(path(), NEW_PATH);
}

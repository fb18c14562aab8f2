//! Who is using the app: signing in, being remembered, signing out, and a session that ends under one's hands.

use leptos::prelude::document;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{no_requests, on_get, on_post, posts, requests, respond_with};
use crate::harness::app::{open, open_signed_out, open_with_token, path};
use crate::harness::dialog::{dialog_is_open, see_no_dialog};
use crate::harness::fixtures::{ACCOUNTS_PATH, CREATE, EMPTY_LIST, NEW_PATH, respond_created};
use crate::harness::form::{assert_form_is_unchanged, fill_every_field, fill_required_fields};
use crate::harness::page::{control, error, query, shows, text_of};
use crate::harness::storage::{TOKEN_KEY, session_storage};
use crate::harness::tokens::{YEAR_2100, token};
use crate::harness::user::{fill, find, press, see, see_page, see_summary};
use crate::harness::wait::wait_for;

fn is_checked(label: &str) -> bool {
    js_sys::Reflect::get(&control(label), &"checked".into()).unwrap().is_truthy()
}

/// The names in the tab's storage under which a text is kept, alone or among others.
fn kept(text: &str) -> Vec<String> {
    let names = (0..session_storage().length().unwrap()).filter_map(|at| session_storage().key(at).unwrap());
    names.filter(|name| session_storage().get_item(name).unwrap().is_some_and(|kept| kept.contains(text))).collect()
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
        see("You are not a member of any workspace").await;
        assert_eq!(requests()[0].authorization, format!("Bearer {jwt}"));
    }
}

#[wasm_bindgen_test]
async fn an_unusable_token_is_explained_and_sends_nothing() {
    let ended = token("Ada", 1_000_000_000.0);
    let explained = [
        ("", "Enter a token"),
        ("Bearer ", "Enter a token"),
        ("one.two", "This doesn’t look like an access token"),
        ("one.two.three.four", "This doesn’t look like an access token"),
        ("a.b.c", "This token is incomplete. Copy the whole token and paste it again"),
        (&ended, "This token expired on Sep 9, 2001"),
    ];
    for (typed, why) in explained {
        let _app = open_signed_out("/");
        fill("Token", typed).await;
        press("Sign in").await;
        let links = see_summary().await;
        let said = error("Token").unwrap_or_default();
        assert!(said.starts_with(why), "{typed:?} is explained as {said:?}");
        assert_eq!(links, [said]);
        assert!(no_requests() && shows("Sign in"));
        assert_eq!(kept(""), [""; 0]);
    }
}

#[wasm_bindgen_test]
async fn the_header_shows_the_user_and_the_time_left() {
    let in_two_hours = js_sys::Date::now() / 1000.0 + 7_300.0;
    for (end, left) in [(YEAR_2100, "days"), (in_two_hours, "2 hours")] {
        let _app = open_with_token(NEW_PATH, Some(&token("Grace Hopper", end)));
        see("Signed in as Grace Hopper Session ends in").await;
        let time = query("header time").unwrap();
        assert!(text_of(&time).ends_with(left), "{}", text_of(&time));
        if end == YEAR_2100 {
            assert_eq!(time.get_attribute("datetime").as_deref(), Some("2100-01-01T00:00:00.000Z"));
        }
    }
    // The clock goes on.
    let _app = open_with_token(NEW_PATH, Some(&token("Grace Hopper", js_sys::Date::now() / 1000.0 + 7_205.0)));
    see("Session ends in 2 hours").await;
    see("Session ends in 119 minutes").await;
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
        assert_eq!(kept(&jwt), if remember { vec![TOKEN_KEY] } else { vec![] });
        assert_eq!(session_storage().get_item(TOKEN_KEY), Ok(remember.then(|| jwt.clone())));
    }
}

#[wasm_bindgen_test]
async fn an_unusable_stored_token_is_removed() {
    for kept in [token("Ada", 1_000_000_000.0), "garbage".to_owned(), String::new()] {
        let _app = open_with_token(NEW_PATH, Some(&kept));
        see_page("Sign in").await;
        assert_eq!(session_storage().get_item(TOKEN_KEY), Ok(None), "{kept}");
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

#[wasm_bindgen_test]
async fn an_expiry_during_a_save_keeps_the_draft() {
    let _app = open(NEW_PATH);
    on_post(ACCOUNTS_PATH, respond_with(401, r#"{"message":"Unauthenticated."}"#));
    fill_every_field().await;
    press(CREATE).await;
    wait_for("the dialog", dialog_is_open).await;
    see("Your session has ended").await;
    assert_form_is_unchanged("a 401");
    assert_eq!(session_storage().get_item(TOKEN_KEY), Ok(None));

    assert!(is_checked("Stay signed in in this tab"), "as it was chosen before");
    let fresh = token("Ada again", YEAR_2100);
    fill("Token", &fresh).await;
    press("Sign in").await;
    see_no_dialog().await;
    assert_form_is_unchanged("signing in again");
    assert_eq!(posts().len(), 1, "nothing is sent by itself");
    see("You’re signed in again").await;
    assert!(shows("No account was created.") && !shows("Sign in again") && !shows("no longer accepts"));

    assert_eq!(session_storage().get_item(TOKEN_KEY), Ok(Some(fresh.clone())));

    on_post(ACCOUNTS_PATH, respond_created());
    press(CREATE).await;
    see_page("ACME Corp Billing").await;
    let bearers: Vec<_> = posts().into_iter().map(|post| post.authorization).collect();
    assert_eq!(bearers, [format!("Bearer {}", token("Ada Lovelace", YEAR_2100)), format!("Bearer {fresh}")]);
    assert_eq!(posts()[0].body, posts()[1].body);
}

#[wasm_bindgen_test]
async fn the_sign_in_dialog_keeps_the_earlier_storage_choice() {
    let _app = open_signed_out(NEW_PATH);
    fill("Token", &token("Ada", YEAR_2100)).await;
    press("Sign in").await;
    see_page("New billing account").await;
    on_post(ACCOUNTS_PATH, respond_with(401, ""));
    fill_required_fields().await;
    press(CREATE).await;
    wait_for("the dialog", dialog_is_open).await;
    assert!(!is_checked("Stay signed in in this tab"));
}

#[wasm_bindgen_test]
async fn a_page_with_a_401_loads_after_signing_in_again() {
    let _app = open("/");
    on_get("/workspaces", respond_with(401, ""));
    wait_for("the dialog", dialog_is_open).await;
    on_get("/workspaces", respond_with(200, EMPTY_LIST));
    fill("Token", &token("Ada", YEAR_2100)).await;
    press("Sign in").await;
    see("You are not a member of any workspace").await;
    find("Sign out").await;
}

//! Signing in and out by leaving for the provider, and signing in silently after a reload.

use leptos::prelude::{document, window};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{no_requests, on_get, respond_with};
use crate::harness::app::{TestApp, open_in_same_tab, open_with_provider, path, reload};
use crate::harness::channel::OtherTab;
use crate::harness::fixtures::{ACCOUNTS_PATH, EMPTY_LIST, NEW_PATH};
use crate::harness::page::{control, is_checked, page_text, query, shows};
use crate::harness::provider::{
    HOUR, Reply, callback_query, configure_without_client_id, discovery_without, leave_for_provider, on_discovery,
    on_token, open_signed_in, parameter, replaced_pages, token_requests, tokens, visited,
};
use crate::harness::storage::{TOKEN_KEY, session_storage};
use crate::harness::tokens::{YEAR_2100, token};
use crate::harness::user::{fill, find, press, see, see_page};
use crate::harness::wait::{tick, wait_for};

#[wasm_bindgen_test]
async fn one_press_leaves_for_the_provider_with_a_code_request() {
    let _app = open_with_provider(NEW_PATH);
    see_page("Sign in").await;
    leave_for_provider().await;
    let url = visited().pop().unwrap();
    assert!(url.starts_with("https://id.example.com/authorize?"), "{url}");
    for (name, value) in [
        ("response_type", "code"),
        ("client_id", "client"),
        ("scope", "openid profile email offline_access"),
        ("audience", "https://api.altostrat.io"),
        ("code_challenge_method", "S256"),
    ] {
        assert_eq!(parameter(&url, name).as_deref(), Some(value));
    }
    assert_eq!(parameter(&url, "prompt"), None);
    press("Opening…").await;
    tick().await;
    assert!(visited().len() == 1 && no_requests(), "more presses do nothing");
}

#[wasm_bindgen_test]
async fn the_user_returns_to_the_page_with_its_query() {
    let page = format!("{ACCOUNTS_PATH}?x=y");
    let app = open_with_provider(&page);
    see_page("Sign in").await;
    leave_for_provider().await;
    on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
    open_in_same_tab(&app, &format!("/callback?{}", callback_query()));
    assert_eq!(path(), page, "the code is gone from the address at once");
    see_page("Billing accounts").await;
    let form = token_requests().pop().unwrap();
    assert!(form.contains("code=the-code") && parameter(&form, "code_verifier").is_some_and(|it| it.len() == 43));
    assert!(!page_text().contains("the-code") && !document().title().contains("the-code"));
}

#[wasm_bindgen_test]
async fn the_token_is_stored_only_if_the_box_beside_sign_in_is_ticked() {
    for remember in [false, true] {
        let app = open_with_provider(NEW_PATH);
        see_page("Sign in").await;
        assert_eq!(control("Stay signed in in this tab").get_attribute("name").as_deref(), Some("remember"));
        if remember {
            press("Stay signed in in this tab").await;
        }
        leave_for_provider().await;
        open_in_same_tab(&app, &format!("/callback?{}", callback_query()));
        see_page("New billing account").await;
        assert_eq!(session_storage().get_item(TOKEN_KEY).unwrap().is_some(), remember);
        let stored = (0..session_storage().length().unwrap())
            .filter_map(|at| session_storage().get_item(&session_storage().key(at).unwrap().unwrap()).unwrap());
        assert!(stored.into_iter().all(|text| !text.contains("refresh-") && !text.contains("the-code")));
    }
}

#[wasm_bindgen_test]
async fn a_token_can_be_used_instead_of_the_provider() {
    let _app = open_with_provider(NEW_PATH);
    see_page("Sign in").await;
    let details = query("details.token-instead").unwrap();
    assert!(!details.has_attribute("open") && details.query_selector("[name=token]").unwrap().is_some());
    details.set_attribute("open", "").unwrap();
    fill("Token", &token("Ada", YEAR_2100)).await;
    press("Sign in with this token").await;
    see_page("New billing account").await;
    assert!(visited().is_empty());
    press("Sign out").await;
    see_page("Sign in").await;
    tick().await;
    assert!(visited().is_empty(), "a pasted token has no session at the provider");
}

#[wasm_bindgen_test]
async fn a_wrong_setting_is_named_and_a_token_can_be_pasted() {
    let app = open_with_provider(NEW_PATH);
    configure_without_client_id();
    reload(&app);
    see("index.html sets altostrat-oidc-issuer but not altostrat-oidc-client-id.").await;
    fill("Token", &token("Ada", YEAR_2100)).await;
    press("Sign in").await;
    see_page("New billing account").await;
}

#[wasm_bindgen_test]
async fn a_provider_that_is_down_is_explained_and_can_be_tried_again() {
    use billing_admin::session::oidc::http::NetworkError;
    let _app = open_with_provider(NEW_PATH);
    for (reply, title) in [
        (Reply::Lost(NetworkError::Failed), "The sign-in service can’t be reached"),
        (Reply::Lost(NetworkError::Timeout), "The sign-in service can’t be reached"),
        (Reply::Body(500, String::new()), "Something went wrong at the sign-in service"),
        (Reply::Body(200, "<html>".into()), "Sign-in isn’t set up correctly"),
        (Reply::Body(200, r#"{"issuer":"https://issuer.example"}"#.into()), "The issuer is “https://issuer.example”"),
    ] {
        on_discovery(reply);
        press("Sign in").await;
        see(title).await;
        assert!(visited().is_empty() && token_requests().is_empty() && no_requests());
    }
    leave_for_provider().await;
}

#[wasm_bindgen_test]
async fn a_reload_signs_in_silently_and_only_once() {
    let app = open_signed_in(NEW_PATH, HOUR).await;
    see_page("New billing account").await;
    reload(&app);
    wait_for("the silent request", || visited().len() == 2).await;
    assert_eq!(parameter(&visited()[1], "prompt").as_deref(), Some("none"));
    assert_eq!(replaced_pages(), 1, "Back does not return to the page that left by itself");
    let state = parameter(&visited()[1], "state").unwrap();
    let query = format!("error=login_required&state={state}&iss=https%3A%2F%2Fid.example.com%2F");
    open_in_same_tab(&app, &format!("/callback?{query}"));
    see_page("Sign in").await;
    assert_eq!(path(), NEW_PATH);
    assert!(!shows("sign-in service") && !shows("has ended"), "nothing was pressed, so nothing failed");
    reload(&app);
    see_page("Sign in").await;
    tick().await;
    assert_eq!((visited().len(), token_requests().len()), (2, 1));
}

#[wasm_bindgen_test]
async fn a_silent_sign_in_returns_to_the_page() {
    let app = open_signed_in(NEW_PATH, HOUR).await;
    see_page("New billing account").await;
    reload(&app);
    wait_for("the silent request", || visited().len() == 2).await;
    open_in_same_tab(&app, &format!("/callback?{}", callback_query()));
    see_page("New billing account").await;
    assert_eq!((path().as_str(), token_requests().len()), (NEW_PATH, 2));
}

/// Signs in with "Stay signed in" ticked and a token that lives so many seconds.
async fn open_remembered(seconds: f64) -> TestApp {
    let app = open_with_provider(NEW_PATH);
    see_page("Sign in").await;
    press("Stay signed in in this tab").await;
    leave_for_provider().await;
    on_token(tokens(seconds));
    open_in_same_tab(&app, &format!("/callback?{}", callback_query()));
    see_page("New billing account").await;
    app
}

#[wasm_bindgen_test]
async fn a_silent_sign_in_keeps_the_choice_to_stay_signed_in() {
    // The stored token is not used in its last minute.
    let app = open_remembered(50.0).await;
    reload(&app);
    wait_for("the silent request", || visited().len() == 2).await;
    open_in_same_tab(&app, &format!("/callback?{}", callback_query()));
    see_page("New billing account").await;
    assert!(session_storage().get_item(TOKEN_KEY).unwrap().is_some());
    // The next reload needs no sign-in at all.
    reload(&app);
    see_page("New billing account").await;
    assert_eq!((visited().len(), token_requests().len()), (2, 2));
}

#[wasm_bindgen_test]
async fn a_refused_silent_sign_in_keeps_the_choice_to_stay_signed_in() {
    let app = open_remembered(50.0).await;
    reload(&app);
    wait_for("the silent request", || visited().len() == 2).await;
    open_in_same_tab(&app, &format!("/callback?{}", callback_query().replace("code=the-code", "error=login_required")));
    see_page("Sign in").await;
    assert!(is_checked("Stay signed in in this tab"));
    press("Sign in").await;
    wait_for("the provider's page", || visited().len() == 3).await;
    open_in_same_tab(&app, &format!("/callback?{}", callback_query()));
    see_page("New billing account").await;
    assert!(session_storage().get_item(TOKEN_KEY).unwrap().is_some());
}

#[wasm_bindgen_test]
async fn a_stored_token_needs_no_silent_sign_in() {
    let app = open_remembered(HOUR).await;
    reload(&app);
    see_page("New billing account").await;
    assert_eq!((visited().len(), token_requests().len()), (1, 1));
}

#[wasm_bindgen_test]
async fn signing_out_signs_out_other_tabs_and_at_the_provider() {
    let _app = open_signed_in(NEW_PATH, HOUR).await;
    let other = OtherTab::on_session();
    press("Sign out").await;
    wait_for("the provider's sign-out page", || visited().len() == 2).await;
    let url = visited().pop().unwrap();
    assert!(url.starts_with("https://id.example.com/end?"), "{url}");
    let origin = window().location().origin().unwrap();
    assert_eq!(parameter(&url, "post_logout_redirect_uri"), Some(format!("{origin}/")));
    assert!(parameter(&url, "id_token_hint").is_some() && parameter(&url, "client_id").is_some());
    wait_for("the other tab's message", || other.received().iter().any(|it| it.contains("signed_out"))).await;
    assert_eq!(session_storage().length(), Ok(0));
}

#[wasm_bindgen_test]
async fn without_an_end_session_endpoint_sign_out_uses_auth0s() {
    let app = open_with_provider(NEW_PATH);
    see_page("Sign in").await;
    for _ in 0..2 {
        on_discovery(Reply::Body(200, discovery_without("end_session_endpoint")));
    }
    leave_for_provider().await;
    open_in_same_tab(&app, &format!("/callback?{}", callback_query()));
    see_page("New billing account").await;
    press("Sign out").await;
    wait_for("the provider's sign-out page", || visited().len() == 2).await;
    let url = visited().pop().unwrap();
    assert!(url.starts_with("https://id.example.com/v2/logout?"), "{url}");
    let origin = window().location().origin().unwrap();
    assert_eq!(parameter(&url, "returnTo"), Some(format!("{origin}/")));
    assert_eq!(parameter(&url, "client_id").as_deref(), Some("client"));
}

#[wasm_bindgen_test]
async fn signing_out_without_the_provider_says_so() {
    use billing_admin::session::oidc::http::NetworkError;
    // After a reload with a stored token the metadata is not loaded yet.
    let app = open_remembered(HOUR).await;
    reload(&app);
    on_discovery(Reply::Lost(NetworkError::Failed));
    press("Sign out").await;
    see("You’re signed out here, but may still be signed in at the sign-in service").await;
    find("Sign in").await;
}

//! Links, Back, unknown URLs, unusual IDs, and the base URL of the API.

use leptos::prelude::{document, window};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{MockResponse, cancelled, no_requests, on_get, on_post, requests, respond_with, response};
use crate::harness::app::{open, open_with_api_base, path, reload, root};
use crate::harness::fixtures::{ACCOUNTS_PATH, CREATE, EMPTY_LIST, NEW_PATH};
use crate::harness::form::fill_required_fields;
use crate::harness::page::{focused, query};
use crate::harness::user::{follow_link, press, see, see_focus_on_heading, see_page};
use crate::harness::wait::wait_for;

#[wasm_bindgen_test]
async fn an_unknown_url_shows_the_not_found_page() {
    for address in ["/nowhere", "/workspaces", "/workspaces/ws_1", "/workspaces/%ff/billing-accounts", "/a/../b//c"] {
        let _app = open(address);
        see_page("Page not found").await;
        see(&path()).await;
        wait_for("the title", || document().title().starts_with("Page not found")).await;
        assert!(no_requests());
        on_get("/workspaces", respond_with(200, EMPTY_LIST));
        press("All workspaces").await;
        see_page("Choose a workspace").await;
        assert_eq!(path(), "/");
    }
}

#[wasm_bindgen_test]
async fn links_and_back_navigate_without_a_reload() {
    let _app = open(ACCOUNTS_PATH);
    on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
    see_page("Billing accounts").await;
    assert_ne!(focused().tag_name(), "H1", "the first page does not take the focus");
    let container = root();

    press("New billing account").await;
    see_page("New billing account").await;
    assert_eq!(path(), NEW_PATH);
    see_focus_on_heading().await;
    wait_for("the title", || document().title().starts_with("New billing account")).await;
    assert!(container.is_connected(), "no reload");

    on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
    window().history().unwrap().back().unwrap();
    see_page("Billing accounts").await;
    assert_eq!(path(), ACCOUNTS_PATH);
    see_focus_on_heading().await;
    wait_for("the title", || document().title().starts_with("Billing accounts")).await;
}

#[wasm_bindgen_test]
async fn the_first_history_entry_is_numbered() {
    let app = open(ACCOUNTS_PATH);
    let history = window().history().unwrap();
    history.replace_state_with_url(&JsValue::NULL, "", None).unwrap();
    reload(&app);
    on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
    see_page("Billing accounts").await;
    wait_for("the number of the entry", || history.state().unwrap().as_f64().is_some()).await;
}

#[wasm_bindgen_test]
async fn the_title_loses_its_error_on_the_next_page() {
    let _app = open(NEW_PATH);
    press(CREATE).await;
    wait_for("the error in the title", || document().title().starts_with("Error: ")).await;
    on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
    press("Cancel").await;
    see_page("Billing accounts").await;
    wait_for("the title", || document().title().starts_with("Billing accounts")).await;
}

#[wasm_bindgen_test]
async fn leaving_a_page_cancels_its_requests() {
    let _app = open(ACCOUNTS_PATH);
    on_get(ACCOUNTS_PATH, MockResponse::Deferred);
    see("Loading billing accounts").await;
    wait_for("the request", || requests().len() == 1).await;
    assert_eq!(cancelled(), 0);
    press("New billing account").await;
    see_page("New billing account").await;
    wait_for("the cancelled request", || cancelled() == 1).await;
}

#[wasm_bindgen_test]
async fn an_account_with_missing_fields_is_shown() {
    let _app = open(&format!("{ACCOUNTS_PATH}/cus_1"));
    let little =
        r#"{"id":"cus_1","name":null,"address":{"country":"Narnia"},"currency":"galleons","created_at":"soon"}"#;
    on_get(&format!("{ACCOUNTS_PATH}/cus_1"), respond_with(200, little));
    see_page("cus_1").await;
    for text in ["Narnia", "galleons", "soon", "Not known"] {
        see(text).await;
    }
}

#[wasm_bindgen_test]
async fn an_id_with_special_characters_stays_one_path_segment() {
    for odd in ["a%2Fb", "%3Fx%3D1", "%23", "%40evil", "%252f", "%C3%BC%20%E6%BC%A2"] {
        let accounts = format!("/workspaces/{odd}/billing-accounts");
        let _app = open(&accounts);
        on_get(&accounts, respond_with(200, EMPTY_LIST));
        see("No billing accounts yet").await;
        press("New billing account").await;
        see_page("New billing account").await;
        assert_eq!(path(), format!("{accounts}/new"));

        on_post(
            &accounts,
            MockResponse::Immediate(Ok(response(201, r#"{"id":"../x?y#z/é","name":"Odd","email":"a@b.co"}"#))),
        );
        fill_required_fields().await;
        press(CREATE).await;
        see_page("Odd").await;
        assert_eq!(path(), format!("{accounts}/..%2Fx%3Fy%23z%2F%C3%A9"));
    }
}

#[wasm_bindgen_test]
async fn a_meta_element_sets_the_api_base() {
    let _app = open_with_api_base("/", " /api/ ");
    on_get("/api/workspaces", respond_with(200, EMPTY_LIST));
    see("You’re not a member of any workspace").await;
}

#[wasm_bindgen_test]
async fn an_unsafe_api_base_gets_no_request() {
    for base in ["http://v1.api.altostrat.io", "//evil.example", "https://user@evil.example", "javascript:alert(1)"] {
        let _app = open_with_api_base("/", base);
        see_page("Not set up").await;
        see(&format!("“{base}”")).await;
        assert!(no_requests() && query("input").is_none());
    }
}

#[wasm_bindgen_test]
async fn a_link_to_the_current_page_adds_no_history_entry() {
    let _app = open(ACCOUNTS_PATH);
    on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
    press("New billing account").await;
    see_page("New billing account").await;
    let history = window().history().unwrap();
    let before = history.state().unwrap();
    follow_link(NEW_PATH).await;
    follow_link(&format!("{NEW_PATH}?name=Karoo")).await;
    assert_eq!(history.state().unwrap(), before);
    assert_eq!(path(), format!("{NEW_PATH}?name=Karoo"));
    on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
    history.back().unwrap();
    see_page("Billing accounts").await;
}

//! Replies that come from a gateway instead of the API, or are truncated.

use billing_admin::api::transport::{Method, NetworkError, Request, Response, fetch};
use billing_admin::session::token::Token;
use js_sys::{Function, Reflect};
use leptos::prelude::window;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{
    MockResponse, deletes, network_error, on_delete, on_get, on_patch, on_post, patches, posts, respond_with,
};
use crate::harness::app::open;
use crate::harness::delete_dialog::{CHECK_DELETED, DELETE, open_confirmed_delete, see_list_with};
use crate::harness::fixtures::{
    ACCOUNT, ACCOUNT_NOT_FOUND, ACCOUNT_PATH, ACCOUNTS_PATH, CREATE, EMPTY_LIST, NEW_PATH, SAVE_CHANGES,
    WORKSPACE_NOT_FOUND,
};
use crate::harness::form::{assert_form_is_unchanged, fill_every_field};
use crate::harness::page::{shows, value};
use crate::harness::scenarios::{CHECK_CREATED, open_edit};
use crate::harness::storage::{NEW_DRAFT, stored_draft};
use crate::harness::tokens::{YEAR_2100, token};
use crate::harness::user::{fill, find, press, see, see_page};

const HTML: &str = "<!DOCTYPE html><title>Single sign-on</title><h1>Your session has expired</h1>";
const NOT_DELETED: &str = "The account wasn’t deleted.";

fn list() -> MockResponse {
    respond_with(200, format!(r#"{{"data":[{ACCOUNT}],"has_more":false}}"#))
}

#[wasm_bindgen_test]
async fn an_unreadable_success_leaves_a_create_unknown() {
    let foreign = [
        (200, HTML),
        (201, HTML),
        (201, ""),
        (200, "[]"),
        (201, r#"{"id":"cus_"#),
        (202, "{}"),
        (204, ""),
        (206, HTML),
    ];
    for (status, body) in foreign {
        let _app = open(NEW_PATH);
        fill_every_field().await;
        on_post(ACCOUNTS_PATH, respond_with(status, body));
        press(CREATE).await;
        see("whether the account was created").await;
        find(CHECK_CREATED).await;
        assert_form_is_unchanged(&format!("{status} {body}"));
        assert!(stored_draft(NEW_DRAFT).is_some_and(|draft| draft.contains("94105")), "{status} {body}");
        assert!(!shows("Saved") && !shows("single sign-on"));

        on_get(ACCOUNTS_PATH, respond_with(200, HTML));
        press(CHECK_CREATED).await;
        see("We couldn’t check.").await;
        assert_eq!(posts().len(), 1, "{status} {body}");
    }
}

#[wasm_bindgen_test]
async fn an_unreadable_success_leaves_an_update_unknown() {
    for (status, body) in [(200, HTML), (204, ""), (200, "")] {
        let _app = open_edit().await;
        fill("Phone", "021 555").await;
        on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
        on_patch(ACCOUNT_PATH, respond_with(status, body));
        on_get(ACCOUNT_PATH, MockResponse::Deferred);
        press(SAVE_CHANGES).await;
        see("whether your changes were saved").await;
        assert_eq!((value("Phone").as_str(), patches().len()), ("021 555", 1), "{status}");
    }
}

#[wasm_bindgen_test]
async fn an_unreadable_success_leaves_a_delete_unknown() {
    for (status, body) in [(200, HTML), (200, ""), (202, "{}")] {
        let _app = open_confirmed_delete().await;
        on_delete(ACCOUNT_PATH, respond_with(status, body));
        press(DELETE).await;
        see("We don’t know yet whether the account was deleted.").await;
        on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
        press(CHECK_DELETED).await;
        see("It’s still there").await;
    }
    let _app = open_confirmed_delete().await;
    on_delete(ACCOUNT_PATH, respond_with(200, r#"{"deleted":true}"#));
    on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
    press(DELETE).await;
    see_list_with("Billing account deleted").await;
}

/// A gateway may not know the route, and a former member may not see the account.
#[wasm_bindgen_test]
async fn a_404_without_the_api_code_is_not_a_delete() {
    for body in [HTML, "", "{}", WORKSPACE_NOT_FOUND, r#"{"message":"Not found."}"#] {
        for listed in
            [list(), respond_with(404, WORKSPACE_NOT_FOUND), respond_with(200, r#"{"data":[],"has_more":true}"#)]
        {
            let _app = open_confirmed_delete().await;
            on_delete(ACCOUNT_PATH, respond_with(404, body));
            on_get(ACCOUNTS_PATH, listed);
            press(DELETE).await;
            see(NOT_DELETED).await;
            assert!(!shows("already deleted") && !shows("was deleted"), "{body}");
            assert_eq!(deletes().len(), 1);
        }
    }
}

#[wasm_bindgen_test]
async fn a_complete_list_without_the_account_proves_it_is_gone() {
    let _app = open_confirmed_delete().await;
    on_delete(ACCOUNT_PATH, respond_with(404, HTML));
    on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
    on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
    press(DELETE).await;
    see_list_with("Billing account already deleted").await;
}

#[wasm_bindgen_test]
async fn a_gateway_404_does_not_resolve_an_unknown_delete() {
    for body in [HTML, WORKSPACE_NOT_FOUND] {
        let _app = open_confirmed_delete().await;
        on_delete(ACCOUNT_PATH, network_error(NetworkError::Failed));
        press(DELETE).await;
        see("We don’t know yet whether the account was deleted").await;
        for (listed, message) in [
            (respond_with(404, body), "We don’t know yet whether the account was deleted"),
            (respond_with(200, r#"{"data":[],"has_more":true}"#), "We don’t know yet whether the account was deleted"),
            (list(), "It’s still there"),
        ] {
            on_get(ACCOUNT_PATH, respond_with(404, body));
            on_get(ACCOUNTS_PATH, listed);
            press(CHECK_DELETED).await;
            see(message).await;
        }
        on_delete(ACCOUNT_PATH, respond_with(404, ACCOUNT_NOT_FOUND));
        on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
        press(DELETE).await;
        see_page("Billing accounts").await;
    }
}

/// The result of the transport for a response that `fetch` resolves to.
async fn fetch_result(method: Method, response: &str) -> Result<Response, NetworkError> {
    let real = Reflect::get(&window(), &"fetch".into()).unwrap();
    let mock = Function::new_with_args("request", &format!("return Promise.resolve({response})"));
    Reflect::set(&window(), &"fetch".into(), &mock).unwrap();
    let (token, _) = Token::parse(&token("Ada", YEAR_2100)).unwrap();
    let outcome = fetch(Request { method, url: "https://v1.api.altostrat.io/x".into(), token, body: None }).await;
    Reflect::set(&window(), &"fetch".into(), &real).unwrap();
    outcome
}

/// A response with this status and a truncated body.
fn truncated(status: u16) -> String {
    let body =
        "new ReadableStream({ start(body) { body.enqueue(new Uint8Array([123])); body.error(new TypeError('cut')) } })";
    format!("new Response({body}, {})", json!({ "status": status }))
}

#[wasm_bindgen_test]
async fn a_truncated_body_keeps_the_status_of_the_response() {
    for method in [Method::Post, Method::Patch, Method::Delete] {
        for status in [201, 401, 404, 409, 422, 429, 500] {
            let reply = fetch_result(method, &truncated(status)).await;
            assert_eq!(reply, Ok(Response { status, ..Response::default() }), "{method}");
        }
    }
    assert_eq!(fetch_result(Method::Get, &truncated(404)).await, Ok(Response { status: 404, ..Response::default() }));
    assert_eq!(fetch_result(Method::Get, &truncated(200)).await, Err(NetworkError::Failed));
}

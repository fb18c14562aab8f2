//! Copying the request or the account as a curl command or as JSON, without the token.

use std::cell::RefCell;

use js_sys::{Object, Promise, Reflect};
use leptos::prelude::window;
use serde_json::Value;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{on_get, on_patch, on_post, patches, posts, requests, respond_with};
use crate::harness::app::open;
use crate::harness::fixtures::{
    ACCOUNT, ACCOUNT_PATH, ACCOUNTS_PATH, CREATE, NEW_PATH, SAVE_CHANGES, account_with, respond_created,
};
use crate::harness::form::{fill_every_field, fill_required_fields};
use crate::harness::page::{control, error, has_focus, shows};
use crate::harness::scenarios::open_edit;
use crate::harness::tokens::{YEAR_2100, token};
use crate::harness::user::{fill, press, see, see_page};
use crate::harness::wait::{sleep, wait_for};

const CURL: &str = "Copy as curl";
const JSON: &str = "Copy as JSON";

thread_local! {
    static COPIED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// A mock of the browser's clipboard, until it is dropped.
struct Clipboard;

impl Clipboard {
    fn new(works: bool) -> Self {
        COPIED.take();
        let write = Closure::<dyn Fn(String) -> Promise>::new(move |text: String| {
            if !works {
                return Promise::reject(&"not allowed".into());
            }
            COPIED.with_borrow_mut(|copied| copied.push(text));
            Promise::resolve(&JsValue::UNDEFINED)
        });
        let (clipboard, property) = (Object::new(), Object::new());
        Reflect::set(&clipboard, &"writeText".into(), &write.into_js_value()).unwrap();
        Reflect::set(&property, &"value".into(), &clipboard).unwrap();
        Reflect::set(&property, &"configurable".into(), &true.into()).unwrap();
        Object::<JsValue>::define_property(window().navigator().unchecked_ref(), &"clipboard".into(), &property);
        Self
    }
}

impl Drop for Clipboard {
    fn drop(&mut self) {
        // Deleting the own property uncovers the browser's getter.
        let navigator: Object = window().navigator().unchecked_into();
        _ = Reflect::delete_property(&navigator, &"clipboard".into());
    }
}

/// Presses a button and returns the copied text.
async fn copy(button: &str) -> String {
    COPIED.take();
    press(button).await;
    wait_for("a copied text", || COPIED.with_borrow(|copied| !copied.is_empty())).await;
    see("Copied").await;
    COPIED.take().pop().unwrap()
}

/// Checks that the command takes the token from a shell variable.
fn assert_has_no_token(command: &str) {
    assert!(command.contains("--header \"Authorization: Bearer $ALTOSTRAT_TOKEN\""), "{command}");
    for part in token("Ada Lovelace", YEAR_2100).split('.') {
        assert!(!command.contains(part), "{command}");
    }
}

#[wasm_bindgen_test]
async fn curl_and_json_of_a_new_account_equal_the_create_request() {
    let _clipboard = Clipboard::new(true);
    let _app = open(NEW_PATH);
    fill_every_field().await;
    fill("Name", " L'Oréal $(x) ").await;
    let command = copy(CURL).await;
    assert_has_no_token(&command);
    see("Set $ALTOSTRAT_TOKEN first").await;
    let body = copy(JSON).await;
    assert!(posts().is_empty());
    on_post(ACCOUNTS_PATH, respond_created());
    press(CREATE).await;
    see("Billing account created").await;
    assert_eq!(posts()[0].body, serde_json::from_str::<Value>(&body).unwrap());
    let quoted = body.replace('\'', "'\\''");
    assert!(command.starts_with("curl --request POST"), "{command}");
    assert!(command.contains(&format!("--data-raw '{quoted}'")), "{command}");
    assert!(command.ends_with(&format!("'https://v1.api.altostrat.io{ACCOUNTS_PATH}'")), "{command}");
}

#[wasm_bindgen_test]
async fn a_form_with_errors_is_not_copied_and_shows_its_errors() {
    let _clipboard = Clipboard::new(true);
    let _app = open(NEW_PATH);
    fill("Name", "Acme").await;
    for button in [CURL, JSON] {
        press(button).await;
        see("Fix the fields first, then copy").await;
        assert_eq!(error("Email").as_deref(), Some("Enter an email address"));
        assert!(has_focus(&control("Email")));
    }
    assert!(COPIED.take().is_empty() && requests().is_empty());
}

#[wasm_bindgen_test]
async fn curl_and_json_of_changes_equal_the_update_request() {
    let _clipboard = Clipboard::new(true);
    let _app = open_edit().await;
    press(JSON).await;
    see("No changes to copy").await;
    assert!(COPIED.take().is_empty());
    fill("Phone", "").await;
    fill("City", "Oakland").await;
    let command = copy(CURL).await;
    assert_has_no_token(&command);
    let body = copy(JSON).await;
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    on_patch(ACCOUNT_PATH, respond_with(200, account_with(&[("/address/city", "Oakland")])));
    press(SAVE_CHANGES).await;
    see("Billing account updated").await;
    assert_eq!(patches()[0].body, serde_json::from_str::<Value>(&body).unwrap());
    assert!(command.starts_with("curl --request PATCH"), "{command}");
    assert!(command.contains(&format!("--data-raw '{body}'")), "{command}");
}

#[wasm_bindgen_test]
async fn curl_and_json_of_an_account_equal_the_api_response() {
    let _clipboard = Clipboard::new(true);
    let _app = open(ACCOUNT_PATH);
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    see_page("ACME Corp Billing").await;
    let command = copy(CURL).await;
    assert_has_no_token(&command);
    assert!(command.starts_with("curl --request GET"), "{command}");
    assert!(command.ends_with(&format!("'https://v1.api.altostrat.io{ACCOUNT_PATH}'")) && !command.contains("--data"));
    let mut shown: Value = serde_json::from_str(ACCOUNT).unwrap();
    // The page adds the workspace ID.
    shown["workspace_id"] = "ws_1".into();
    assert_eq!(serde_json::from_str::<Value>(&copy(JSON).await).unwrap(), shown);
}

#[wasm_bindgen_test]
async fn a_clipboard_failure_is_reported() {
    let _clipboard = Clipboard::new(false);
    let _app = open(ACCOUNT_PATH);
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    press(JSON).await;
    see("Couldn’t copy. Your browser blocked it").await;
    assert!(!shows("Copied"));
}

/// The timer of an earlier message once removed a later one.
#[wasm_bindgen_test]
async fn the_timer_of_an_old_message_does_not_remove_a_new_one() {
    let _clipboard = Clipboard::new(true);
    let _app = open(NEW_PATH);
    fill_required_fields().await;
    press(JSON).await;
    see("Copied").await;
    fill("Name", "").await;
    press(JSON).await;
    see("Fix the fields first, then copy").await;
    sleep(5200).await;
    assert!(shows("Fix the fields first, then copy"));
}

//! Events at controls that are no longer on the page, as password managers, autofill and input methods send them. They
//! must neither panic nor send or change anything.

use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, Event, EventInit, HtmlElement};

use crate::harness::api::{on_get, requests, respond_with};
use crate::harness::app::{open, open_signed_out, path};
use crate::harness::delete_dialog::{ACCOUNT_NAME, CONFIRM_NAME};
use crate::harness::fixtures::{ACCOUNT, ACCOUNT_PATH, ACCOUNTS_PATH, CREATE, EMPTY_LIST, NEW_PATH};
use crate::harness::page::{query, query_all, value};
use crate::harness::scenarios::open_edit;
use crate::harness::storage::{TOKEN_KEY, session_storage};
use crate::harness::tokens::{YEAR_2100, token};
use crate::harness::user::{fill, find, press, see, see_page, see_summary};
use crate::harness::wait::tick;

const EVENTS: [&str; 4] = ["input", "change", "blur", "submit"];

/// All elements with event listeners.
fn controls() -> Vec<Element> {
    query_all("a, button, dialog, form, input, select, textarea")
}

/// Clicks the removed controls, dispatches other events to them, and checks that nothing happens.
async fn dispatch_to_removed(controls: Vec<Element>, expected: usize) {
    let removed: Vec<_> = controls.into_iter().filter(|control| !control.is_connected()).collect();
    assert!(removed.len() >= expected, "only {} controls have left the page", removed.len());
    let before = (path(), requests().len());
    let init = EventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    for control in removed {
        for kind in EVENTS {
            control.dispatch_event(&Event::new_with_event_init_dict(kind, &init).unwrap()).unwrap();
        }
        // The browser follows even a removed link.
        control.remove_attribute("href").unwrap();
        control.unchecked_ref::<HtmlElement>().click();
    }
    tick().await;
    assert_eq!((path(), requests().len()), before);
    assert!(query("dialog").is_none());
}

/// Checks that the create form works and holds this name.
async fn assert_form_works(name: &str) {
    see_page("New billing account").await;
    find(CREATE).await;
    assert_eq!(value("Name"), name);
    fill("Email", "wrong").await;
    press(CREATE).await;
    assert!(!see_summary().await.is_empty());
}

#[wasm_bindgen_test]
async fn removed_controls_of_the_sign_in_ignore_events() {
    let _app = open_signed_out(NEW_PATH);
    let jwt = token("Ada", YEAR_2100);
    fill("Token", &jwt).await;
    press("Stay signed in in this tab").await;
    let controls = controls();
    press("Sign in").await;
    see_page("New billing account").await;
    dispatch_to_removed(controls, 4).await;
    assert_eq!(session_storage().get_item(TOKEN_KEY), Ok(Some(jwt)));
    assert_form_works("").await;
}

#[wasm_bindgen_test]
async fn removed_controls_of_the_create_form_ignore_events() {
    let _app = open(NEW_PATH);
    fill("Name", "Mine").await;
    let controls = controls();
    on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
    press("Cancel").await;
    see("No billing accounts yet").await;
    dispatch_to_removed(controls, 15).await;
    press("New billing account").await;
    assert_form_works("Mine").await;
}

#[wasm_bindgen_test]
async fn removed_controls_of_the_edit_form_ignore_events() {
    let _app = open_edit().await;
    let controls = controls();
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    press("Cancel").await;
    see_page("ACME Corp Billing").await;
    dispatch_to_removed(controls, 15).await;
    on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
    press("Billing accounts").await;
    press("New billing account").await;
    assert_form_works("").await;
}

#[wasm_bindgen_test]
async fn removed_controls_of_an_account_ignore_events() {
    let _app = open(ACCOUNT_PATH);
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    press("Delete").await;
    fill(CONFIRM_NAME, ACCOUNT_NAME).await;
    let controls = controls();
    press("Cancel").await;
    dispatch_to_removed(controls.clone(), 5).await;
    on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
    press("Billing accounts").await;
    see("No billing accounts yet").await;
    dispatch_to_removed(controls, 10).await;
    press("New billing account").await;
    assert_form_works("").await;
}

//! The bar of the form: the submit button, "Cancel", the state of the form, and the menu with the request.

use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlDetailsElement;

use crate::harness::api::{MockResponse, on_post, posts, resolve_next, response};
use crate::harness::app::open;
use crate::harness::fixtures::{ACCOUNT, ACCOUNTS_PATH, NEW_PATH};
use crate::harness::form::fill_required_fields;
use crate::harness::page::{focused, query, query_all, text_of};
use crate::harness::scenarios::{open_edit, open_edit_of};
use crate::harness::user::{click, fill, focus, press, see};
use crate::harness::wait::{sleep, wait_for};

fn status() -> String {
    text_of(&query(".form-status").expect("the bar has a status"))
}

#[wasm_bindgen_test]
async fn the_bar_says_that_the_draft_is_saved() {
    let _app = open(NEW_PATH);
    focus("Name").await;
    assert_eq!(status(), "");
    fill("Name", "A").await;
    assert_eq!(status(), "Draft saved");
    fill("Name", "").await;
    assert_eq!(status(), "");
}

#[wasm_bindgen_test]
async fn the_bar_counts_the_changes() {
    let _app = open_edit().await;
    assert_eq!(status(), "", "the list of changes says it");
    fill("Name", "Mine").await;
    assert_eq!(status(), "1 change");
    fill("Phone", "").await;
    assert_eq!(status(), "2 changes");
}

#[wasm_bindgen_test]
async fn the_form_has_one_submit_button_before_the_preview() {
    let _app = open(NEW_PATH);
    focus("Name").await;
    assert_eq!(query_all("form [type=submit]").len(), 1);
    let names: Vec<_> = query_all("form [name], form button, form summary, form a").iter().map(text_of).collect();
    let at = |name: &str| names.iter().position(|other| other == name);
    assert!(at("Create billing account") < at("Copy address"), "{names:?}");
}

#[wasm_bindgen_test]
async fn a_spinner_appears_only_on_a_slow_save() {
    let _app = open(NEW_PATH);
    fill_required_fields().await;
    on_post(ACCOUNTS_PATH, MockResponse::Deferred);
    press("Create billing account").await;
    see("Saving…").await;
    sleep(100).await;
    assert!(query(".spinner").is_none() && query(".form-locked").is_none());
    wait_for("the spinner", || query(".spinner").is_some() && query(".form-locked").is_some()).await;
    resolve_next(Ok(response(201, ACCOUNT))).await;
    see("Billing account created").await;
    assert_eq!(posts().len(), 1);
}

#[wasm_bindgen_test]
async fn the_menu_closes_with_a_choice_and_keeps_the_focus() {
    let _app = open(NEW_PATH);
    fill_required_fields().await;
    let menu: HtmlDetailsElement = query("details.more").expect("the bar has a menu").unchecked_into();
    click(query("details.more > summary").expect("the menu has a button").unchecked_ref());
    assert!(menu.open());
    press("Copy as JSON").await;
    assert!(!menu.open());
    assert_eq!(text_of(&focused()), "More actions");
    fill("Name", "").await;
    press("Copy as JSON").await;
    assert_eq!(status(), "Fix the fields first, then copy");
    assert_eq!(focused().id(), "name");
}

#[wasm_bindgen_test]
async fn a_changed_field_shows_its_stored_text() {
    let _app = open_edit().await;
    assert!(query(".field-changed").is_none());
    fill("Name", "Mine").await;
    assert_eq!(text_of(&query("#name-was").unwrap()), "was: ACME Corp Billing");
    let ids = query("#name").unwrap().get_attribute("aria-describedby").unwrap_or_default();
    assert!(ids.contains("name-was"), "{ids}");
    fill("Address line 2", "").await;
    fill("Description", "").await;
    assert_eq!(text_of(&query("#description-was").unwrap()), "was: For US-based operations");
    fill("Name", "ACME Corp Billing ").await;
    assert!(query("#name-was").is_none(), "white space at the end is no change");
}

#[wasm_bindgen_test]
async fn a_field_that_was_empty_says_so() {
    let _app = open_edit_of(r#"{"id":"cus_a1b2c3d4e5f6g7h8","name":"A","email":"a@b.co","phone":null}"#).await;
    fill("Phone", "+27 21 555 0100").await;
    assert_eq!(text_of(&query("#phone-was").unwrap()), "was: empty");
}

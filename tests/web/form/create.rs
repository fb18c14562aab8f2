//! The create form: its validation, its request, and the page of the created account.

use std::cell::RefCell;
use std::rc::Rc;

use billing_admin::api::transport::Response;
use js_sys::Date;
use leptos::prelude::document;
use serde_json::json;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement, HtmlFormElement};

use crate::harness::api::{MockResponse, gets, on_post, posts, requests, resolve_next};
use crate::harness::app::{open, path};
use crate::harness::fixtures::{ACCOUNTS_PATH, CREATE, NEW_PATH, create_request, created_response, respond_created};
use crate::harness::form::{FIELDS, fill_every_field, fill_required_fields};
use crate::harness::page::{control, error, has_focus, query, query_all, query_in, text_of, value};
use crate::harness::tokens::{YEAR_2100, token};
use crate::harness::user::{
    choose, click, fill, find, options, press, press_key, see, see_focus_on_heading, see_page, see_summary,
};
use crate::harness::wait::{on_mutation, sleep, tick, wait_for};

#[wasm_bindgen_test]
async fn an_empty_form_names_the_missing_fields() {
    let _app = open(NEW_PATH);
    press(CREATE).await;
    assert_eq!(see_summary().await, ["Enter a name", "Enter an email address"]);
    assert_eq!(error("Name").as_deref(), Some("Enter a name"));
    assert_eq!(error("Email").as_deref(), Some("Enter an email address"));
    assert!(document().title().starts_with("Error: "), "{}", document().title());
    assert!(requests().is_empty());

    press("Enter an email address").await;
    assert!(has_focus(&control("Email")));
    assert_eq!(path(), NEW_PATH, "the URL gets no hash");
    assert!(requests().is_empty());

    fill("Name", "Acme").await;
    fill("Email", "a@b.co").await;
    wait_for("no summary", || query("[role=alert]").is_none()).await;
    assert!(!document().title().starts_with("Error: "), "{}", document().title());
}

#[wasm_bindgen_test]
async fn only_filled_fields_are_sent_and_trimmed() {
    let _app = open(NEW_PATH);
    on_post(ACCOUNTS_PATH, respond_created());
    fill("Name", "  Acme \u{200B}").await;
    fill("Email", " billing@acme.com ").await;
    fill("Phone", "   ").await;
    press(CREATE).await;
    see_page("ACME Corp Billing").await;
    assert_eq!(posts()[0].body, json!({ "name": "Acme", "email": "billing@acme.com" }));
    assert_eq!(posts()[0].authorization, format!("Bearer {}", token("Ada Lovelace", YEAR_2100)));
}

#[wasm_bindgen_test]
async fn address_parts_are_sent_in_one_object() {
    let _app = open(NEW_PATH);
    on_post(ACCOUNTS_PATH, respond_created());
    fill_required_fields().await;
    fill("Postal code", " 8001 ").await;
    choose("Country", "ZA").await;
    choose("Currency", "zar").await;
    press(CREATE).await;
    see_page("ACME Corp Billing").await;
    let address = json!({ "country": "ZA", "postal_code": "8001" });
    let body = json!({ "name": "Acme", "email": "billing@acme.com", "currency": "zar", "address": address });
    assert_eq!(posts()[0].body, body);
}

#[wasm_bindgen_test]
async fn the_documented_example_is_sent_as_documented() {
    let _app = open(NEW_PATH);
    on_post(ACCOUNTS_PATH, respond_created());
    fill_every_field().await;
    press(CREATE).await;
    see_page("ACME Corp Billing").await;
    assert_eq!(posts()[0].body, create_request());
}

#[wasm_bindgen_test]
async fn repeated_presses_while_saving_send_one_request() {
    let _app = open(NEW_PATH);
    on_post(ACCOUNTS_PATH, MockResponse::Deferred);
    fill_required_fields().await;
    let save = find(CREATE).await;
    let form: HtmlFormElement = query("form").unwrap().unchecked_into();
    click(&save);
    click(&save);
    _ = form.request_submit();
    see("Saving…").await;
    assert_eq!(text_of(&save), "Saving…");
    assert_eq!(save.get_attribute("aria-disabled").as_deref(), Some("true"));
    assert!(!save.has_attribute("disabled"), "the button stays in the tab order");
    for _ in 0..5 {
        click(&save);
        press_key("Name", "Enter", false).await;
        press_key("Description", "Enter", true).await;
        _ = form.request_submit();
        tick().await;
    }
    assert_eq!(posts().len(), 1);
    resolve_next(Ok(created_response())).await;
    see_page("ACME Corp Billing").await;
    assert_eq!(requests().len(), 1);
}

#[wasm_bindgen_test]
async fn a_created_account_looks_locked_with_every_field_of_the_reply() {
    let _app = open(NEW_PATH);
    on_post(ACCOUNTS_PATH, respond_created());
    fill_every_field().await;
    press(CREATE).await;
    see_page("ACME Corp Billing").await;
    assert_eq!(path(), format!("{ACCOUNTS_PATH}/cus_a1b2c3d4e5f6g7h8"));
    see_focus_on_heading().await;
    let is_announced = |status: &web_sys::Element| text_of(status).contains("Billing account created");
    wait_for("the confirmation in a status region", || query_all("[role=status]").iter().any(is_announced)).await;
    assert!(document().title().starts_with("ACME Corp Billing"), "{}", document().title());

    assert_eq!(text_of(&query(".account-id code").expect("the id")), "cus_a1b2c3d4e5f6g7h8");
    let shown = ["billing@acme.com", "+15551234567", "For US-based operations", "USD"];
    let address = ["123 Main Street", "Suite 456", "San Francisco", "CA", "94105"];
    let facts: Vec<String> = query_all("dd").iter().map(text_of).collect();
    for part in shown.iter().chain(&address) {
        assert!(facts.iter().any(|fact| fact.contains(part)), "no {part} in {facts:?}");
    }
    let names: Vec<String> = query_all("dt").iter().map(text_of).collect();
    assert_eq!(names[..5], ["Email", "Phone", "Description", "Currency", "Country"]);
    let times: Vec<_> = query_all("dd time").iter().filter_map(|time| time.get_attribute("datetime")).collect();
    assert_eq!(times, ["2025-10-29T00:40:06.000000Z"; 2]);
    find("Copy ID").await;
    assert!(gets().is_empty(), "the reply is shown, not fetched again");
}

#[wasm_bindgen_test]
async fn the_form_looks_locked_only_after_a_delay() {
    let _app = open(NEW_PATH);
    on_post(ACCOUNTS_PATH, MockResponse::Deferred);
    fill_required_fields().await;
    let (name, form) = (control("Name"), query("form").unwrap());
    let looks_locked = |form: &Element| form.class_list().contains("form-locked");
    let shown = Rc::new(RefCell::new(f64::NAN));
    let (note, locked) = (Rc::clone(&shown), form.clone());
    let observer = on_mutation(&form, true, move || {
        if looks_locked(&locked) && note.borrow().is_nan() {
            note.replace(Date::now());
        }
    });
    let pressed = Date::now();
    press(CREATE).await;
    wait_for("the fields are read-only", || name.has_attribute("readonly")).await;
    wait_for("the form looks locked", || looks_locked(&form)).await;
    observer.disconnect();
    // Minus one, because the clock has a resolution of one millisecond.
    assert!(*shown.borrow() - pressed >= 199.0, "after {} ms", *shown.borrow() - pressed);
    resolve_next(Ok(Response { status: 403, retry_after: None, body: String::new() })).await;
    wait_for("the form looks unlocked", || !looks_locked(&form)).await;
    assert!(!name.has_attribute("readonly"));

    on_post(
        ACCOUNTS_PATH,
        MockResponse::Immediate(Ok(Response { status: 403, retry_after: None, body: String::new() })),
    );
    press(CREATE).await;
    wait_for("the second reply", || posts().len() == 2 && !name.has_attribute("readonly")).await;
    // Longer than the delay before the form looks locked.
    sleep(400).await;
    assert!(!looks_locked(&form), "a lock that has ended is not shown");
}

#[wasm_bindgen_test]
async fn enter_and_ctrl_enter_submit_the_form() {
    for (label, ctrl) in [("Name", false), ("Postal code", false), ("Description", true)] {
        let _app = open(NEW_PATH);
        on_post(ACCOUNTS_PATH, respond_created());
        fill_required_fields().await;
        press_key(label, "Enter", ctrl).await;
        see_page("ACME Corp Billing").await;
    }
    let _app = open(NEW_PATH);
    fill_required_fields().await;
    press_key("Description", "Enter", false).await;
    assert!(requests().is_empty(), "Enter alone adds a line to the description");
}

#[wasm_bindgen_test]
async fn controls_have_stable_names_and_autocomplete_tokens() {
    let _app = open(NEW_PATH);
    find(CREATE).await;
    let fills = [
        ("Name", "billing organization"),
        ("Email", "billing email"),
        ("Phone", "billing tel"),
        ("Country", "billing country"),
        ("Address line 1", "billing address-line1"),
        ("Address line 2", "billing address-line2"),
        ("City", "billing address-level2"),
        ("State or province", "billing address-level1"),
        ("Postal code", "billing postal-code"),
    ];
    for (label, autocomplete) in fills {
        assert_eq!(control(label).get_attribute("autocomplete").as_deref(), Some(autocomplete), "{label}");
    }
    for (label, key) in FIELDS {
        let control = control(label);
        assert_eq!(control.get_attribute("name").as_deref(), Some(key), "{label}");
        assert!(!control.has_attribute("placeholder"), "{label}");
    }
    let labels = query_all("form label");
    assert!(
        labels.iter().all(|label| label.unchecked_ref::<HtmlElement>().offset_height() > 0),
        "all labels are visible"
    );
    let form = query("form").unwrap();
    assert_eq!(query_in(&form, "input, select, textarea").len(), FIELDS.len());
    assert_eq!(query_in(&form, "button[type=submit], button:not([type])").len(), 1);
    assert!(form.has_attribute("novalidate"));
    let kind = |label: &str| control(label).get_attribute("type").unwrap_or_default();
    assert_eq!([kind("Email"), kind("Phone"), kind("Postal code")], ["email", "tel", "text"]);
    let direction = |label| control(label).get_attribute("dir").unwrap_or_default();
    assert_eq!([direction("Email"), direction("Phone"), direction("City")], ["ltr", "ltr", "auto"]);
}

#[wasm_bindgen_test]
async fn the_currency_defaults_to_that_of_the_workspace() {
    let _app = open(NEW_PATH);
    find(CREATE).await;
    let options = options("Currency").await;
    assert_eq!(text_of(&options[0]), "Use the workspace default");
    let codes: Vec<_> = options.iter().map(|option| option.get_attribute("value").unwrap()).collect();
    assert_eq!(codes, ["", "usd", "zar", "eur", "gbp", "aud"]);
    assert_eq!(value("Currency"), "");
}

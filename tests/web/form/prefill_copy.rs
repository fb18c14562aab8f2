//! Copying an account into a new one in another currency.

use js_sys::{Array, Function, Object, Reflect};
use leptos::prelude::window;
use serde_json::json;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Event;

use crate::harness::api::{on_get, on_post, patches, posts, respond_with};
use crate::harness::app::path;
use crate::harness::fixtures::{
    ACCOUNT, ACCOUNT_PATH, ACCOUNTS_PATH, CREATE, EMPTY_LIST, NEW_PATH, account_with, respond_created, text_at,
};
use crate::harness::form::{FIELDS, us_label};
use crate::harness::page::{control, error, query, shows, value};
use crate::harness::scenarios::{COPY_AS_NEW, open_edit, open_edit_of};
use crate::harness::user::{choose, fill, find, press, see, see_focus_on_heading, see_page, see_summary};
use crate::harness::wait::tick;

const NOTICE: &str = "Copied from ACME";

/// Checks that the form holds a copy of the default account with these changes.
fn assert_form_is_copy(changed: &[(&str, &str)]) {
    let stored = serde_json::from_str(ACCOUNT).unwrap();
    for (label, key) in FIELDS {
        let change = changed.iter().find(|(at, _)| *at == key).map(|(_, text)| (*text).to_owned());
        let expected = if key == "currency" { String::new() } else { change.unwrap_or_else(|| text_at(&stored, key)) };
        assert_eq!(value(us_label(label)), expected, "{label}");
    }
}

async fn see_an_empty_form() {
    see_page("New billing account").await;
    find(CREATE).await;
    for (label, _) in FIELDS {
        assert_eq!(value(label), "", "{label}");
    }
    assert!(!shows(NOTICE));
}

#[wasm_bindgen_test]
async fn the_edit_form_explains_why_the_currency_is_read_only() {
    let _app = open_edit().await;
    assert!(shows("USD – ") && shows("Can’t be changed, because"));
    assert!(query("[name=currency]").is_none(), "the currency has no control");
    assert_eq!(find(COPY_AS_NEW).await.get_attribute("href").as_deref(), Some(NEW_PATH));
}

#[wasm_bindgen_test]
async fn a_copy_has_every_value_but_the_currency() {
    let _app = open_edit().await;
    let typed = [("name", " ACME  Corp (EU) "), ("phone", ""), ("address.line2", "Not saved")];
    fill("Name", typed[0].1).await;
    fill("Phone", typed[1].1).await;
    fill("Address line 2", typed[2].1).await;
    press(COPY_AS_NEW).await;
    press("Discard changes").await;
    see_page("New billing account").await;
    see(NOTICE).await;
    assert_eq!(path(), NEW_PATH);
    see_focus_on_heading().await;
    assert_form_is_copy(&typed);
    assert!(patches().is_empty());

    choose("Currency", "eur").await;
    on_post(ACCOUNTS_PATH, respond_created());
    press(CREATE).await;
    see("Billing account created").await;
    let mut body: serde_json::Value = serde_json::from_str(ACCOUNT).unwrap();
    let body = body.as_object_mut().unwrap();
    for key in ["id", "workspace_id", "phone", "created_at", "updated_at"] {
        body.remove(key);
    }
    body.insert("name".into(), json!("ACME  Corp (EU)"));
    body.insert("currency".into(), json!("eur"));
    body["address"]["line2"] = json!("Not saved");
    assert_eq!(posts()[0].body.as_object(), Some(&*body));

    on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
    press("Billing accounts").await;
    press("New billing account").await;
    see_an_empty_form().await;
}

#[wasm_bindgen_test]
async fn an_abandoned_copy_does_not_come_back() {
    let _app = open_edit().await;
    press(COPY_AS_NEW).await;
    see(NOTICE).await;
    assert_form_is_copy(&[]);
    on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
    press("Cancel").await;
    see_page("Billing accounts").await;
    press("New billing account").await;
    see_an_empty_form().await;
}

/// The form opens in another tab, which cannot use the copy. It must not fill in a later form of this tab.
#[wasm_bindgen_test]
async fn a_click_that_opens_a_new_tab_leaves_no_copy_behind() {
    for key in ["ctrlKey", "metaKey", "shiftKey", "altKey"] {
        let _app = open_edit().await;
        let stays = Closure::<dyn Fn(Event)>::new(|event: Event| event.prevent_default());
        let body = window().document().unwrap().body().unwrap();
        body.add_event_listener_with_callback("click", stays.as_ref().unchecked_ref()).unwrap();
        let init = Object::new();
        for key in ["bubbles", "cancelable", key] {
            Reflect::set(&init, &key.into(), &true.into()).unwrap();
        }
        let kind: Function = Reflect::get(&window(), &"MouseEvent".into()).unwrap().unchecked_into();
        let click = Reflect::construct(&kind, &Array::of2(&"click".into(), &init)).unwrap();
        find(COPY_AS_NEW).await.dispatch_event(click.unchecked_ref()).unwrap();
        tick().await;
        body.remove_event_listener_with_callback("click", stays.as_ref().unchecked_ref()).unwrap();
        assert_eq!(path(), format!("{ACCOUNT_PATH}/edit"));

        on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
        press("Cancel").await;
        on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
        press("Billing accounts").await;
        press("New billing account").await;
        see_an_empty_form().await;
    }
}

#[wasm_bindgen_test]
async fn an_unknown_country_in_a_copy_must_be_chosen_again() {
    for (code, good) in [("XK", true), ("zz1", false)] {
        let _app = open_edit_of(&account_with(&[("/address/country", code)])).await;
        press(COPY_AS_NEW).await;
        see(NOTICE).await;
        assert_eq!(value("Country"), code);
        if good {
            on_post(ACCOUNTS_PATH, respond_created());
            press(CREATE).await;
            see("Billing account created").await;
            assert_eq!(posts()[0].body["address"]["country"], code);
        } else {
            press(CREATE).await;
            assert_eq!(see_summary().await, ["Select a country from the list"]);
            assert_eq!(error("Country").as_deref(), Some("Select a country from the list"));
            assert!(posts().is_empty() && control("Country").is_connected());
        }
    }
}

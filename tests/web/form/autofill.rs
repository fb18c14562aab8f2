//! Values that extensions, autofill or speech input set with a `change` event alone or with no event.

use js_sys::Reflect;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, EventInit, HtmlElement};

use crate::harness::api::{on_post, posts};
use crate::harness::app::open;
use crate::harness::fixtures::{ACCOUNTS_PATH, CREATE, NEW_PATH, account_with, respond_created};
use crate::harness::form::fill_required_fields;
use crate::harness::page::{control, error, shows, text_of};
use crate::harness::scenarios::open_edit_of;
use crate::harness::user::{blur, fill, focus, press, see};
use crate::harness::wait::{sleep, tick, wait_for};

fn set_without_event(control: &HtmlElement, text: &str) {
    Reflect::set(control, &"value".into(), &text.into()).unwrap();
}

async fn set_with_change_event(label: &str, text: &str) {
    let control = control(label);
    set_without_event(&control, text);
    let bubbles = EventInit::new();
    bubbles.set_bubbles(true);
    control.dispatch_event(&Event::new_with_event_init_dict("change", &bubbles).unwrap()).unwrap();
    tick().await;
}

#[wasm_bindgen_test]
async fn a_change_event_without_an_input_event_is_read() {
    let _app = open(NEW_PATH);
    fill_required_fields().await;
    set_with_change_event("Name", "Autofilled").await;
    set_with_change_event("Description", "Autofilled too").await;
    on_post(ACCOUNTS_PATH, respond_created());
    press(CREATE).await;
    see("Billing account created").await;
    assert_eq!(posts()[0].body["name"], "Autofilled");
    assert_eq!(posts()[0].body["description"], "Autofilled too");
}

#[wasm_bindgen_test]
async fn a_value_set_without_an_event_is_counted() {
    let _app = open(NEW_PATH);
    for label in ["Name", "Description"] {
        let control = focus(label).await;
        set_without_event(&control, "Spoken");
        let field = control.closest(".field").unwrap().unwrap();
        wait_for("the counter", || text_of(&field).contains("6/")).await;
    }
}

#[wasm_bindgen_test]
async fn a_value_set_without_an_event_is_read_on_blur() {
    let _app = open(NEW_PATH);
    fill("Email", "a@b.co").await;
    set_without_event(&focus("Name").await, "Spoken");
    blur("Name").await;
    on_post(ACCOUNTS_PATH, respond_created());
    press(CREATE).await;
    see("Billing account created").await;
    assert_eq!(posts()[0].body["name"], "Spoken");
}

/// A one-line control drops line breaks from its value, which is not a change by the user.
#[wasm_bindgen_test]
async fn focusing_and_leaving_a_control_changes_nothing() {
    let _app = open_edit_of(&account_with(&[("/name", "one\ntwo"), ("/description", "one\r\ntwo")])).await;
    for label in ["Name", "Description"] {
        focus(label).await;
        sleep(1500).await;
        blur(label).await;
        assert_eq!(error(label), None);
    }
    assert!(shows("No changes yet"));
}

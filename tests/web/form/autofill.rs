//! Text that extensions, autofill or speech input put into a control, with `change` alone or with no event at all.

use js_sys::Reflect;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, EventInit, HtmlElement};

use crate::form::edit::{account, open_edit_of};
use crate::harness::api::{on_post, posts};
use crate::harness::fixtures::{self as acme, ACCOUNTS, NEW, SAVE};
use crate::harness::user::{control, enter, error, fill, leave, press, see, shows, words};
use crate::harness::{open, pass, settle, turn};

fn set_silently(control: &HtmlElement, text: &str) {
    Reflect::set(control, &"value".into(), &text.into()).unwrap();
}

async fn change(label: &str, text: &str) {
    let control = control(label);
    set_silently(&control, text);
    let bubbles = EventInit::new();
    bubbles.set_bubbles(true);
    control.dispatch_event(&Event::new_with_event_init_dict("change", &bubbles).unwrap()).unwrap();
    turn().await;
}

#[wasm_bindgen_test]
async fn a_change_without_an_input_event_is_taken_over() {
    let _stage = open(NEW);
    acme::fill_in_what_is_required().await;
    change("Name", "Autofilled").await;
    change("Description", "Autofilled too").await;
    on_post(ACCOUNTS, acme::creates());
    press(SAVE).await;
    see("Billing account created").await;
    assert_eq!(posts()[0].body["name"], "Autofilled");
    assert_eq!(posts()[0].body["description"], "Autofilled too");
}

#[wasm_bindgen_test]
async fn a_silent_value_is_counted_while_its_control_has_the_focus() {
    let _stage = open(NEW);
    for label in ["Name", "Description"] {
        let control = enter(label).await;
        set_silently(&control, "Spoken");
        let field = control.closest(".field").unwrap().unwrap();
        settle("the counter", || words(&field).contains("6/")).await;
    }
}

#[wasm_bindgen_test]
async fn a_silent_value_is_taken_over_when_its_control_is_left() {
    let _stage = open(NEW);
    fill("Email", "a@b.co").await;
    set_silently(&enter("Name").await, "Spoken");
    leave("Name").await;
    on_post(ACCOUNTS, acme::creates());
    press(SAVE).await;
    see("Billing account created").await;
    assert_eq!(posts()[0].body["name"], "Spoken");
}

/// A one-line control shows no line ends: what it shows of such a text is no change.
#[wasm_bindgen_test]
async fn a_control_that_is_entered_and_left_changes_nothing() {
    let _stage = open_edit_of(&account(&[("/name", "one\ntwo"), ("/description", "one\r\ntwo")])).await;
    for label in ["Name", "Description"] {
        enter(label).await;
        pass(1500).await;
        leave(label).await;
        assert_eq!(error(label), None);
    }
    assert!(shows("Nothing yet."));
}

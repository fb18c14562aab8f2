//! Pasted emails lose what is around the address, and pasted addresses are split into their parts. Both can be undone.

use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{ClipboardEvent, ClipboardEventInit, DataTransfer};

use crate::harness::app::open;
use crate::harness::fixtures::NEW_PATH;
use crate::harness::page::{control_by_name, focused, query_all, shows, value, value_of};
use crate::harness::user::{choose, fill, focus, press, see, type_in};
use crate::harness::wait::{tick, wait_for};

/// Pastes a text into a control. Returns whether the browser would insert it.
async fn paste(label: &str, text: &str) -> bool {
    let control = focus(label).await;
    let data = DataTransfer::new().expect("a data transfer");
    data.set_data("text/plain", text).expect("it takes a text");
    let init = ClipboardEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    init.set_clipboard_data(Some(&data));
    let event = ClipboardEvent::new_with_event_init_dict("paste", &init).expect("an event");
    let has_default = control.dispatch_event(event.unchecked_ref()).expect("a control takes events");
    tick().await;
    has_default
}

fn address() -> [String; 6] {
    ["line1", "line2", "city", "state", "postal_code", "country"]
        .map(|part| value_of(&control_by_name(&format!("address.{part}"))))
}

/// Waits until postal codes and states are known.
async fn load_rules() {
    choose("Country", "US").await;
    fill("ZIP code", "x").await;
    focus("Name").await;
    see("Doesn’t look like a US ZIP code").await;
    fill("ZIP code", "").await;
    choose("Country", "").await;
}

#[wasm_bindgen_test]
async fn a_pasted_email_keeps_only_the_address() {
    let _app = open(NEW_PATH);
    for pasted in ["mailto:jo@acme.com", "Jo Doe <jo@acme.com>"] {
        fill("Email", "").await;
        assert!(!paste("Email", pasted).await);
        assert_eq!(value("Email"), "jo@acme.com");
        see("Only the address was kept.").await;
        press("Undo the change of the pasted email").await;
        assert_eq!(value("Email"), pasted);
        assert!(focused().id() == "email" && !shows("Only the address was kept."));
    }
    assert!(paste("Email", "jo@acme.com").await, "a plain address is left to the browser");
}

#[wasm_bindgen_test]
async fn undo_of_a_pasted_email_disappears_with_the_next_change() {
    let _app = open(NEW_PATH);
    paste("Email", "mailto:jo@acme.com").await;
    see("Only the address was kept.").await;
    type_in("Email", ".za").await;
    assert!(!shows("Only the address was kept."));
}

#[wasm_bindgen_test]
async fn a_pasted_address_is_split_into_its_parts() {
    let _app = open(NEW_PATH);
    load_rules().await;
    let before = address();
    let pasted = "123 Main Street\nSuite 456\nSan Francisco, CA 94105\nUSA";
    assert!(!paste("Address line 1", pasted).await);
    assert_eq!(address(), ["123 Main Street", "Suite 456", "San Francisco", "CA", "94105", "US"]);
    see("The pasted address was split into its parts.").await;
    press("Undo the pasted address").await;
    assert_eq!(address(), before);
    assert!(focused().id() == "address.line1");
    wait_for("no undo", || query_all("button").iter().all(|button| !button.text_content().unwrap().contains("pasted")))
        .await;
}

#[wasm_bindgen_test]
async fn a_pasted_address_replaces_only_the_parts_it_has() {
    let _app = open(NEW_PATH);
    load_rules().await;
    fill("Address line 2", "Floor 2").await;
    paste("Address line 1", "Müllerstraße 5\n13353 Berlin\nGermany").await;
    assert_eq!(address(), ["Müllerstraße 5", "Floor 2", "Berlin", "", "13353", "DE"]);
    fill("City", "Bonn").await;
    assert!(!shows("The pasted address was split"), "undo would lose what was typed since");
}

#[wasm_bindgen_test]
async fn a_single_pasted_line_is_left_to_the_browser() {
    let _app = open(NEW_PATH);
    for line in ["12 High Street", "12 High Street\r\n", "  "] {
        assert!(paste("Address line 1", line).await, "{line:?}");
    }
    assert_eq!(address().concat(), "");
}

//! Validation while the user types: counters, limits, and when an error appears and disappears.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Date;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use crate::harness::app::open;
use crate::harness::fixtures::NEW_PATH;
use crate::harness::form::{FIELDS, WRONG_EMAIL};
use crate::harness::page::{control, error, query_in, shows, text_of, value};
use crate::harness::user::{blur, erase_last, fill, focus, see, set_value, type_in};
use crate::harness::wait::{next_frame, on_mutation, sleep, wait_for};

const LIMITED: [(&str, usize); 4] = [("Name", 100), ("Email", 150), ("Phone", 50), ("Description", 200)];

/// A text of this length without any other error.
fn long(label: &str, length: usize) -> String {
    let end = if label == "Email" { "@example.com" } else { "" };
    "x".repeat(length - end.len()) + end
}

/// The element in the same field as a control.
fn beside(label: &str, selector: &str) -> Element {
    let field = control(label).closest(".field").unwrap().expect("a control is in a field");
    query_in(&field, selector).pop().unwrap_or_else(|| panic!("no {selector} beside “{label}”"))
}

fn counter(label: &str) -> String {
    text_of(&beside(label, "[aria-hidden=true]"))
}

#[wasm_bindgen_test]
async fn the_counter_counts_code_points_at_every_input() {
    let _app = open(NEW_PATH);
    for (label, max) in LIMITED {
        focus(label).await;
        assert_eq!(counter(label), format!("0/{max}"));
        let texts = [("👍", 1), ("👨‍👩‍👧‍👦", 7), ("🇬🇧", 2), ("e\u{301}", 2), ("a b", 3), ("", 0)];
        for (text, count) in texts {
            fill(label, text).await;
            assert_eq!(counter(label), format!("{count}/{max}"), "{label}: {text:?}");
        }
        for count in 1..=5 {
            type_in(label, "é").await;
            assert_eq!(counter(label), format!("{count}/{max}"), "{label}");
        }
    }
}

#[wasm_bindgen_test]
async fn the_counter_updates_before_the_next_paint() {
    let _app = open(NEW_PATH);
    for label in ["Name", "Description"] {
        let control = focus(label).await;
        set_value(&control, "Acme");
        next_frame().await;
        assert!(counter(label).starts_with("4/"), "{label}: {}", counter(label));
    }
}

#[wasm_bindgen_test]
async fn a_long_paste_is_kept_and_the_excess_is_counted() {
    let _app = open(NEW_PATH);
    for (label, max) in LIMITED {
        let pasted = long(label, max + 12);
        fill(label, &pasted).await;
        assert_eq!(value(label), pasted);
        assert_eq!(counter(label), format!("12 characters too many {}/{max}", max + 12));
    }
    for (label, _) in FIELDS {
        assert!(!control(label).has_attribute("maxlength"), "{label}");
    }
}

#[wasm_bindgen_test]
async fn a_limit_error_appears_and_disappears_at_once() {
    let _app = open(NEW_PATH);
    for (label, max) in LIMITED {
        let full = long(label, max);
        fill(label, &full).await;
        assert_eq!(error(label), None, "{label}: {max} characters are allowed");
        fill(label, &format!("x{full}")).await;
        assert_eq!(error(label), Some(format!("{label} must be {max} characters or fewer")));
        assert_eq!(counter(label), format!("1 character too many {}/{max}", max + 1));
        fill(label, &full).await;
        assert_eq!(error(label), None, "{label}");
        assert_eq!(counter(label), format!("{max}/{max}"));
    }
}

#[wasm_bindgen_test]
async fn an_error_follows_the_hint_in_the_description() {
    let _app = open(NEW_PATH);
    focus("Email").await;
    let hint = control("Email").get_attribute("aria-describedby").expect("Email has a hint");
    fill("Email", &long("Email", 151)).await;
    let both = control("Email").get_attribute("aria-describedby").unwrap();
    assert!(both.starts_with(&format!("{hint} ")), "{both}");
    erase_last("Email").await;
    fill("Email", "a@b.co").await;
    assert_eq!(control("Email").get_attribute("aria-describedby"), Some(hint));
}

#[wasm_bindgen_test]
async fn typing_into_a_new_field_shows_no_error() {
    let _app = open(NEW_PATH);
    for text in ["x", "not an address", "a@", "@b"] {
        type_in("Email", text).await;
        assert_eq!(error("Email"), None, "{}", value("Email"));
    }
    fill("Email", "").await;
    type_in("Name", " ").await;
    assert_eq!(error("Name"), None);
}

#[wasm_bindgen_test]
async fn an_email_error_appears_on_blur_and_disappears_when_fixed() {
    let _app = open(NEW_PATH);
    type_in("Email", "ada@example").await;
    blur("Email").await;
    assert_eq!(error("Email").as_deref(), Some(WRONG_EMAIL));
    type_in("Email", ".").await;
    assert_eq!(error("Email").as_deref(), Some(WRONG_EMAIL), "still wrong");
    type_in("Email", "c").await;
    assert_eq!(error("Email"), None);
    assert!(!shows(WRONG_EMAIL));
    erase_last("Email").await;
    assert_eq!(error("Email"), None, "a new error waits for blur");
    blur("Email").await;
    assert_eq!(error("Email").as_deref(), Some(WRONG_EMAIL));
}

#[wasm_bindgen_test]
async fn leaving_an_untouched_or_empty_field_shows_no_error() {
    let _app = open(NEW_PATH);
    for (label, _) in FIELDS {
        blur(label).await;
    }
    for label in ["Name", "Email"] {
        type_in(label, "a").await;
        erase_last(label).await;
        blur(label).await;
    }
    for (label, _) in FIELDS {
        assert_eq!(error(label), None, "{label}");
    }
}

#[wasm_bindgen_test]
async fn a_phone_number_beyond_stripes_limit_is_only_a_warning() {
    let _app = open(NEW_PATH);
    fill("Phone", &"1".repeat(20)).await;
    assert!(!shows("Stripe"));
    type_in("Phone", "1").await;
    see("Longer than 20 characters. Stripe may reject it.").await;
    blur("Phone").await;
    assert_eq!(error("Phone"), None);
}

#[wasm_bindgen_test]
async fn remaining_characters_are_announced_once_after_a_pause() {
    let _app = open(NEW_PATH);
    let name = focus("Name").await;
    let region = beside("Name", "[aria-live=polite]");
    let announced = Rc::new(RefCell::new(Vec::new()));
    let (heard_in, note) = (region.clone(), Rc::clone(&announced));
    let observer = on_mutation(&region, false, move || note.borrow_mut().push((text_of(&heard_in), Date::now())));

    for count in 1..=20 {
        set_value(&name, &"x".repeat(count));
        // The typing speed is the subject of this test.
        sleep(50).await;
    }
    let rested = Date::now() - 50.0;
    assert_eq!(*announced.borrow(), [], "no announcement during typing");
    wait_for("an announcement", || !announced.borrow().is_empty()).await;
    // Long enough for a second announcement, caused by the first keystrokes.
    let late = Date::now() + 1200.0;
    wait_for("time for a second announcement", || Date::now() > late).await;
    observer.disconnect();
    let heard: Vec<String> = announced.borrow().iter().map(|(text, _)| text.clone()).collect();
    assert_eq!(heard, ["80 characters remaining"]);
    let rest = announced.borrow()[0].1 - rested;
    assert!((900.0..2500.0).contains(&rest), "announced {rest} ms after the last keystroke");
}

#[wasm_bindgen_test]
async fn characters_over_the_limit_are_announced() {
    let _app = open(NEW_PATH);
    fill("Phone", &"1".repeat(62)).await;
    wait_for("an announcement", || text_of(&beside("Phone", "[aria-live=polite]")) == "12 characters too many").await;
}

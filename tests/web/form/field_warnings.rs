//! Values that look wrong get a warning, which never blocks a save.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{on_post, posts};
use crate::harness::app::open;
use crate::harness::fixtures::{ACCOUNTS_PATH, CREATE, NEW_PATH, respond_created};
use crate::harness::form::fill_required_fields;
use crate::harness::page::{control, control_by_name, focused, label_of, query, shows, text_of, value};
use crate::harness::user::{blur, choose, fill, find, press, press_key, see, see_summary, set_value, type_in};
use crate::harness::wait::{tick, wait_for};

/// The warning of a control, if its description names one.
fn warning(name: &str) -> Option<String> {
    let control = control_by_name(name);
    let id = format!("{name}-warning");
    let ids = control.get_attribute("aria-describedby").unwrap_or_default();
    let text = query(&format!("[id='{id}']")).map(|element| text_of(&element));
    assert_eq!(ids.split(' ').any(|described| described == id), text.is_some(), "the description names the warning");
    assert_eq!(control.get_attribute("aria-invalid"), None, "a warning is no error");
    text
}

async fn enter(label: &str, text: &str) {
    fill(label, text).await;
    blur(label).await;
}

#[wasm_bindgen_test]
async fn a_doubtful_postal_code_gets_an_example_of_its_country() {
    let _app = open(NEW_PATH);
    fill_required_fields().await;
    choose("Country", "US").await;
    fill("ZIP code", "hello").await;
    assert_eq!(warning("address.postal_code"), None, "not while it is typed");
    blur("ZIP code").await;
    see("Doesn’t look like a US ZIP code, for example 95014.").await;
    assert!(warning("address.postal_code").is_some());
    type_in("ZIP code", "9").await;
    assert_eq!(warning("address.postal_code"), None);
    for good in ["95014", "95014-1234", " 94105 "] {
        enter("ZIP code", good).await;
        assert_eq!(warning("address.postal_code"), None, "{good}");
    }
    choose("Country", "GB").await;
    see("Doesn’t look like a UK postcode").await;
    enter("Postcode", "ls1 4ap").await;
    assert_eq!(warning("address.postal_code"), None);

    enter("Postcode", "hello").await;
    on_post(ACCOUNTS_PATH, respond_created());
    press(CREATE).await;
    see("Billing account created").await;
    assert_eq!(posts()[0].body["address"]["postal_code"], "hello");
}

#[wasm_bindgen_test]
async fn an_unknown_state_is_questioned_where_there_is_a_list() {
    let _app = open(NEW_PATH);
    for (country, state, doubtful) in [
        ("US", "Kalifornia", true),
        ("US", "California", false),
        ("CA", "qc", false),
        ("AU", "NSW", false),
        ("AU", "XX", true),
        ("ZA", "western cape", false),
    ] {
        choose("Country", country).await;
        enter(&label_of(&control_by_name("address.state")), state).await;
        assert_eq!(warning("address.state").is_some(), doubtful, "{country}: {state}");
    }
}

#[wasm_bindgen_test]
async fn a_doubtful_phone_number_is_questioned() {
    let _app = open(NEW_PATH);
    for (phone, expected) in [
        ("call me", Some("This phone number has letters in it.")),
        ("123", Some("This phone number looks too short.")),
        ("+27 21 555 0100", None),
        ("+27 21 555 0100 0100 0100", Some("Longer than 20 characters. Stripe may reject it.")),
    ] {
        enter("Phone", phone).await;
        assert_eq!(warning("phone").as_deref(), expected, "{phone}");
    }
}

#[wasm_bindgen_test]
async fn a_mistyped_email_domain_gets_a_suggestion() {
    let _app = open(NEW_PATH);
    enter("Email", "jo@gmial.com").await;
    assert_eq!(warning("email").as_deref(), Some("Did you mean jo@gmail.com?"));
    enter("Email", "jo@acme.com").await;
    assert_eq!(warning("email"), None);
    enter("Email", "jo@gmial.com").await;
    press("Use jo@gmail.com").await;
    assert_eq!([value("Email").as_str(), &focused().id()], ["jo@gmail.com", "email"]);
    assert!(warning("email").is_none() && !shows("Use jo@gmail.com"));
}

#[wasm_bindgen_test]
async fn a_submit_shows_the_warning_of_the_focused_field() {
    let _app = open(NEW_PATH);
    fill("Email", "jo@gmial.com").await;
    assert_eq!(warning("email"), None);
    press_key("Email", "Enter", false).await;
    see_summary().await;
    assert_eq!(warning("email").as_deref(), Some("Did you mean jo@gmail.com?"));
}

#[wasm_bindgen_test]
async fn a_submit_shows_the_warning_of_an_autofilled_field() {
    let _app = open(NEW_PATH);
    find(CREATE).await;
    // Autofill neither focuses the field nor leaves it.
    set_value(&control("Email"), "jo@gmial.com");
    tick().await;
    assert_eq!(warning("email"), None);
    press(CREATE).await;
    see_summary().await;
    assert_eq!(warning("email").as_deref(), Some("Did you mean jo@gmail.com?"));
}

#[wasm_bindgen_test]
async fn the_checklist_repeats_a_doubtful_part_of_the_address() {
    let _app = open(NEW_PATH);
    choose("Country", "US").await;
    enter("City", "San Francisco").await;
    enter("ZIP code", "hello").await;
    see("Check the ZIP code").await;
    assert!(shows("Tax can be calculated"), "the code counts as present");
    enter("ZIP code", "94105").await;
    wait_for("the doubt disappears", || !shows("Check the ZIP code")).await;
}

#[wasm_bindgen_test]
async fn an_error_replaces_a_warning() {
    let _app = open(NEW_PATH);
    enter("Phone", &"x".repeat(51)).await;
    wait_for("the error", || shows("Phone must be 50 characters or fewer")).await;
    assert!(query(".field-warning").is_none());
    assert_eq!(control("Phone").get_attribute("aria-invalid").as_deref(), Some("true"));
}

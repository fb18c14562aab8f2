//! The error summary and the error prefix of the title, and the draft that they never change.

use leptos::prelude::{document, window};
use serde_json::json;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::harness::api::{on_post, posts, respond_with};
use crate::harness::app::{open, open_with_token, path};
use crate::harness::dialog::see_no_dialog;
use crate::harness::fixtures::{ACCOUNTS_PATH, CREATE, NEW_PATH, respond_created};
use crate::harness::form::{WRONG_EMAIL, fill_required_fields};
use crate::harness::page::{
    control, control_by_name, error, focused, has_focus, label_of, query, shows, text_of, value_of,
};
use crate::harness::tokens::token_expiring_in;
use crate::harness::user::{blur, choose, fill, focus, press, see, see_summary, type_in};
use crate::harness::wait::{tick, wait_for};

fn is_wrong(title: &str) -> bool {
    title.starts_with("Error: ")
}

#[wasm_bindgen_test]
async fn a_resolved_summary_does_not_come_back_before_a_submit() {
    let _app = open(NEW_PATH);
    press(CREATE).await;
    assert_eq!(see_summary().await.len(), 2);
    assert!(is_wrong(&document().title()));
    fill("Name", "Acme").await;
    assert!(shows("There is a problem") && is_wrong(&document().title()), "one error is left");
    fill("Email", "a@b.co").await;
    wait_for("no summary", || !shows("There is a problem")).await;
    wait_for("no error in the title", || !is_wrong(&document().title())).await;

    fill("Email", "a@b").await;
    let phone = focus("Phone").await;
    tick().await;
    assert_eq!(error("Email").as_deref(), Some(WRONG_EMAIL));
    for _ in 0..5 {
        tick().await;
        assert!(!shows("There is a problem") && !is_wrong(&document().title()));
        assert!(has_focus(&phone), "the focus is on {}", text_of(&focused()));
    }
    fill("Name", "").await;
    blur("Name").await;
    assert!(query("[role=alert]").is_none());

    press(CREATE).await;
    assert_eq!(see_summary().await, ["Enter a name", WRONG_EMAIL]);
    assert!(is_wrong(&document().title()));
}

#[wasm_bindgen_test]
async fn a_summary_link_focuses_its_field_with_the_label_in_view() {
    let _app = open(NEW_PATH);
    fill_required_fields().await;
    choose("Country", "DE").await;
    let errors = json!({ "name": ["Bad name."], "address.city": ["Bad city."], "address.state": ["Bad state."] });
    on_post(ACCOUNTS_PATH, respond_with(422, json!({ "message": "No.", "errors": errors }).to_string()));
    press(CREATE).await;
    assert_eq!(see_summary().await, ["Bad name.", "Bad city.", "Bad state."]);
    for (key, sentence) in [("address.state", "Bad state."), ("name", "Bad name."), ("address.city", "Bad city.")] {
        press(sentence).await;
        let control = control_by_name(key);
        assert!(has_focus(&control), "{key}");
        assert_eq!(error(&label_of(&control)).as_deref(), Some(sentence));
        let label: HtmlElement = query(&format!("label[for='{key}']")).unwrap().unchecked_into();
        let (top, height) = (offset(&label) - window().scroll_y().unwrap(), window().inner_height().unwrap());
        assert!(top >= 0.0 && Some(top) < height.as_f64(), "the label of {key} is at {top}");
        assert_eq!(path(), NEW_PATH, "the URL gets no hash");
    }
}

/// The distance of an element from the top of the page.
fn offset(element: &HtmlElement) -> f64 {
    let up = element.offset_parent().and_then(|up| up.dyn_into::<HtmlElement>().ok());
    f64::from(element.offset_top()) + up.map_or(0.0, |up| offset(&up))
}

#[wasm_bindgen_test]
async fn errors_replies_and_countries_do_not_rewrite_the_draft() {
    let typed = [
        ("name", "  Acme   Corp \u{200B}"),
        // The browser trims the value of an email control.
        ("email", "billing@acme.com"),
        ("phone", " +27 21  555 "),
        ("description", "\n two\n\n lines \n"),
        ("address.city", "  Cape   Town "),
    ];
    let sent = json!({
        "name": "Acme   Corp", "email": "billing@acme.com", "phone": "+27 21  555", "description": "two\n\n lines",
        "address": { "country": "ZA", "city": "Cape   Town" },
    });
    let _app = open(NEW_PATH);
    fill("Name", "x").await;
    let assert_unchanged = |when: &str| {
        for (key, text) in typed {
            assert_eq!(value_of(&control_by_name(key)), text, "{key}, {when}");
        }
    };
    for (key, text) in typed {
        let label = label_of(&control_by_name(key));
        fill(&label, text).await;
        blur(&label).await;
    }
    choose("Country", "ZA").await;
    assert_unchanged("after blur");

    let odd = json!({ "message": "No.", "errors": { "name": ["Bad."], "address.city": ["Bad."], "x": ["Bad."] } });
    for reply in [respond_with(422, odd.to_string()), respond_with(400, ""), respond_with(409, "")] {
        on_post(ACCOUNTS_PATH, reply);
        press(CREATE).await;
        wait_for("the reply", || (shows("There is a problem") || query(".notice-error").is_some()) && shows(CREATE))
            .await;
        assert_unchanged("after a reply");
    }
    assert!(posts().iter().all(|post| post.body == sent), "{:?}", posts());

    type_in("Email", "@x").await;
    fill("Name", &"x".repeat(101)).await;
    press(CREATE).await;
    assert_eq!(see_summary().await, ["Name must be 100 characters or fewer", WRONG_EMAIL, "Bad."]);
    assert_eq!(value_of(&control("Email")), "billing@acme.com@x");
    assert_eq!(value_of(&control("Name")), "x".repeat(101));
    fill("Name", typed[0].1).await;
    fill("Email", typed[1].1).await;
    assert_unchanged("after the errors are fixed");
    on_post(ACCOUNTS_PATH, respond_created());
    press(CREATE).await;
    see("Billing account created").await;
    assert_eq!(posts()[3].body, sent);
}

#[wasm_bindgen_test]
async fn a_cancelled_sign_in_leaves_no_error_in_the_title() {
    let _app = open_with_token(NEW_PATH, Some(&token_expiring_in(200.0)));
    press("Sign in again").await;
    fill("Token", "half a token").await;
    press("Sign in").await;
    wait_for("the error in the title", || is_wrong(&document().title())).await;
    press("Not now").await;
    wait_for("no error in the title", || !is_wrong(&document().title())).await;
}

#[wasm_bindgen_test]
async fn a_dialog_over_a_form_keeps_its_errors_in_the_title() {
    let _app = open_with_token(NEW_PATH, Some(&token_expiring_in(200.0)));
    press(CREATE).await;
    wait_for("the error in the title", || is_wrong(&document().title())).await;
    press("Sign in again").await;
    focus("Token").await;
    assert!(is_wrong(&document().title()));
    press("Not now").await;
    see_no_dialog().await;
    assert!(is_wrong(&document().title()));
}

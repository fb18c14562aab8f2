//! A link with query parameters fills in the create form.

use leptos::prelude::window;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{on_post, posts};
use crate::harness::app::{open, open_signed_out, path, reload, reload_as};
use crate::harness::fixtures::{ACCOUNTS_PATH, CREATE, NEW_PATH, respond_created};
use crate::harness::page::{error, query, shows, value};
use crate::harness::scenarios::{DRAFT_RESTORED, see_draft_with};
use crate::harness::tokens::{YEAR_2100, token};
use crate::harness::user::{fill, find, press, see};
use crate::harness::wait::wait_for;

#[wasm_bindgen_test]
async fn a_link_fills_in_the_form_like_a_user() {
    let _app = open(&format!("{NEW_PATH}?name=Karoo+%26%20Co&email=not-an-email&currency=ZAR&country=za&phone=1"));
    see("This form was filled in by a link").await;
    let held = ["Name", "Email", "Currency", "Country", "Phone"].map(value);
    assert_eq!(held, ["Karoo & Co", "not-an-email", "zar", "ZA", ""]);
    assert!(error("Email").is_some(), "the error is shown as after blur");
    assert_eq!(error("Name"), None);
    assert_eq!(path(), NEW_PATH, "neither a reload nor Back fills it in again");
    fill("Email", "a@b.co").await;
    on_post(ACCOUNTS_PATH, respond_created());
    press(CREATE).await;
    see("Billing account created").await;
    assert_eq!(posts()[0].body["name"], "Karoo & Co");
}

#[wasm_bindgen_test]
async fn a_hostile_link_is_text_and_unusable_values_are_named() {
    let long = "x".repeat(3000);
    let parameters = format!("?name=%3Cimg+src%3Dx+onerror%3D1%3E%{long}&email=%ff%&currency=jpy&country=Atlantis");
    let _app = open(&format!("{NEW_PATH}{parameters}"));
    see("This form was filled in by a link").await;
    assert_eq!(value("Name"), format!("<img src=x onerror=1>%{long}"));
    assert_eq!(error("Name").as_deref(), Some("Name must be 100 characters or fewer"));
    assert_eq!([value("Email"), value("Currency"), value("Country")], ["\u{fffd}%", "", ""]);
    see("“jpy” isn’t a supported currency").await;
    see("“Atlantis” isn’t a supported country code").await;
    assert!(query("img").is_none());
}

#[wasm_bindgen_test]
async fn a_link_survives_the_sign_in() {
    let _app = open_signed_out(&format!("{NEW_PATH}?name=Karoo"));
    fill("Token", &token("Ada", YEAR_2100)).await;
    press("Sign in").await;
    see("This form was filled in by a link").await;
    assert_eq!(value("Name"), "Karoo");
}

#[wasm_bindgen_test]
async fn a_link_without_values_opens_an_empty_form() {
    let _app = open(&format!("{NEW_PATH}?name=&currency=+&from=mail"));
    find(CREATE).await;
    assert!(!shows("This form was filled in by a link") && value("Name").is_empty());
}

#[wasm_bindgen_test]
async fn a_link_does_not_replace_a_draft() {
    let app = open(NEW_PATH);
    fill("Name", "Mine").await;
    see_draft_with("Mine").await;
    let link = format!("{NEW_PATH}?name=Theirs&email=a@b.co");
    let history = window().history().expect("a history");
    history.replace_state_with_url(&JsValue::NULL, "", Some(&link)).expect("a URL of this origin");
    reload(&app);
    see("Link not used").await;
    see(DRAFT_RESTORED).await;
    assert_eq!([value("Name"), value("Email")], ["Mine", ""]);
    assert_eq!(path(), NEW_PATH);
}

#[wasm_bindgen_test]
async fn a_link_survives_a_reload_before_anything_is_typed() {
    let app = open(&format!("{NEW_PATH}?name=Karoo&currency=zar"));
    see("This form was filled in by a link").await;
    for _ in 0..2 {
        reload(&app);
        see("This form was filled in by a link").await;
        assert_eq!([value("Name"), value("Currency")], ["Karoo", "zar"]);
    }
    press("Discard").await;
    wait_for("no notice about a link", || !shows("This form was filled in by a link")).await;
}

#[wasm_bindgen_test]
async fn opening_the_same_link_again_shows_no_warning() {
    let app = open(&format!("{NEW_PATH}?name=Karoo"));
    see("This form was filled in by a link").await;
    reload_as(&app, "auth0|1", &format!("{NEW_PATH}?name=Karoo"));
    see("This form was filled in by a link").await;
    assert!(!shows("Link not used") && value("Name") == "Karoo");
}

//! A page that the browser translates, or whose text an extension takes apart, still says what is so.
//!
//! Chrome puts `<font>` elements in the place of text nodes, and `Node.normalize()` joins neighbours and drops empty ones.

use billing_admin::api::transport::NetworkError;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, Node};

use crate::form::edit::PATH;
use crate::harness::api::{Answer, answer, lost, on_get, on_post, release};
use crate::harness::fixtures::{self as acme, ACCOUNT, ACCOUNTS, NEW, SAVE};
use crate::harness::user::{choose, control, error, fill, leave, maybe, press, see, see_page, shows, type_in, words};
use crate::harness::{FAR_AWAY, collapse, open, open_with, root, settle, text, token};

const CHECK: &str = "Check whether it was created";

/// Translates into German, as far as a reader of this test has to know it.
fn translate() {
    translate_in(&root());
}

fn translate_in(element: &Element) {
    if element.get_attribute("translate").as_deref() == Some("no") {
        return;
    }
    let nodes = element.child_nodes();
    let children: Vec<Node> = (0..nodes.length()).filter_map(|at| nodes.get(at)).collect();
    for child in children {
        match child.dyn_ref::<Element>() {
            Some(child) => translate_in(child),
            None if child.node_type() == Node::TEXT_NODE => {
                let font = document().create_element("font").unwrap();
                font.set_text_content(child.text_content().as_deref());
                element.replace_child(&font, &child).unwrap();
            }
            None => {}
        }
    }
}

fn normalize() {
    document().body().unwrap().normalize();
}

fn counter(name: &str) -> String {
    let field = control(name).closest(".field").unwrap().unwrap();
    words(&field.query_selector(".counter-figure").unwrap().unwrap())
}

/// A new account that is typed, saved without an answer, checked and saved again, with `meddle` whenever it can.
async fn create_and_sign_out(meddle: fn()) {
    let _stage = open(NEW);
    see("Create billing account").await;
    meddle();
    fill("Name", &"x".repeat(101)).await;
    settle("the counter follows", || counter("Name") == "101/100").await;
    see("1 character too many").await;
    meddle();
    fill("Name", "Acme").await;
    settle("the counter follows", || counter("Name") == "4/100").await;
    assert!(!shows("too many"));

    type_in("Email", "x").await;
    leave("Email").await;
    settle("the error", || error("Email").is_some()).await;
    meddle();
    fill("Email", "").await;
    settle("another error", || error("Email").as_deref() == Some("Enter an email address")).await;
    meddle();
    fill("Email", "billing@acme.com").await;
    settle("no error", || !shows("Enter an email address")).await;

    choose("Country", "US").await;
    settle("the label follows the country", || {
        maybe("label[for='address.postal_code']").is_some_and(|label| words(&label).starts_with("ZIP code"))
    })
    .await;
    meddle();
    choose("Country", "GB").await;
    settle("the label follows the country", || {
        maybe("label[for='address.postal_code']").is_some_and(|label| words(&label).starts_with("Postcode"))
    })
    .await;

    meddle();
    on_post(ACCOUNTS, Answer::Later);
    press(SAVE).await;
    see("Saving…").await;
    meddle();
    release(Err(NetworkError::Failed)).await;
    see("may or may not have been created").await;
    meddle();
    on_get(ACCOUNTS, Answer::Later);
    press(CHECK).await;
    see("Checking…").await;
    meddle();
    release(Ok(crate::harness::api::reply(200, r#"{"data":[]}"#))).await;
    see("The account was not found").await;
    meddle();
    press("Sign out").await;
    see("Sign out before you know").await;
    meddle();
    press("Sign out").await;
    see_page("Sign in").await;
    settle("nothing is left of the page", || {
        !shows("Ada Lovelace") && !shows("may or may not") && maybe("dialog").is_none()
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_translated_form_still_says_what_is_so() {
    create_and_sign_out(translate).await;
}

#[wasm_bindgen_test]
async fn a_normalized_form_still_says_what_is_so() {
    create_and_sign_out(normalize).await;
}

/// The account's page: what was copied, and the delete dialog.
async fn copy_and_delete(meddle: fn()) {
    let _stage = open(PATH);
    on_get(PATH, answer(200, ACCOUNT));
    see_page("ACME Corp Billing").await;
    meddle();
    press("Copy id").await;
    settle("it is said", || shows("Copied") || shows("Not copied")).await;
    meddle();
    settle("it goes again", || !shows("Copied") && !shows("Not copied")).await;
    press("Delete").await;
    meddle();
    fill("Type the account’s name to confirm", "ACME Corp Billing").await;
    crate::harness::api::on_delete(PATH, Answer::Later);
    press("Delete billing account").await;
    see("Deleting…").await;
    meddle();
    release(Err(NetworkError::Timeout)).await;
    see("may or may not have been deleted").await;
    meddle();
    on_get(PATH, lost(NetworkError::Timeout));
    press("Check whether it was deleted").await;
    see("It is still not known whether the account was deleted").await;
    meddle();
    on_get(PATH, answer(200, ACCOUNT));
    press("Check whether it was deleted").await;
    see("The account is still there").await;
    assert!(!shows("It is still not known") && !shows("could not be looked for"), "{}", text());
    meddle();
    press("Cancel").await;
    on_get(ACCOUNTS, answer(200, r#"{"data":[]}"#));
    press("Billing accounts").await;
    see_page("Billing accounts").await;
    assert!(!shows("ACME Corp Billing"));
}

#[wasm_bindgen_test]
async fn a_translated_account_still_says_what_is_so() {
    copy_and_delete(translate).await;
}

#[wasm_bindgen_test]
async fn a_normalized_account_still_says_what_is_so() {
    copy_and_delete(normalize).await;
}

#[wasm_bindgen_test]
async fn the_clock_goes_on_in_a_translated_page() {
    for meddle in [translate, normalize] {
        let _stage = open_with(NEW, Some(&token("Ada Lovelace", js_sys::Date::now() / 1000.0 + 7_203.0)));
        see("Session ends in 2 hours").await;
        meddle();
        see("Session ends in 119 minutes").await;
        assert!(!shows("2 hours"));
    }
}

/// The notice of a session that is about to end, and then is too near its end.
#[wasm_bindgen_test]
async fn the_end_of_a_session_is_told_in_a_translated_page() {
    for meddle in [translate, normalize] {
        let _stage = open_with(NEW, Some(&token("Ada Lovelace", js_sys::Date::now() / 1000.0 + 62.0)));
        see("Your session ends on").await;
        meddle();
        see("too soon to save anything with it").await;
        assert!(!shows("to go on without a break"));
        meddle();
        press("Sign in again").await;
        fill("Token", &token("Ada Lovelace", FAR_AWAY)).await;
        press("Sign in").await;
        settle("no notice", || !shows("too soon to save")).await;
    }
}

/// A workspace whose name stays while its link changes would lead somewhere else.
#[wasm_bindgen_test]
async fn a_translated_list_of_workspaces_still_names_each_one() {
    for meddle in [translate, normalize] {
        let _stage = open("/");
        let workspaces =
            r#"{"data":[{"id":"ws_1","name":"Acme"},{"id":"ws_2","name":"Nord"},{"id":"ws_3","name":"Norway"}]}"#;
        on_get("/workspaces", answer(200, workspaces));
        see("Acme").await;
        meddle();
        for (typed, left, told) in
            [("nor", vec!["Nord", "Norway"], "2 of 3 match"), ("nord", vec!["Nord"], "1 of 3 matches")]
        {
            fill("Filter by name or id", typed).await;
            see(told).await;
            let names: Vec<_> = crate::harness::user::all(".card-link").iter().map(words).collect();
            assert_eq!(names, left);
            meddle();
        }
        fill("Filter by name or id", "").await;
        settle("nothing is said", || !text().contains("match")).await;
        assert_eq!(collapse(&words(&maybe(".card-link").unwrap())), "Acme");
    }
}

#[wasm_bindgen_test]
async fn an_account_that_others_changed_is_not_shown_as_it_was() {
    for meddle in [translate, normalize] {
        let _stage = open(PATH);
        on_get(PATH, answer(200, ACCOUNT));
        see_page("ACME Corp Billing").await;
        meddle();
        let changed = crate::form::edit::account(&[
            ("/name", "ACME Two"),
            ("/email", "two@acme.com"),
            ("/address/city", "Oakland"),
        ]);
        on_get(PATH, answer(200, changed));
        crate::form::capacity::tell(&crate::form::capacity::message("saved", "ws_1", "cus_a1b2c3d4e5f6g7h8"));
        see_page("ACME Two").await;
        see("two@acme.com").await;
        assert!(shows("Oakland") && !shows("San Francisco") && !shows("accounts@acme.com"));
    }
    _ = acme::SAVE;
}

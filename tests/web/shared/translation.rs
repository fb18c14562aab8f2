//! A page that is translated by the browser, or whose text nodes are merged by an extension, stays up to date.
//!
//! Chrome replaces text nodes by `<font>` elements. `Node.normalize()` merges adjacent text nodes and drops empty ones.

use billing_admin::api::transport::NetworkError;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, Node};

use crate::harness::api::{
    MockResponse, network_error, on_delete, on_get, on_post, resolve_next, respond_with, response,
};
use crate::harness::app::{open, open_with_token, root};
use crate::harness::channel::{account_event, broadcast};
use crate::harness::delete_dialog::{ACCOUNT_NAME, CHECK_DELETED, CONFIRM_NAME, DELETE};
use crate::harness::fixtures::{ACCOUNT, ACCOUNT_PATH, ACCOUNTS_PATH, CREATE, NEW_PATH, account_with};
use crate::harness::page::{collapse_whitespace, control, error, page_text, query, query_all, shows, text_of};
use crate::harness::scenarios::CHECK_CREATED;
use crate::harness::tokens::{YEAR_2100, token};
use crate::harness::user::{blur, choose, fill, find, open_user_menu, press, see, see_page, type_in};
use crate::harness::wait::wait_for;

/// Replaces the text nodes of the app as Chrome's translation does.
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
    text_of(&field.query_selector(".counter-figure").unwrap().unwrap())
}

/// Types a new account, saves it without a reply and checks the outcome, and changes the DOM after each step.
async fn create_and_sign_out(change_dom: fn()) {
    let _app = open(NEW_PATH);
    see("Create billing account").await;
    change_dom();
    fill("Name", &"x".repeat(101)).await;
    wait_for("the counter follows", || counter("Name") == "101/100").await;
    see("1 character too many").await;
    change_dom();
    fill("Name", "Acme").await;
    wait_for("the counter follows", || counter("Name") == "4/100").await;
    assert!(!shows("too many"));

    type_in("Email", "x").await;
    blur("Email").await;
    wait_for("the error", || error("Email").is_some()).await;
    change_dom();
    fill("Email", "").await;
    wait_for("another error", || error("Email").as_deref() == Some("Enter an email address")).await;
    change_dom();
    fill("Email", "billing@acme.com").await;
    wait_for("no error", || !shows("Enter an email address")).await;

    choose("Country", "US").await;
    wait_for("the label follows the country", || {
        query("label[for='address.postal_code']").is_some_and(|label| text_of(&label).starts_with("ZIP code"))
    })
    .await;
    change_dom();
    choose("Country", "GB").await;
    wait_for("the label follows the country", || {
        query("label[for='address.postal_code']").is_some_and(|label| text_of(&label).starts_with("Postcode"))
    })
    .await;

    change_dom();
    on_post(ACCOUNTS_PATH, MockResponse::Deferred);
    press(CREATE).await;
    see("Saving…").await;
    change_dom();
    resolve_next(Err(NetworkError::Failed)).await;
    see("whether the account was created").await;
    change_dom();
    find(CHECK_CREATED).await;
    on_get(ACCOUNTS_PATH, MockResponse::Deferred);
    press(CHECK_CREATED).await;
    see("Checking…").await;
    change_dom();
    resolve_next(Ok(response(200, r#"{"data":[]}"#))).await;
    see("It isn’t in the list of accounts yet").await;
    change_dom();
    press("Sign out").await;
    see("Sign out without checking?").await;
    change_dom();
    press("Sign out").await;
    see_page("Sign in").await;
    wait_for("the page disappears", || {
        !shows("Ada Lovelace") && !shows("We don’t know yet") && query("dialog").is_none()
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_translated_form_stays_up_to_date() {
    create_and_sign_out(translate).await;
}

#[wasm_bindgen_test]
async fn a_normalized_form_stays_up_to_date() {
    create_and_sign_out(normalize).await;
}

/// Copies the ID of an account and deletes it, and changes the DOM after each step.
async fn copy_and_delete(change_dom: fn()) {
    let _app = open(ACCOUNT_PATH);
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    see_page("ACME Corp Billing").await;
    change_dom();
    press("Copy ID").await;
    wait_for("the result of the copy", || shows("Copied") || shows("Couldn’t copy")).await;
    change_dom();
    wait_for("the result disappears", || !shows("Copied") && !shows("Couldn’t copy")).await;
    press("Delete").await;
    change_dom();
    fill(CONFIRM_NAME, ACCOUNT_NAME).await;
    on_delete(ACCOUNT_PATH, MockResponse::Deferred);
    press(DELETE).await;
    see("Deleting…").await;
    change_dom();
    resolve_next(Err(NetworkError::Timeout)).await;
    see("We don’t know yet whether the account was deleted").await;
    change_dom();
    on_get(ACCOUNT_PATH, network_error(NetworkError::Timeout));
    press(CHECK_DELETED).await;
    see("We don’t know yet whether the account was deleted").await;
    change_dom();
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    press(CHECK_DELETED).await;
    see("It’s still there").await;
    assert!(!shows("We don’t know yet") && !shows("We couldn’t check"), "{}", page_text());
    change_dom();
    press("Cancel").await;
    on_get(ACCOUNTS_PATH, respond_with(200, r#"{"data":[]}"#));
    press("Billing accounts").await;
    see_page("Billing accounts").await;
    assert!(!shows("ACME Corp Billing"));
}

#[wasm_bindgen_test]
async fn a_translated_account_page_stays_up_to_date() {
    copy_and_delete(translate).await;
}

#[wasm_bindgen_test]
async fn a_normalized_account_page_stays_up_to_date() {
    copy_and_delete(normalize).await;
}

#[wasm_bindgen_test]
async fn the_session_clock_keeps_running_on_a_translated_page() {
    for change_dom in [translate, normalize] {
        let _app = open_with_token(NEW_PATH, Some(&token("Ada Lovelace", js_sys::Date::now() / 1000.0 + 7_203.0)));
        open_user_menu().await;
        see("Session ends in 2 hours").await;
        change_dom();
        see("Session ends in 119 minutes").await;
        assert!(!shows("2 hours"));
    }
}

/// The notice changes in the last minute of the session.
#[wasm_bindgen_test]
async fn the_expiry_notice_keeps_updating_on_a_translated_page() {
    for change_dom in [translate, normalize] {
        let _app = open_with_token(NEW_PATH, Some(&token("Ada Lovelace", js_sys::Date::now() / 1000.0 + 62.0)));
        see("Your session ends at").await;
        change_dom();
        see("less than a minute").await;
        assert!(!shows("to go on without a break"));
        change_dom();
        press("Sign in again").await;
        fill("Token", &token("Ada Lovelace", YEAR_2100)).await;
        press("Sign in").await;
        wait_for("no notice", || !shows("less than a minute")).await;
    }
}

/// A stale name next to a new link would open another workspace.
#[wasm_bindgen_test]
async fn a_translated_workspace_list_keeps_names_and_links_together() {
    for change_dom in [translate, normalize] {
        let _app = open("/");
        let workspaces =
            r#"{"data":[{"id":"ws_1","name":"Acme"},{"id":"ws_2","name":"Nord"},{"id":"ws_3","name":"Norway"}]}"#;
        on_get("/workspaces", respond_with(200, workspaces));
        see("Acme").await;
        change_dom();
        for (typed, left, message) in [
            ("nor", vec!["Nord", "Norway"], "2 of 3 workspaces"),
            ("nord", vec!["Nord"], "1 of 3 workspaces. Press Enter to open"),
        ] {
            fill("Search workspaces", typed).await;
            see(message).await;
            let names: Vec<_> = query_all(".card-link").iter().map(text_of).collect();
            assert_eq!(names, left);
            change_dom();
        }
        fill("Search workspaces", "").await;
        wait_for("no number of matches", || !page_text().contains("of 3 workspaces")).await;
        assert_eq!(collapse_whitespace(&text_of(&query(".card-link").unwrap())), "Acme");
    }
}

#[wasm_bindgen_test]
async fn a_translated_account_page_shows_changes_of_others() {
    for change_dom in [translate, normalize] {
        let _app = open(ACCOUNT_PATH);
        on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
        see_page("ACME Corp Billing").await;
        change_dom();
        let changed = account_with(&[("/name", "ACME Two"), ("/email", "two@acme.com"), ("/address/city", "Oakland")]);
        on_get(ACCOUNT_PATH, respond_with(200, changed));
        broadcast(&account_event("saved", "ws_1", "cus_a1b2c3d4e5f6g7h8"));
        see_page("ACME Two").await;
        see("two@acme.com").await;
        assert!(shows("Oakland") && !shows("San Francisco") && !shows("accounts@acme.com"));
    }
}

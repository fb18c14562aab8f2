//! What helps around the form: room, links that fill it in, other tabs. None of it stands in the way.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::window;
use serde_json::json;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{BroadcastChannel, MessageEvent};

use crate::form::unknown_outcome::{NEW_DRAFT, stored_draft};
use crate::harness::api::{MockResponse, on_get, on_patch, on_post, posts, requests, respond_with};
use crate::harness::fixtures::{ACCOUNTS_PATH, CREATE, NEW_PATH, fill_required_fields, respond_created};
use crate::harness::user::{error, fill, find, focused, press, query, see, see_page, shows, text_of, value};
use crate::harness::{YEAR_2100, open, open_signed_out, path, reload, tick, token, wait_for};

const PLACE: &str = "/workspaces/ws_1";
const FULL: &str = "This workspace has all the billing accounts it may have";
const REFUSED: &str = r#"{"code":"billing_account_limit_reached","message":"At most 1."}"#;
const FIRST: &str = r#"{"id":"cus_1","name":"One","email":"a@b.co"}"#;

fn workspace(mode: &str) -> MockResponse {
    respond_with(200, json!({ "id": "ws_1", "name": "Acme Networks", "billing_mode": mode }).to_string())
}

fn accounts(names: &[&str]) -> MockResponse {
    let one = |name: &&str| json!({ "id": format!("cus_{name}"), "name": name });
    respond_with(200, json!({ "data": names.iter().map(one).collect::<Vec<_>>() }).to_string())
}

#[wasm_bindgen_test]
async fn a_full_workspace_is_said_before_the_form_which_stays() {
    let _app = open(NEW_PATH);
    on_get(PLACE, workspace("single"));
    on_get(ACCOUNTS_PATH, accounts(&["One"]));
    see(FULL).await;
    see("1 of 1 used").await;
    assert_eq!(find("See its billing accounts").await.get_attribute("href").as_deref(), Some(ACCOUNTS_PATH));
    find("Choose another workspace").await;
    fill_required_fields().await;
    on_post(ACCOUNTS_PATH, respond_created());
    press(CREATE).await;
    see("Billing account created").await;
}

#[wasm_bindgen_test]
async fn room_that_is_not_known_is_not_spoken_of() {
    for (place, list) in [
        (workspace("pooled"), accounts(&["One"])),
        (workspace("galactic"), accounts(&["One"])),
        (respond_with(403, ""), accounts(&["One"])),
        (workspace("single"), respond_with(404, "")),
        (workspace("single"), respond_with(200, r#"{"data":[{"id":"cus_1"}],"has_more":true}"#)),
        (respond_with(200, "<html>"), respond_with(200, "<html>")),
    ] {
        let _app = open(NEW_PATH);
        on_get(PLACE, place);
        on_get(ACCOUNTS_PATH, list);
        wait_for("both answers", || requests().len() == 2).await;
        tick().await;
        fill_required_fields().await;
        assert!(!shows(FULL));
        on_post(ACCOUNTS_PATH, respond_created());
        press(CREATE).await;
        see("Billing account created").await;
    }
}

#[wasm_bindgen_test]
async fn a_last_place_that_was_taken_meanwhile_keeps_what_is_typed_and_says_what_to_do() {
    for status in [403, 409, 422] {
        let _app = open(NEW_PATH);
        on_get(PLACE, workspace("single"));
        on_get(ACCOUNTS_PATH, accounts(&[]));
        wait_for("both answers", || requests().len() == 2).await;
        fill_required_fields().await;
        on_post(ACCOUNTS_PATH, respond_with(status, REFUSED));
        on_get(ACCOUNTS_PATH, accounts(&["Theirs"]));
        press(CREATE).await;
        see("The API refused: there is no room for another account").await;
        see("No account was created. Everything you typed is still here.").await;
        see("1 of 1 used").await;
        assert_eq!([value("Name"), value("Email")], ["Acme", "billing@acme.com"]);
        assert_eq!(posts().len(), 1);
    }
}

#[wasm_bindgen_test]
async fn a_link_fills_in_the_form_as_if_it_had_been_typed() {
    let _app = open(&format!("{NEW_PATH}?name=Karoo+%26%20Co&email=not-an-email&currency=ZAR&country=za&phone=1"));
    see("Filled in from a link").await;
    let held = ["Name", "Email", "Currency", "Country", "Phone"].map(value);
    assert_eq!(held, ["Karoo & Co", "not-an-email", "zar", "ZA", ""]);
    assert!(error("Email").is_some(), "what is wrong shows as after leaving the field");
    assert_eq!(error("Name"), None);
    assert_eq!(path(), NEW_PATH, "neither a reload nor the way back fills it in again");
    fill("Email", "a@b.co").await;
    on_post(ACCOUNTS_PATH, respond_created());
    press(CREATE).await;
    see("Billing account created").await;
    assert_eq!(posts()[0].body["name"], "Karoo & Co");
}

#[wasm_bindgen_test]
async fn a_hostile_link_is_text_and_what_cannot_be_shown_is_named() {
    let long = "x".repeat(3000);
    let query = format!("?name=%3Cimg+src%3Dx+onerror%3D1%3E%{long}&email=%ff%&currency=jpy&country=Atlantis");
    let _app = open(&format!("{NEW_PATH}{query}"));
    see("Filled in from a link").await;
    assert_eq!(value("Name"), format!("<img src=x onerror=1>%{long}"));
    assert_eq!(error("Name").as_deref(), Some("Name must be 100 characters or fewer"));
    assert_eq!([value("Email"), value("Currency"), value("Country")], ["\u{fffd}%", "", ""]);
    see("Currency is not filled in: the link has “jpy”").await;
    see("Country is not filled in: the link has “Atlantis”").await;
    assert!(query("img").is_none());
}

#[wasm_bindgen_test]
async fn a_link_waits_for_the_sign_in() {
    let _app = open_signed_out(&format!("{NEW_PATH}?name=Karoo"));
    fill("Token", &token("Ada", YEAR_2100)).await;
    press("Sign in").await;
    see("Filled in from a link").await;
    assert_eq!(value("Name"), "Karoo");
}

#[wasm_bindgen_test]
async fn a_link_that_fills_in_nothing_is_an_empty_form() {
    let _app = open(&format!("{NEW_PATH}?name=&currency=+&from=mail"));
    find(CREATE).await;
    assert!(!shows("Filled in from a link") && value("Name").is_empty());
}

#[wasm_bindgen_test]
async fn a_link_does_not_take_the_place_of_what_i_typed_earlier() {
    let app = open(NEW_PATH);
    fill("Name", "Mine").await;
    wait_for("the draft, kept", || stored_draft(NEW_DRAFT).is_some_and(|kept| kept.contains("Mine"))).await;
    let link = format!("{NEW_PATH}?name=Theirs&email=a@b.co");
    let history = window().history().expect("a history");
    history.replace_state_with_url(&JsValue::NULL, "", Some(&link)).expect("a link of ours");
    reload(&app);
    see("The link was not used").await;
    see("Draft restored").await;
    assert_eq!([value("Name"), value("Email")], ["Mine", ""]);
    assert_eq!(path(), NEW_PATH);
}

/// What a tab sends when something happened to an account.
pub(crate) fn account_event(event: &str, workspace: &str, account: &str) -> String {
    format!(r#"{{"version":1,"event":"{event}","workspace":"{workspace}","account":"{account}"}}"#)
}

/// Another tab tells something.
pub(crate) fn broadcast(message: &str) {
    let tab = BroadcastChannel::new("altostrat").expect("a channel");
    tab.post_message(&JsValue::from_str(message)).expect("a message");
    tab.close();
}

/// A tab that hears what this one and the others tell, until it is dropped.
struct OtherTab {
    channel: BroadcastChannel,
    _hear: Closure<dyn Fn(MessageEvent)>,
}

impl Drop for OtherTab {
    fn drop(&mut self) {
        self.channel.close();
    }
}

fn other_tab() -> (OtherTab, Rc<RefCell<Vec<String>>>) {
    let tab = BroadcastChannel::new("altostrat").expect("a channel");
    let heard = Rc::new(RefCell::new(Vec::new()));
    let into = heard.clone();
    let hear = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        into.borrow_mut().push(event.data().as_string().unwrap_or_default());
    });
    tab.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    (OtherTab { channel: tab, _hear: hear }, heard)
}

#[wasm_bindgen_test]
async fn a_list_follows_what_another_tab_saves_and_the_focus_stays() {
    let _app = open(ACCOUNTS_PATH);
    on_get(ACCOUNTS_PATH, accounts(&["One", "Two"]));
    find("Two").await.focus().expect("a link takes the focus");
    on_get(ACCOUNTS_PATH, accounts(&["New", "One", "Two"]));
    broadcast(&account_event("saved", "ws_1", "cus_New"));
    find("New").await;
    wait_for("the focus", || text_of(&focused()) == "Two").await;
    on_get(ACCOUNTS_PATH, accounts(&["New", "One"]));
    broadcast(&account_event("deleted", "ws_1", "cus_Two"));
    wait_for("it is gone", || !shows("Two")).await;
    wait_for("the focus is not lost", || text_of(&focused()) == "Billing accounts").await;
    on_get(ACCOUNTS_PATH, respond_with(500, ""));
    broadcast(&account_event("saved", "ws_1", "cus_New"));
    wait_for("the failure", || requests().len() == 4).await;
    tick().await;
    assert!(shows("New") && !shows("The API failed"), "what is shown stays when it cannot be had again");
}

#[wasm_bindgen_test]
async fn what_is_told_of_other_workspaces_or_in_other_words_is_passed_over() {
    let _app = open(ACCOUNTS_PATH);
    on_get(ACCOUNTS_PATH, accounts(&["One"]));
    find("One").await;
    let (_tab, heard) = other_tab();
    let ours = account_event("saved", "ws_1", "cus_1");
    let others = [
        account_event("saved", "ws_2", "cus_1"),
        account_event("renamed", "ws_1", "cus_1"),
        ours.replace("\"version\":1", "\"version\":2"),
        "saved/ws_1/cus_1".to_owned(),
        String::new(),
        "{}".to_owned(),
    ];
    others.iter().for_each(|other| broadcast(other));
    let tab = BroadcastChannel::new("altostrat").expect("a channel");
    tab.post_message(&JsValue::NULL).expect("a message");
    tab.close();
    wait_for("every message, heard", || heard.borrow().len() == 7).await;
    tick().await;
    assert_eq!(requests().len(), 1, "nothing is loaded again");
    on_get(ACCOUNTS_PATH, accounts(&["Two"]));
    broadcast(&account_event("saved", "ws_1", "cus_1"));
    find("Two").await;
    assert_eq!(requests().len(), 2);
}

#[wasm_bindgen_test]
async fn an_open_edit_says_what_another_tab_did_and_keeps_what_is_typed() {
    let account = format!("{ACCOUNTS_PATH}/cus_1");
    for (event, said) in [
        ("saved", "This billing account was changed in another tab"),
        ("deleted", "This billing account was deleted in another tab"),
    ] {
        let _app = open(&format!("{account}/edit"));
        on_get(&account, respond_with(200, FIRST));
        fill("Name", "Mine").await;
        broadcast(&account_event(event, "ws_1", "cus_2"));
        broadcast(&account_event(event, "ws_1", "cus_1"));
        see(said).await;
        assert_eq!(value("Name"), "Mine");
        assert_eq!(focused().id(), "name", "the focus is not taken");
    }
}

#[wasm_bindgen_test]
async fn a_save_is_told_to_the_other_tabs() {
    let _app = open(&format!("{ACCOUNTS_PATH}/cus_1/edit"));
    on_get(&format!("{ACCOUNTS_PATH}/cus_1"), respond_with(200, FIRST));
    on_get(&format!("{ACCOUNTS_PATH}/cus_1"), respond_with(200, FIRST));
    on_patch(&format!("{ACCOUNTS_PATH}/cus_1"), respond_with(200, FIRST.replace("One", "Two")));
    let (_tab, heard) = other_tab();
    fill("Name", "Two").await;
    press("Save changes").await;
    see_page("Two").await;
    wait_for("the message", || *heard.borrow() == [account_event("saved", "ws_1", "cus_1")]).await;
    assert!(!shows("in another tab"), "a tab does not hear itself");
}

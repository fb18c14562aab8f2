//! Other tabs: the pages follow their changes, and each save is broadcast to them.

use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{on_get, on_patch, requests, respond_with};
use crate::harness::app::open;
use crate::harness::channel::{OtherTab, account_event, broadcast, broadcast_value};
use crate::harness::fixtures::{ACCOUNTS_PATH, SAVE_CHANGES, list_of_names};
use crate::harness::page::{focused, shows, value};
use crate::harness::user::{fill, find, press, see, see_focus_on, see_page};
use crate::harness::wait::{tick, wait_for};

const FIRST: &str = r#"{"id":"cus_1","name":"One","email":"a@b.co"}"#;

#[wasm_bindgen_test]
async fn the_list_follows_other_tabs_and_keeps_the_focus() {
    let _app = open(ACCOUNTS_PATH);
    on_get(ACCOUNTS_PATH, list_of_names(&["One", "Two"]));
    find("Two").await.focus().expect("a link takes the focus");
    on_get(ACCOUNTS_PATH, list_of_names(&["New", "One", "Two"]));
    broadcast(&account_event("saved", "ws_1", "cus_New"));
    find("New").await;
    see_focus_on("Two").await;
    on_get(ACCOUNTS_PATH, list_of_names(&["New", "One"]));
    broadcast(&account_event("deleted", "ws_1", "cus_Two"));
    wait_for("the deleted account disappears", || !shows("Two")).await;
    see_focus_on("Billing accounts").await;
    on_get(ACCOUNTS_PATH, respond_with(500, ""));
    broadcast(&account_event("saved", "ws_1", "cus_New"));
    wait_for("the failure", || requests().len() == 4).await;
    tick().await;
    assert!(shows("New") && !shows("Something went wrong at Altostrat"), "a failed reload keeps the list");
}

#[wasm_bindgen_test]
async fn unrelated_and_unknown_messages_are_ignored() {
    let _app = open(ACCOUNTS_PATH);
    on_get(ACCOUNTS_PATH, list_of_names(&["One"]));
    find("One").await;
    let tab = OtherTab::open();
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
    broadcast_value(&JsValue::NULL);
    wait_for("every message", || tab.received().len() == 7).await;
    tick().await;
    assert_eq!(requests().len(), 1, "nothing is reloaded");
    on_get(ACCOUNTS_PATH, list_of_names(&["Two"]));
    broadcast(&account_event("saved", "ws_1", "cus_1"));
    find("Two").await;
    assert_eq!(requests().len(), 2);
}

#[wasm_bindgen_test]
async fn the_edit_form_reports_other_tabs_and_keeps_the_draft() {
    let account = format!("{ACCOUNTS_PATH}/cus_1");
    for (event, message) in [
        ("saved", "This billing account was changed in another tab"),
        ("deleted", "This billing account was deleted in another tab"),
    ] {
        let _app = open(&format!("{account}/edit"));
        on_get(&account, respond_with(200, FIRST));
        fill("Name", "Mine").await;
        broadcast(&account_event(event, "ws_1", "cus_2"));
        broadcast(&account_event(event, "ws_1", "cus_1"));
        see(message).await;
        assert_eq!(value("Name"), "Mine");
        assert_eq!(focused().id(), "name", "the notice does not take the focus");
    }
}

#[wasm_bindgen_test]
async fn a_save_is_broadcast_to_other_tabs() {
    let _app = open(&format!("{ACCOUNTS_PATH}/cus_1/edit"));
    on_get(&format!("{ACCOUNTS_PATH}/cus_1"), respond_with(200, FIRST));
    on_get(&format!("{ACCOUNTS_PATH}/cus_1"), respond_with(200, FIRST));
    on_patch(&format!("{ACCOUNTS_PATH}/cus_1"), respond_with(200, FIRST.replace("One", "Two")));
    let tab = OtherTab::open();
    fill("Name", "Two").await;
    press(SAVE_CHANGES).await;
    see_page("Two").await;
    wait_for("the message", || tab.received() == [account_event("saved", "ws_1", "cus_1")]).await;
    assert!(!shows("in another tab"), "a tab ignores its own messages");
}

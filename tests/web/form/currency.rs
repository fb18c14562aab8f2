//! The currency of a new account is never guessed: the workspace's usage and the country's currency are only offered.

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{MockResponse, on_get, on_post, posts, respond_with};
use crate::harness::app::open;
use crate::harness::fixtures::{ACCOUNTS_PATH, CREATE, NEW_PATH, respond_created};
use crate::harness::form::fill_required_fields;
use crate::harness::page::{control, focused, hint_of, query_all, shows, text_of, value};
use crate::harness::user::{choose, find, focus, press, see};
use crate::harness::wait::{tick, wait_for};

fn accounts_in(currencies: &[&str], has_more: bool) -> MockResponse {
    let account = |(at, code): (usize, &&str)| json!({ "id": format!("cus_{at}"), "currency": code });
    let accounts: Vec<_> = currencies.iter().enumerate().map(account).collect();
    respond_with(200, json!({ "data": accounts, "has_more": has_more }).to_string())
}

fn hint() -> String {
    hint_of(&control("Currency")).unwrap_or_default()
}

#[wasm_bindgen_test]
async fn the_currency_stays_the_default_until_one_is_chosen() {
    let _app = open(NEW_PATH);
    fill_required_fields().await;
    choose("Country", "ZA").await;
    assert_eq!([value("Currency"), hint()], ["", "Can’t be changed later."]);
    on_post(ACCOUNTS_PATH, respond_created());
    press(CREATE).await;
    see("Billing account created").await;
    assert!(posts()[0].body.get("currency").is_none());
}

#[wasm_bindgen_test]
async fn the_currencies_of_the_workspace_hint_at_the_default() {
    let _app = open(NEW_PATH);
    on_get(ACCOUNTS_PATH, accounts_in(&["usd", "usd", "zar", "usd", "usd", "eur"], false));
    focus("Currency").await;
    wait_for("the usage", || hint() == "4 of 6 accounts here are in USD. Can’t be changed later.").await;
    choose("Currency", "zar").await;
    assert_eq!(hint(), "Can’t be changed later.");
}

#[wasm_bindgen_test]
async fn currencies_of_an_incomplete_list_are_not_counted() {
    let _app = open(NEW_PATH);
    on_get(ACCOUNTS_PATH, accounts_in(&["usd", "zar"], true));
    focus("Currency").await;
    tick().await;
    assert_eq!(hint(), "Can’t be changed later.");
}

#[wasm_bindgen_test]
async fn the_currency_of_the_country_takes_one_press() {
    let _app = open(NEW_PATH);
    for (country, code, label) in [
        ("ZA", "zar", "Use ZAR, the currency of South Africa"),
        ("DE", "eur", "Use EUR, the currency of Germany"),
        ("GB", "gbp", "Use GBP, the currency of the United Kingdom"),
    ] {
        choose("Country", country).await;
        press(label).await;
        assert_eq!(value("Currency"), code);
        assert!(focused().id() == "currency" && !shows("Use ZAR"));
    }
    choose("Country", "JP").await;
    assert!(query_all("button").iter().all(|button| !text_of(button).starts_with("Use ")), "the yen is not supported");
}

#[wasm_bindgen_test]
async fn a_locked_form_offers_no_currency() {
    let _app = open(NEW_PATH);
    fill_required_fields().await;
    choose("Country", "ZA").await;
    on_post(ACCOUNTS_PATH, MockResponse::Deferred);
    press(CREATE).await;
    see("Saving…").await;
    let offer = find("Use ZAR, the currency of South Africa").await;
    assert_eq!(offer.get_attribute("aria-disabled").as_deref(), Some("true"));
    offer.click();
    tick().await;
    assert_eq!(value("Currency"), "");
}

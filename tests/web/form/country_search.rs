//! Typing into the closed country select finds a country by the names that people use.

use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::harness::api::{on_get, on_post, posts, respond_with};
use crate::harness::app::open;
use crate::harness::fixtures::{ACCOUNTS_PATH, CREATE, NEW_PATH, respond_created};
use crate::harness::form::fill_required_fields;
use crate::harness::page::{control, query_all, query_in, text_of, value};
use crate::harness::user::{choose, focus, key_down, options, press, see};
use crate::harness::wait::{sleep, tick, wait_for};

/// Longer than the pause after which the next key starts a new search, in milliseconds.
const PAUSE: i32 = 1100;

async fn type_keys(select: &HtmlElement, text: &str) {
    for character in text.chars() {
        key_down(select, &character.to_string(), false);
        tick().await;
    }
}

#[wasm_bindgen_test]
async fn typing_a_common_name_or_code_selects_its_country() {
    let _app = open(NEW_PATH);
    let select = focus("Country").await;
    for (typed, code) in [
        ("UK", "GB"),
        ("England", "GB"),
        ("USA", "US"),
        ("UAE", "AE"),
        ("Holland", "NL"),
        ("ivory coast", "CI"),
        ("South Africa", "ZA"),
        ("Germany", "DE"),
    ] {
        choose("Country", "").await;
        sleep(PAUSE).await;
        type_keys(&select, typed).await;
        assert_eq!(value("Country"), code, "{typed}");
    }
    assert_eq!(control("Postal code").id(), "address.postal_code", "the address follows the country");
}

#[wasm_bindgen_test]
async fn a_key_after_a_pause_begins_a_new_name() {
    let _app = open(NEW_PATH);
    let select = focus("Country").await;
    type_keys(&select, "UK").await;
    sleep(PAUSE).await;
    type_keys(&select, "us").await;
    assert_eq!(value("Country"), "US");
    sleep(PAUSE).await;
    type_keys(&select, "Englandd").await;
    assert_eq!(value("Country"), "GB", "a text without a match changes nothing");
}

#[wasm_bindgen_test]
async fn a_typed_country_is_sent() {
    let _app = open(NEW_PATH);
    fill_required_fields().await;
    type_keys(&focus("Country").await, "scotland").await;
    on_post(ACCOUNTS_PATH, respond_created());
    press(CREATE).await;
    see("Billing account created").await;
    assert_eq!(posts()[0].body["address"]["country"], "GB");
}

#[wasm_bindgen_test]
async fn countries_used_in_the_workspace_come_first_and_once() {
    let _app = open(NEW_PATH);
    on_get(
        ACCOUNTS_PATH,
        respond_with(
            200,
            r#"{"data":[{"id":"cus_1","address":{"country":"ZA"}},{"id":"cus_2","address":{"country":"GB"}},
                {"id":"cus_3","address":{"country":"ZA"}},{"id":"cus_4"}],"has_more":false}"#,
        ),
    );
    focus("Country").await;
    choose("Country", "ZA").await;
    wait_for("the groups", || query_in(&control("Country"), "optgroup").len() == 2).await;
    let first = query_all("select optgroup[label='Used in this workspace'] option");
    let codes: Vec<_> = first.iter().filter_map(|option| option.get_attribute("value")).collect();
    assert_eq!(codes, ["ZA", "GB"], "sorted by their names: {:?}", first.iter().map(text_of).collect::<Vec<_>>());
    assert_eq!(options("Country").await.len(), 250, "none is repeated");
    wait_for("the selection", || value("Country") == "ZA").await;
    type_keys(&control("Country"), "uk").await;
    assert_eq!(value("Country"), "GB");
}

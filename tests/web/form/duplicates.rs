//! An account like one that is there already is pointed out before it is sent, and created all the same if one says so.

use leptos::prelude::window;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::form::edit::open_edit;
use crate::harness::api::{Answer, answer, on_get, on_post, posts, release, reply};
use crate::harness::fixtures::{ACCOUNTS, NEW, SAVE, creates};
use crate::harness::user::{all, choose, fill, find, focused, press, see, see_page, shows, type_in, value, words};
use crate::harness::{Stage, open, pass, settle};

const NOTICE: &str = "This workspace already has an account like this";
const ANYWAY: &str = "Create anyway";
const THREE: &str = r#"{"data":[
    {"id":"cus_1","name":"Café Müller GmbH","email":"rechnung@mueller.example"},
    {"id":"cus_2","name":"ACME","email":"Billing@ACME.com"},
    {"id":"cus_3"}
]}"#;

/// A new account in a workspace with three others.
async fn open_new() -> Stage {
    let stage = open(NEW);
    on_get(ACCOUNTS, answer(200, THREE));
    see_page("New billing account").await;
    stage
}

async fn fill_in(name: &str, email: &str) {
    fill("Name", name).await;
    fill("Email", email).await;
}

/// What the notice says of each account.
fn pointed_out() -> Vec<String> {
    all("#duplicates li").iter().map(words).collect()
}

#[wasm_bindgen_test]
async fn the_same_name_is_pointed_out_before_anything_is_pressed() {
    let _stage = open_new().await;
    fill("Name", " cafe  MULLER gmbh").await;
    see(NOTICE).await;
    let said = "Café Müller GmbH, rechnung@mueller.example. The name is the same, or differs only in case, spaces or accents. \
                Open it: Café Müller GmbH";
    assert_eq!(pointed_out(), [said]);
    assert_eq!(all("[role=status] #duplicates").len(), 1, "it is said politely");
    assert!(focused().id() == "name" && shows(ANYWAY), "the typing is not disturbed");
    fill("Name", "Café Mueller").await;
    settle("no notice", || !shows(NOTICE)).await;
    fill("Email", "BILLING@acme.com ").await;
    see("ACME, Billing@ACME.com. The email is the same.").await;
    fill("Name", "acme").await;
    see("The email is the same, and the name differs at most in case, spaces or accents.").await;
}

#[wasm_bindgen_test]
async fn not_every_letter_is_looked_at() {
    let _stage = open_new().await;
    type_in("Name", "ACME").await;
    // Shorter than a pause, and long enough to see what comes without one.
    pass(50).await;
    assert!(!shows(NOTICE));
    type_in("Name", " Sales").await;
    pass(1000).await;
    assert!(!shows(NOTICE), "nobody is told of what was typed on the way");
}

#[wasm_bindgen_test]
async fn create_anyway_creates() {
    let _stage = open_new().await;
    fill_in("Acme", "new@acme.com").await;
    see(NOTICE).await;
    on_post(ACCOUNTS, creates());
    press(ANYWAY).await;
    see("Billing account created").await;
    assert_eq!(posts().len(), 1);
}

#[wasm_bindgen_test]
async fn no_save_is_held_up() {
    let _stage = open_new().await;
    fill_in("New", "billing@acme.com").await;
    see(NOTICE).await;
    on_post(ACCOUNTS, creates());
    press(SAVE).await;
    see("Billing account created").await;
    assert_eq!(posts().len(), 1);
}

#[wasm_bindgen_test]
async fn create_anyway_pressed_twice_creates_one() {
    let _stage = open_new().await;
    fill_in("Acme", "new@acme.com").await;
    see(NOTICE).await;
    on_post(ACCOUNTS, Answer::Later);
    let button = find(ANYWAY).await;
    button.click();
    button.click();
    settle("the request", || !posts().is_empty()).await;
    release(Ok(reply(201, crate::harness::fixtures::ACCOUNT))).await;
    see("Billing account created").await;
    assert_eq!(posts().len(), 1);
}

#[wasm_bindgen_test]
async fn a_form_that_is_wrong_says_so_first() {
    let _stage = open_new().await;
    fill_in("Acme", "billing").await;
    press(SAVE).await;
    see("There is a problem").await;
    assert!(posts().is_empty());
}

#[wasm_bindgen_test]
async fn without_the_list_nothing_is_shown_and_nothing_held_up() {
    for list in [answer(500, ""), answer(403, ""), answer(200, "{}"), Answer::Later] {
        let _stage = open(NEW);
        on_get(ACCOUNTS, list);
        fill_in("Acme", "billing@acme.com").await;
        on_post(ACCOUNTS, creates());
        press(SAVE).await;
        see("Billing account created").await;
        assert_eq!(posts().len(), 1);
    }
}

#[wasm_bindgen_test]
async fn the_other_account_is_a_link_away() {
    let _stage = open_new().await;
    fill_in("Acme", "new@acme.com").await;
    let link = find("Open it: ACME").await;
    assert_eq!(link.get_attribute("href"), Some(format!("{ACCOUNTS}/cus_2")));
}

#[wasm_bindgen_test]
async fn what_was_typed_is_there_again_after_a_look_at_the_other_account() {
    let _stage = open_new().await;
    fill_in("Acme", "new@acme.com").await;
    see(NOTICE).await;
    on_get(&format!("{ACCOUNTS}/cus_2"), answer(200, r#"{"id":"cus_2","name":"ACME"}"#));
    press("Open it: ACME").await;
    see_page("ACME").await;
    window().history().unwrap().back().unwrap();
    see_page("New billing account").await;
    assert_eq!([value("Name"), value("Email")], ["Acme", "new@acme.com"]);
}

/// A copy is like what it is a copy of: nobody has to be told.
#[wasm_bindgen_test]
async fn a_copy_in_another_currency_is_not_taken_for_a_mistake() {
    let _stage = open_edit().await;
    on_get(ACCOUNTS, answer(200, r#"{"data":[{"id":"cus_9","name":"ACME Corp Billing","email":"billing@acme.com"}]}"#));
    press("New account in another currency").await;
    see_page("New billing account").await;
    choose("Currency", "eur").await;
    pass(1000).await;
    assert!(!shows(NOTICE));
    fill("Name", "Other").await;
    see("The email is the same.").await;
    fill("Name", "ACME Corp Billing").await;
    settle("no notice", || !shows(NOTICE)).await;
    on_post(ACCOUNTS, creates());
    press(SAVE).await;
    see("Billing account created").await;
}

//! The preview beside the form: the printed address, and the missing parts.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::app::open;
use crate::harness::fixtures::NEW_PATH;
use crate::harness::page::{query, query_all, shows, text_of};
use crate::harness::scenarios::open_edit;
use crate::harness::user::{choose, fill, find, see};

/// The printed lines.
fn bill_to() -> Vec<String> {
    query_all(".bill-to-lines > *").iter().map(text_of).collect()
}

fn checklist() -> Vec<String> {
    query_all(".checklist li").iter().map(text_of).collect()
}

#[wasm_bindgen_test]
async fn bill_to_follows_what_is_typed() {
    let _app = open(NEW_PATH);
    see("Bill to").await;
    assert!(bill_to().is_empty());
    fill("Name", "Acme Networks UK Ltd").await;
    assert_eq!(bill_to(), ["Acme Networks UK Ltd"]);
    choose("Country", "GB").await;
    fill("Address line 1", "12 High Street").await;
    fill("Town or city", "Leeds").await;
    fill("Postcode", "LS1 4AP").await;
    assert_eq!(bill_to(), ["Acme Networks UK Ltd", "12 High Street", "LEEDS", "LS1 4AP", "UNITED KINGDOM"]);
    fill("Email", "billing@acme.com").await;
    choose("Currency", "gbp").await;
    assert_eq!(text_of(&query(".bill-to > .quiet:last-child").unwrap()), "billing@acme.com · billed in GBP");
    find("Copy address").await;
}

#[wasm_bindgen_test]
async fn the_checklist_says_what_is_missing() {
    let _app = open(NEW_PATH);
    see("Add a country so tax can be calculated").await;
    choose("Country", "US").await;
    fill("ZIP code", "94105").await;
    see("Add a city or state so tax can be calculated").await;
    fill("City", "San Francisco").await;
    see("To complete the address, add: address line 1, state").await;
    fill("Address line 1", "123 Main Street").await;
    fill("State", "CA").await;
    assert_eq!(checklist(), ["Tax can be calculated", "Postal address is complete"]);
    assert!(!shows("To complete the address"));
}

#[wasm_bindgen_test]
async fn the_edit_form_has_a_preview_too() {
    let _app = open_edit().await;
    assert_eq!(bill_to()[0], "ACME Corp Billing");
    fill("Name", "Mine").await;
    assert_eq!(bill_to()[0], "Mine");
    assert_eq!(checklist().len(), 2);
}

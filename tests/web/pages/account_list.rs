//! The list of billing accounts.

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{MockResponse, on_get, respond_with};
use crate::harness::app::{open, path};
use crate::harness::fixtures::{ACCOUNT, ACCOUNTS_PATH};
use crate::harness::page::{query_all, shows};
use crate::harness::user::{press, see, see_page};

const TWO_ACCOUNTS: &str = include_str!("../../../sandbox/fixtures/billing_accounts.json");

fn accounts(count: usize, has_more: bool) -> MockResponse {
    let accounts: Vec<_> =
        (0..count).map(|at| json!({ "id": format!("cus_{at}"), "name": format!("Site {at}") })).collect();
    respond_with(200, json!({ "data": accounts, "has_more": has_more }).to_string())
}

#[wasm_bindgen_test]
async fn the_list_shows_100_accounts_and_counts_all() {
    for (count, shown, has_more, message) in [
        (3000, 100, false, "100 of 3,000 billing accounts are shown."),
        (101, 100, false, "100 of 101 billing accounts are shown."),
        (101, 100, true, "100 of more than 101 billing accounts are shown."),
        (100, 100, true, "There are more billing accounts than are listed here."),
    ] {
        let _app = open(ACCOUNTS_PATH);
        on_get(ACCOUNTS_PATH, accounts(count, has_more));
        if has_more {
            on_get(&format!("{ACCOUNTS_PATH}?after=cus_{}", count - 1), respond_with(404, ""));
        }
        see(message).await;
        assert_eq!(query_all(".table tbody tr").len(), shown, "{count}");
    }
    let _app = open(ACCOUNTS_PATH);
    on_get(ACCOUNTS_PATH, accounts(100, false));
    see_page("Billing accounts").await;
    see("Site 99").await;
    assert!(!shows("are shown") && !shows("There are more"));
}

#[wasm_bindgen_test]
async fn the_list_links_to_each_account() {
    let _app = open(ACCOUNTS_PATH);
    on_get(ACCOUNTS_PATH, respond_with(200, TWO_ACCOUNTS));
    let account = format!("{ACCOUNTS_PATH}/cus_a1b2c3d4e5f6g7h8");
    on_get(&account, respond_with(200, ACCOUNT));
    press("ACME Corp Billing").await;
    see_page("ACME Corp Billing").await;
    see("For US-based operations").await;
    assert_eq!(path(), account);
    assert!(!shows("Billing account created"));
}

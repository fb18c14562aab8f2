//! A workspace's billing accounts, when there are more than anybody reads.

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{Answer, answer, on_get};
use crate::harness::fixtures::ACCOUNTS;
use crate::harness::open;
use crate::harness::user::{all, see, see_page, shows};

fn accounts(count: usize, has_more: bool) -> Answer {
    let accounts: Vec<_> =
        (0..count).map(|at| json!({ "id": format!("cus_{at}"), "name": format!("Site {at}") })).collect();
    answer(200, json!({ "data": accounts, "has_more": has_more }).to_string())
}

#[wasm_bindgen_test]
async fn at_most_a_hundred_accounts_are_shown_and_all_are_counted() {
    for (count, shown, has_more, told) in [
        (3000, 100, false, "100 of 3,000 billing accounts are shown."),
        (101, 100, false, "100 of 101 billing accounts are shown."),
        (101, 100, true, "100 of more than 101 billing accounts are shown."),
        (100, 100, true, "There are more billing accounts than are listed here."),
    ] {
        let _stage = open(ACCOUNTS);
        on_get(ACCOUNTS, accounts(count, has_more));
        if has_more {
            on_get(&format!("{ACCOUNTS}?after=cus_{}", count - 1), answer(404, ""));
        }
        see(told).await;
        assert_eq!(all(".cards > li").len(), shown, "{count}");
    }
    let _stage = open(ACCOUNTS);
    on_get(ACCOUNTS, accounts(100, false));
    see_page("Billing accounts").await;
    see("Site 99").await;
    assert!(!shows("are shown") && !shows("There are more"));
}

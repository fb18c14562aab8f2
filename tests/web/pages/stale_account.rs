//! Revalidation of the account page: a change from another tab is always loaded, if need be later.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{MockResponse, cancelled, on_get, requests, respond_with};
use crate::harness::app::{open, open_with_token};
use crate::harness::channel::{account_event, broadcast};
use crate::harness::delete_dialog::CONFIRM_NAME;
use crate::harness::fixtures::{ACCOUNT, ACCOUNT_PATH, account_with};
use crate::harness::page::value;
use crate::harness::tokens::{YEAR_2100, token};
use crate::harness::user::{fill, press, see, see_page};
use crate::harness::wait::wait_for;

const ID: &str = "cus_a1b2c3d4e5f6g7h8";
const CHANGED: &str = "This billing account was changed in another tab";

#[wasm_bindgen_test]
async fn a_change_from_another_tab_loads_after_the_dialog_closes() {
    let _app = open(ACCOUNT_PATH);
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    press("Delete").await;
    fill(CONFIRM_NAME, "ACME").await;
    broadcast(&account_event("saved", "ws_1", ID));
    see(CHANGED).await;
    assert_eq!((requests().len(), value(CONFIRM_NAME)), (1, "ACME".to_owned()));
    on_get(ACCOUNT_PATH, respond_with(200, account_with(&[("/name", "Theirs")])));
    press("Cancel").await;
    see_page("Theirs").await;
}

#[wasm_bindgen_test]
async fn a_reload_cancelled_by_a_new_token_is_repeated() {
    let soon = token("Ada Lovelace", js_sys::Date::now() / 1000.0 + 200.0);
    let _app = open_with_token(ACCOUNT_PATH, Some(&soon));
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    see_page("ACME Corp Billing").await;
    on_get(ACCOUNT_PATH, MockResponse::Deferred);
    broadcast(&account_event("saved", "ws_1", ID));
    wait_for("the reload", || requests().len() == 2).await;
    on_get(ACCOUNT_PATH, respond_with(200, account_with(&[("/name", "Theirs")])));
    press("Sign in again").await;
    fill("Token", &token("Ada Lovelace", YEAR_2100)).await;
    press("Sign in").await;
    see_page("Theirs").await;
    assert_eq!((requests().len(), cancelled()), (3, 1));
}

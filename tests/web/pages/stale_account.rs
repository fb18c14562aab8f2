//! What is shown is loaded again once it is out of date, and nothing that happens meanwhile prevents that.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::form::capacity::{message, tell};
use crate::form::edit::{PATH, account};
use crate::harness::api::{Answer, answer, asked, cancelled, on_get};
use crate::harness::fixtures::ACCOUNT;
use crate::harness::user::{fill, press, see, see_page, value};
use crate::harness::{FAR_AWAY, open, open_with, settle, token};

const ID: &str = "cus_a1b2c3d4e5f6g7h8";
const CHANGED: &str = "This billing account was changed in another tab";

#[wasm_bindgen_test]
async fn a_change_told_over_the_delete_dialog_is_loaded_after() {
    let _stage = open(PATH);
    on_get(PATH, answer(200, ACCOUNT));
    press("Delete").await;
    fill("Type the account’s name to confirm", "ACME").await;
    tell(&message("saved", "ws_1", ID));
    see(CHANGED).await;
    assert_eq!((asked().len(), value("Type the account’s name to confirm")), (1, "ACME".to_owned()));
    on_get(PATH, answer(200, account(&[("/name", "Theirs")])));
    press("Cancel").await;
    see_page("Theirs").await;
}

#[wasm_bindgen_test]
async fn a_reload_cancelled_by_a_new_token_is_made_again() {
    let soon = token("Ada Lovelace", js_sys::Date::now() / 1000.0 + 200.0);
    let _stage = open_with(PATH, Some(&soon));
    on_get(PATH, answer(200, ACCOUNT));
    see_page("ACME Corp Billing").await;
    on_get(PATH, Answer::Later);
    tell(&message("saved", "ws_1", ID));
    settle("the reload", || asked().len() == 2).await;
    on_get(PATH, answer(200, account(&[("/name", "Theirs")])));
    press("Sign in again").await;
    fill("Token", &token("Ada Lovelace", FAR_AWAY)).await;
    press("Sign in").await;
    see_page("Theirs").await;
    assert_eq!((asked().len(), cancelled()), (3, 1));
}

//! A reply to a save that lacks fields: what is missing is not known, and not empty. The account is fetched.

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::form::edit::{PATH, SAVE, account, open_edit};
use crate::harness::api::{Answer, answer, gets, on_get, on_patch, on_post, patches, posts};
use crate::harness::fixtures::{self as acme, ACCOUNT, ACCOUNTS, NEW};
use crate::harness::user::{fill, press, see, see_page, shows};
use crate::harness::{open, settle};

#[wasm_bindgen_test]
async fn a_field_missing_from_a_reply_is_not_called_empty() {
    let _stage = open_edit().await;
    fill("Name", "Mine").await;
    fill("City", "Oakland").await;
    on_get(PATH, answer(200, ACCOUNT));
    on_patch(PATH, answer(200, r#"{"id":"cus_a1b2c3d4e5f6g7h8","updated_at":"2025-10-29T00:40:06.000000Z"}"#));
    let stored = account(&[("/name", "Mine"), ("/address/city", "Oakland")]);
    on_get(PATH, answer(200, stored));
    press(SAVE).await;
    see_page("Mine").await;
    see("Billing account updated").await;
    see("Oakland").await;
    assert!(shows("Changed: Name, City.") && !shows("saved as"));
    assert_eq!(patches().len(), 1);
}

#[wasm_bindgen_test]
async fn a_field_that_is_null_in_the_reply_was_saved_as_empty() {
    let _stage = open_edit().await;
    fill("Description", "Mine").await;
    on_get(PATH, answer(200, ACCOUNT));
    let mut stored: serde_json::Value = serde_json::from_str(ACCOUNT).unwrap();
    stored["description"] = json!(null);
    on_patch(PATH, answer(200, stored.to_string()));
    press(SAVE).await;
    see("Description was sent as “Mine” and saved as empty.").await;
    assert_eq!(gets().len(), 2, "nothing is missing from the reply");
}

#[wasm_bindgen_test]
async fn a_new_account_whose_reply_holds_only_its_id_is_fetched() {
    let _stage = open(NEW);
    acme::fill_in_everything().await;
    on_post(ACCOUNTS, answer(201, r#"{"id":"cus_a1b2c3d4e5f6g7h8"}"#));
    on_get(PATH, Answer::Later);
    press(acme::SAVE).await;
    see("Billing account created").await;
    assert!(shows("Not known") && !shows("Not given"), "what is missing is not known");
    crate::harness::api::release(Ok(crate::harness::api::reply(200, ACCOUNT))).await;
    see_page("ACME Corp Billing").await;
    settle("every field", || shows("For US-based operations") && !shows("Not known")).await;
    assert_eq!(posts().len(), 1);
}

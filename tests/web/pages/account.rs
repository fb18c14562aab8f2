//! The page of an account.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{on_get, respond_with};
use crate::harness::app::open;
use crate::harness::fixtures::{ACCOUNT, ACCOUNT_PATH};
use crate::harness::page::{query_all, text_of};
use crate::harness::user::find;

#[wasm_bindgen_test]
async fn each_copy_button_names_its_value() {
    let _app = open(ACCOUNT_PATH);
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    find("Copy email").await;
    let mut names: Vec<_> = query_all(".copy button").iter().map(text_of).collect();
    for name in ["Copy ID", "Copy address line 1", "Copy ZIP code", "Copy currency"] {
        assert!(names.iter().any(|other| other.trim() == name), "{name}: {names:?}");
    }
    let count = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), count, "no name is used twice: {names:?}");
}

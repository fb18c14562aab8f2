//! An archived workspace is said on every page of it.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::form::edit::PATH;
use crate::harness::api::{answer, on_get};
use crate::harness::fixtures::{ACCOUNT, ACCOUNTS, NEW};
use crate::harness::user::{all, see_page, shows, words};
use crate::harness::{open, settle, turn};

const ARCHIVED: &str = "This workspace is archived";

#[wasm_bindgen_test]
async fn an_archived_workspace_is_said_on_each_of_its_pages() {
    let edit = format!("{PATH}/edit");
    for page in [ACCOUNTS, NEW, PATH, &edit] {
        let _stage = open(page);
        on_get("/workspaces/ws_1", answer(200, r#"{"id":"ws_1","name":"Acme","archived":true}"#));
        if page.starts_with(PATH) {
            on_get(PATH, answer(200, ACCOUNT));
        }
        let is_said = || all("[role=status]").iter().any(|region| words(region).starts_with(ARCHIVED));
        settle(page, is_said).await;
    }
}

#[wasm_bindgen_test]
async fn a_workspace_in_use_is_not_called_archived() {
    let _stage = open(ACCOUNTS);
    on_get("/workspaces/ws_1", answer(200, r#"{"id":"ws_1","name":"Acme","archived":false}"#));
    see_page("Billing accounts").await;
    settle("its name", || shows("Acme")).await;
    turn().await;
    assert!(!shows(ARCHIVED));
}

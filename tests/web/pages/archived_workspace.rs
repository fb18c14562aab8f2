//! The notice on the pages of an archived workspace.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{on_get, respond_with};
use crate::harness::app::open;
use crate::harness::fixtures::{ACCOUNT, ACCOUNT_PATH, ACCOUNTS_PATH, NEW_PATH};
use crate::harness::page::{shows, status_starts_with};
use crate::harness::user::see_page;
use crate::harness::wait::{tick, wait_for};

const ARCHIVED: &str = "This workspace is archived";

#[wasm_bindgen_test]
async fn every_page_of_an_archived_workspace_says_so() {
    let edit = format!("{ACCOUNT_PATH}/edit");
    for page in [ACCOUNTS_PATH, NEW_PATH, ACCOUNT_PATH, &edit] {
        let _app = open(page);
        on_get("/workspaces/ws_1", respond_with(200, r#"{"id":"ws_1","name":"Acme","archived":true}"#));
        if page.starts_with(ACCOUNT_PATH) {
            on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
        }
        wait_for(page, || status_starts_with(ARCHIVED)).await;
    }
}

#[wasm_bindgen_test]
async fn an_active_workspace_is_not_called_archived() {
    let _app = open(ACCOUNTS_PATH);
    on_get("/workspaces/ws_1", respond_with(200, r#"{"id":"ws_1","name":"Acme","archived":false}"#));
    see_page("Billing accounts").await;
    wait_for("the name of the workspace", || shows("Acme")).await;
    tick().await;
    assert!(!shows(ARCHIVED));
}

//! The capacity of the workspace, shown above the create form. It never blocks the form.

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{MockResponse, on_get, on_post, posts, requests, respond_with};
use crate::harness::app::open;
use crate::harness::fixtures::{ACCOUNTS_PATH, CREATE, NEW_PATH, list_of_names, respond_created};
use crate::harness::form::fill_required_fields;
use crate::harness::page::{shows, value};
use crate::harness::user::{find, press, see};
use crate::harness::wait::{tick, wait_for};

const WORKSPACE_PATH: &str = "/workspaces/ws_1";
const CAPACITY_NOTICE: &str = "Billing account limit reached";
const LIMIT_REACHED: &str = r#"{"code":"billing_account_limit_reached","message":"At most 1."}"#;

fn workspace_with_mode(mode: &str) -> MockResponse {
    respond_with(200, json!({ "id": "ws_1", "name": "Acme Networks", "billing_mode": mode }).to_string())
}

#[wasm_bindgen_test]
async fn a_full_workspace_is_announced_above_a_usable_form() {
    let _app = open(NEW_PATH);
    on_get(WORKSPACE_PATH, workspace_with_mode("single"));
    on_get(ACCOUNTS_PATH, list_of_names(&["One"]));
    see(CAPACITY_NOTICE).await;
    see("This workspace is on single billing, which allows 1 account.").await;
    assert_eq!(find("All accounts").await.get_attribute("href").as_deref(), Some(ACCOUNTS_PATH));
    find("Switch workspace").await;
    fill_required_fields().await;
    on_post(ACCOUNTS_PATH, respond_created());
    press(CREATE).await;
    see("Billing account created").await;
}

#[wasm_bindgen_test]
async fn an_unknown_capacity_shows_no_notice() {
    for (workspace, list) in [
        (workspace_with_mode("pooled"), list_of_names(&["One"])),
        (workspace_with_mode("galactic"), list_of_names(&["One"])),
        (respond_with(403, ""), list_of_names(&["One"])),
        (workspace_with_mode("single"), respond_with(404, "")),
        (workspace_with_mode("single"), respond_with(200, r#"{"data":[{"id":"cus_1"}],"has_more":true}"#)),
        (respond_with(200, "<html>"), respond_with(200, "<html>")),
    ] {
        let _app = open(NEW_PATH);
        on_get(WORKSPACE_PATH, workspace);
        on_get(ACCOUNTS_PATH, list);
        wait_for("both replies", || requests().len() == 2).await;
        tick().await;
        fill_required_fields().await;
        assert!(!shows(CAPACITY_NOTICE));
        on_post(ACCOUNTS_PATH, respond_created());
        press(CREATE).await;
        see("Billing account created").await;
    }
}

#[wasm_bindgen_test]
async fn losing_the_last_slot_to_another_user_keeps_the_draft() {
    for status in [403, 409, 422] {
        let _app = open(NEW_PATH);
        on_get(WORKSPACE_PATH, workspace_with_mode("single"));
        on_get(ACCOUNTS_PATH, list_of_names(&[]));
        wait_for("both replies", || requests().len() == 2).await;
        fill_required_fields().await;
        on_post(ACCOUNTS_PATH, respond_with(status, LIMIT_REACHED));
        on_get(ACCOUNTS_PATH, list_of_names(&["Theirs"]));
        press(CREATE).await;
        see("Delete an account you no longer need").await;
        see("The account wasn’t created.").await;
        see("which allows 1 account").await;
        assert_eq!([value("Name"), value("Email")], ["Acme", "billing@acme.com"]);
        assert_eq!(posts().len(), 1);
    }
}

//! A page that failed to load offers only actions that can help.

use leptos::prelude::document;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{on_get, respond_with};
use crate::harness::app::open;
use crate::harness::fixtures::{ACCOUNT_NOT_FOUND, ACCOUNT_PATH, ACCOUNTS_PATH, WORKSPACE_NOT_FOUND, edit_path};
use crate::harness::page::{query_all, text_of};
use crate::harness::user::{see, see_page};
use crate::harness::wait::wait_for;

/// The names of the buttons of the page, less the one that copies the ID in the URL.
fn actions() -> Vec<String> {
    let names = query_all("main button, main a.button").into_iter().map(|action| text_of(&action));
    names.filter(|name| !name.eq_ignore_ascii_case("Copy ID")).collect()
}

#[wasm_bindgen_test]
async fn a_missing_account_offers_the_list_and_the_workspaces() {
    for page in [ACCOUNT_PATH.to_owned(), edit_path()] {
        for body in [ACCOUNT_NOT_FOUND, ""] {
            let _app = open(&page);
            on_get(ACCOUNT_PATH, respond_with(404, body));
            see_page("Billing account not found").await;
            wait_for("the title", || document().title() == "Billing account not found – Altostrat Billing").await;
            see("It may have been deleted, or you don’t have access to this workspace.").await;
            assert_eq!(actions(), ["All accounts", "Switch workspace", "Copy details"]);
            let list = query_all("main a.button")[0].get_attribute("href");
            assert_eq!(list.as_deref(), Some(ACCOUNTS_PATH));
        }
    }
}

#[wasm_bindgen_test]
async fn a_missing_workspace_offers_only_other_workspaces() {
    let edit = edit_path();
    for (page, path) in [(ACCOUNTS_PATH, ACCOUNTS_PATH), (ACCOUNT_PATH, ACCOUNT_PATH), (&edit, ACCOUNT_PATH)] {
        let _app = open(page);
        on_get(path, respond_with(404, WORKSPACE_NOT_FOUND));
        see_page("Workspace not found").await;
        wait_for("the title", || document().title() == "Workspace not found – Altostrat Billing").await;
        assert_eq!(actions(), ["Switch workspace", "Copy details"]);
    }
}

#[wasm_bindgen_test]
async fn a_failed_list_offers_another_try_and_a_new_account() {
    let _app = open(ACCOUNTS_PATH);
    on_get(ACCOUNTS_PATH, respond_with(500, ""));
    see("Something went wrong at Altostrat").await;
    assert_eq!(actions(), ["New billing account", "Try again", "Copy details"]);
}

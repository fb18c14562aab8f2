//! The changes of an edit form while the tab is at the provider's page.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{on_get, on_patch, respond_with};
use crate::harness::app::{TestApp, open_in_same_tab, return_with_back};
use crate::harness::dialog::see_dialog;
use crate::harness::fixtures::{ACCOUNT, ACCOUNT_PATH, SAVE_CHANGES, account_with, edit_path};
use crate::harness::page::value;
use crate::harness::provider::{HOUR, block_popups, callback_query, on_token, open_signed_in, refused, visited};
use crate::harness::storage::session_storage;
use crate::harness::user::{fill, find, press, see, see_page};
use crate::harness::wait::{tick, wait_for};

/// An edit form with another name and no phone, whose session has ended, and which the tab left to sign in again.
async fn leave_edit_form() -> TestApp {
    let app = open_signed_in(&edit_path(), HOUR).await;
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    fill("Name", "Mine").await;
    fill("Phone", "").await;
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    on_patch(ACCOUNT_PATH, respond_with(401, ""));
    on_token(refused("Revoked."));
    press(SAVE_CHANGES).await;
    see_dialog("Your session has ended").await;
    block_popups();
    press("Sign in again").await;
    wait_for("the provider's page", || visited().len() == 2).await;
    app
}

fn has_stored_edits() -> bool {
    let keys = (0..session_storage().length().unwrap()).filter_map(|at| session_storage().key(at).unwrap());
    keys.into_iter().any(|key| key.starts_with("altostrat.draft.edits."))
}

#[wasm_bindgen_test]
async fn the_changes_of_an_account_are_restored() {
    let app = leave_edit_form().await;
    open_in_same_tab(&app, &format!("/callback?{}", callback_query()));
    // Another user changed the description. This user did not, so the other text stays.
    on_get(ACCOUNT_PATH, respond_with(200, account_with(&[("/description", "Theirs")])));
    see_page("Edit billing account").await;
    find(SAVE_CHANGES).await;
    assert_eq!(
        (value("Name").as_str(), value("Phone").as_str(), value("Description").as_str()),
        ("Mine", "", "Theirs")
    );
    assert!(!has_stored_edits(), "restored once");
}

#[wasm_bindgen_test]
async fn a_change_by_others_during_the_sign_in_is_a_conflict() {
    let app = leave_edit_form().await;
    open_in_same_tab(&app, &format!("/callback?{}", callback_query()));
    on_get(ACCOUNT_PATH, respond_with(200, account_with(&[("/name", "Theirs")])));
    see("This account was updated while you were editing").await;
    see("Theirs").await;
    assert_eq!(value("Name"), "Mine");
}

#[wasm_bindgen_test]
async fn stored_changes_are_gone_when_the_page_returns_with_back() {
    let _app = leave_edit_form().await;
    assert!(has_stored_edits());
    return_with_back();
    tick().await;
    assert!(!has_stored_edits() && value("Name") == "Mine");
}

//! A save or delete whose reply arrives after its page was left. The other pages of the tab show the result.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{MockResponse, on_get, on_post, posts, requests, resolve_next, respond_with, response};
use crate::harness::app::open;
use crate::harness::delete_dialog::{ACCOUNT_NAME, open_delete_in_flight};
use crate::harness::fixtures::{
    ACCOUNT, ACCOUNT_PATH, ACCOUNTS_PATH, CREATE, NEW_PATH, account_with, created_response, list_of_names,
};
use crate::harness::form::fill_required_fields;
use crate::harness::page::shows;
use crate::harness::scenarios::open_edit_during_save;
use crate::harness::user::{find, follow_link, press, see, see_page};
use crate::harness::wait::wait_for;

#[wasm_bindgen_test]
async fn the_list_shows_an_account_created_after_its_form_was_left() {
    let _app = open(NEW_PATH);
    fill_required_fields().await;
    on_post(ACCOUNTS_PATH, MockResponse::Deferred);
    press(CREATE).await;
    wait_for("the save", || posts().len() == 1).await;
    on_get(ACCOUNTS_PATH, list_of_names(&["Old"]));
    press("Cancel").await;
    see("Saving is still in progress. If you leave, it continues").await;
    press("Leave").await;
    find("Old").await;
    on_get(ACCOUNTS_PATH, list_of_names(&["New", "Old"]));
    resolve_next(Ok(created_response())).await;
    find("New").await;
}

#[wasm_bindgen_test]
async fn the_list_drops_an_account_deleted_after_its_page_was_left() {
    let _app = open_delete_in_flight().await;
    on_get(ACCOUNTS_PATH, list_of_names(&["Old", "Other"]));
    follow_link(ACCOUNTS_PATH).await;
    see("Deleting is still in progress. If you leave, it continues").await;
    press("Leave").await;
    find("Old").await;
    on_get(ACCOUNTS_PATH, list_of_names(&["Other"]));
    resolve_next(Ok(response(204, ""))).await;
    wait_for("the account is gone", || !shows("Old")).await;
}

#[wasm_bindgen_test]
async fn the_account_page_shows_a_change_that_was_saved_late() {
    let _app = open_edit_during_save().await;
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    press("Cancel").await;
    press("Leave").await;
    see_page(ACCOUNT_NAME).await;
    wait_for("the account", || requests().len() == 4).await;
    let mine = account_with(&[("/name", "Mine")]);
    on_get(ACCOUNT_PATH, respond_with(200, mine.clone()));
    resolve_next(Ok(response(200, mine))).await;
    see_page("Mine").await;
    see("Your changes were saved after you left the form").await;
    assert!(!shows("in another tab"));
}

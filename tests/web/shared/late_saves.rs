//! A save or deletion that is answered after its page was left: the pages of this tab learn of it as other tabs do.

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::form::edit::{self, PATH, account, open_edit};
use crate::harness::api::{
    Answer, answer, asked, deletes, on_delete, on_get, on_patch, on_post, patches, posts, release, reply,
};
use crate::harness::fixtures::{self as acme, ACCOUNT, ACCOUNTS, NEW, SAVE};
use crate::harness::user::{fill, find, follow, press, see, see_page, shows};
use crate::harness::{open, settle};

const NAME: &str = "ACME Corp Billing";
const CONFIRM: &str = "Type the account’s name to confirm";

fn list(names: &[&str]) -> Answer {
    let one = |name: &&str| json!({ "id": format!("cus_{name}"), "name": name });
    answer(200, json!({ "data": names.iter().map(one).collect::<Vec<_>>() }).to_string())
}

#[wasm_bindgen_test]
async fn the_list_shows_an_account_created_after_its_form_was_left() {
    let _stage = open(NEW);
    acme::fill_in_what_is_required().await;
    on_post(ACCOUNTS, Answer::Later);
    press(SAVE).await;
    settle("the save", || posts().len() == 1).await;
    on_get(ACCOUNTS, list(&["Old"]));
    press("Cancel").await;
    see("Saving is still in progress. If you leave, it continues").await;
    press("Leave").await;
    find("Old").await;
    on_get(ACCOUNTS, list(&["New", "Old"]));
    release(Ok(acme::created())).await;
    find("New").await;
}

#[wasm_bindgen_test]
async fn the_list_drops_an_account_deleted_after_its_page_was_left() {
    let _stage = open(PATH);
    on_get(PATH, answer(200, ACCOUNT));
    press("Delete").await;
    fill(CONFIRM, NAME).await;
    on_delete(PATH, Answer::Later);
    press("Delete billing account").await;
    settle("the deletion", || deletes().len() == 1).await;
    on_get(ACCOUNTS, list(&["Old", "Other"]));
    follow(ACCOUNTS).await;
    see("Deleting is still in progress. If you leave, it continues").await;
    press("Leave").await;
    find("Old").await;
    on_get(ACCOUNTS, list(&["Other"]));
    release(Ok(reply(204, ""))).await;
    settle("the account is gone", || !shows("Old")).await;
}

#[wasm_bindgen_test]
async fn the_account_page_shows_a_change_that_was_saved_late() {
    let _stage = open_edit().await;
    fill("Name", "Mine").await;
    on_get(PATH, answer(200, ACCOUNT));
    on_patch(PATH, Answer::Later);
    press(edit::SAVE).await;
    settle("the save", || patches().len() == 1).await;
    on_get(PATH, answer(200, ACCOUNT));
    press("Cancel").await;
    press("Leave").await;
    see_page(NAME).await;
    settle("the account", || asked().len() == 4).await;
    let mine = account(&[("/name", "Mine")]);
    on_get(PATH, answer(200, mine.clone()));
    release(Ok(reply(200, mine))).await;
    see_page("Mine").await;
    see("Your changes were saved after you left the form").await;
    assert!(!shows("in another tab"));
}

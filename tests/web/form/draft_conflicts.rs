//! A kept draft and what comes for the same form: a copy, a link, another user, the late answer to an earlier save.
//! Nothing takes its place without a word and a way back.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::form::drafts::typed;
use crate::form::edit::PATH;
use crate::form::unknown_outcome::{DRAFT, kept, list, not_known};
use crate::harness::api::{Answer, answer, on_get, on_post, release, reply};
use crate::harness::fixtures::{self as acme, ACCOUNT, ACCOUNTS, NEW, SAVE};
use crate::harness::user::{choose, fill, press, see, see_page, shows, value};
use crate::harness::{Stage, open, path, reload, reload_as, settle};

const COPY: &str = "New account in another currency";
const SET_ASIDE: &str = "Another draft is set aside";
const RESTORED: &str = "Draft restored";
const LEFT: &str = "The page was left before the API answered";
const EARLIER: &str = "An earlier attempt had no answer";

/// Copies the account of the documentation into a new form.
async fn copy_account(stage: &Stage) {
    reload_as(stage, "auth0|1", &format!("{PATH}/edit"));
    on_get(PATH, answer(200, ACCOUNT));
    press(COPY).await;
    see_page("New billing account").await;
}

async fn see_name(name: &str) {
    settle(&format!("the name “{name}”"), || value("Name") == name).await;
}

#[wasm_bindgen_test]
async fn a_copy_sets_the_draft_aside_and_both_can_be_had() {
    let stage = typed("Mine").await;
    copy_account(&stage).await;
    see(SET_ASIDE).await;
    see("Mine").await;
    assert_eq!(value("Name"), "ACME Corp Billing");
    press("Switch to it").await;
    see_name("Mine").await;
    assert!(!shows("Everything is copied"));
    press("Switch to it").await;
    see_name("ACME Corp Billing").await;

    choose("Currency", "eur").await;
    settle("it is kept", || kept(DRAFT).is_some_and(|text| text.contains("eur"))).await;
    reload(&stage);
    see(SET_ASIDE).await;
    assert_eq!(value("Currency"), "eur");
    on_post(ACCOUNTS, acme::creates());
    press(SAVE).await;
    see("Billing account created").await;
    reload_as(&stage, "auth0|1", NEW);
    see(RESTORED).await;
    assert_eq!(value("Name"), "Mine");
    assert!(!shows(SET_ASIDE));
}

#[wasm_bindgen_test]
async fn a_second_copy_replaces_neither_of_two_drafts() {
    let stage = typed("Mine").await;
    copy_account(&stage).await;
    fill("Name", "Copied").await;
    settle("it is kept", || kept(DRAFT).is_some_and(|text| text.contains("Copied"))).await;
    copy_account(&stage).await;
    see("The copy was not used").await;
    see_name("Copied").await;
    press("Switch to it").await;
    see_name("Mine").await;
}

#[wasm_bindgen_test]
async fn a_draft_that_is_set_aside_is_not_lost_without_asking() {
    let stage = typed("Mine").await;
    copy_account(&stage).await;
    see(SET_ASIDE).await;
    press("Sign out").await;
    see("Sign out without saving?").await;
}

#[wasm_bindgen_test]
async fn a_copy_beside_an_unanswered_save_is_said_not_to_be_used() {
    let stage = not_known(list(&[])).await;
    copy_account(&stage).await;
    see(LEFT).await;
    see("The copy was not used").await;
    assert_eq!(value("Name"), "Acme");
}

/// A new account that was left while it was sent, then another one typed in the same form.
async fn left_and_typed_another() -> Stage {
    let stage = open(NEW);
    acme::fill_in_what_is_required().await;
    on_post(ACCOUNTS, Answer::Later);
    press(SAVE).await;
    see("Saving…").await;
    on_get(ACCOUNTS, list(&[]));
    press("Cancel").await;
    press("Leave").await;
    see_page("Billing accounts").await;
    press("New billing account").await;
    see(LEFT).await;
    on_get(ACCOUNTS, list(&[]));
    press("Check whether it was created").await;
    press("Back to the form").await;
    see(EARLIER).await;
    fill("Name", "Second").await;
    settle("it is kept", || kept(DRAFT).is_some_and(|text| text.contains("Second"))).await;
    stage
}

#[wasm_bindgen_test]
async fn a_late_answer_leaves_the_draft_of_the_next_account() {
    for late in [acme::created(), reply(422, "")] {
        let stage = left_and_typed_another().await;
        release(Ok(late)).await;
        settle("no earlier attempt", || !shows(EARLIER)).await;
        assert_eq!(value("Name"), "Second");
        reload(&stage);
        see(RESTORED).await;
        assert_eq!((value("Name"), path()), ("Second".to_owned(), NEW.to_owned()));
        assert!(!shows(EARLIER) && !shows(LEFT));
    }
}

#[wasm_bindgen_test]
async fn an_unanswered_save_outlasts_another_user_in_the_same_tab() {
    let stage = not_known(list(&[])).await;
    reload_as(&stage, "auth0|2", NEW);
    fill("Name", "x").await;
    fill("Email", "two@acme.com").await;
    reload_as(&stage, "auth0|1", NEW);
    see(LEFT).await;
    assert_eq!(value("Name"), "Acme");
    reload_as(&stage, "auth0|2", NEW);
    see(RESTORED).await;
    assert_eq!(value("Name"), "x");
}

#[wasm_bindgen_test]
async fn a_link_survives_a_reload_before_anything_is_typed() {
    let stage = open(&format!("{NEW}?name=Karoo&currency=zar"));
    see("Filled in from a link").await;
    for _ in 0..2 {
        reload(&stage);
        see("Filled in from a link").await;
        assert_eq!([value("Name"), value("Currency")], ["Karoo", "zar"]);
    }
    press("Discard").await;
    settle("no warning about a link", || !shows("Filled in from a link")).await;
}

#[wasm_bindgen_test]
async fn the_same_link_opened_again_is_not_said_to_be_refused() {
    let stage = open(&format!("{NEW}?name=Karoo"));
    see("Filled in from a link").await;
    reload_as(&stage, "auth0|1", &format!("{NEW}?name=Karoo"));
    see("Filled in from a link").await;
    assert!(!shows("The link was not used") && value("Name") == "Karoo");
}

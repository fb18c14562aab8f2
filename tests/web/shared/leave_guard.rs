//! Leaving a page with something that would be lost with it: asked first, and answered either way.

use billing_admin::api::transport::NetworkError;
use leptos::prelude::window;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, EventInit};

use crate::form::edit::{PATH, open_edit};
use crate::harness::api::{Answer, answer, cancelled, on_get, on_patch, patches, release, reply};
use crate::harness::fixtures::{ACCOUNT, ACCOUNTS};
use crate::harness::user::{fill, find, focused, maybe, press, see, see_page, shows, value, words};
use crate::harness::{Stage, open, path, settle};

pub(crate) const NOTHING: &str = r#"{"data":[],"has_more":false}"#;
pub(crate) const QUESTION: &str = "Leave without saving?";
pub(crate) const EDIT: &str = "Edit billing account";
pub(crate) const SAVE: &str = "Save changes";

pub(crate) fn edit() -> String {
    format!("{PATH}/edit")
}

pub(crate) fn is_asked() -> bool {
    maybe("dialog[open]").is_some()
}

pub(crate) async fn see_question(title: &str) {
    settle(title, || maybe("dialog[open] h2").is_some_and(|heading| words(&heading) == title)).await;
}

pub(crate) async fn see_no_question() {
    settle("no question", || maybe("dialog").is_none()).await;
}

/// Whether the browser would ask before it closes the tab.
fn asks_on_close() -> bool {
    let init = EventInit::new();
    init.set_cancelable(true);
    let event = Event::new_with_event_init_dict("beforeunload", &init).unwrap();
    !window().dispatch_event(&event).unwrap()
}

pub(crate) fn step(steps: i32) {
    window().history().unwrap().go_with_delta(steps).unwrap();
}

/// Presses Escape in the dialog.
fn escape() {
    let init = EventInit::new();
    init.set_cancelable(true);
    let event = Event::new_with_event_init_dict("cancel", &init).unwrap();
    maybe("dialog").unwrap().dispatch_event(&event).unwrap();
}

/// The list, then the account, then its edit page.
pub(crate) async fn come_to_edit() -> Stage {
    let stage = open(ACCOUNTS);
    on_get(ACCOUNTS, answer(200, format!(r#"{{"data":[{ACCOUNT}]}}"#)));
    on_get(PATH, answer(200, ACCOUNT));
    on_get(PATH, answer(200, ACCOUNT));
    press("ACME Corp Billing").await;
    press("Edit").await;
    see_page(EDIT).await;
    see(SAVE).await;
    stage
}

/// The same, with a change typed.
pub(crate) async fn come_to_changes() -> Stage {
    let stage = come_to_edit().await;
    fill("Name", "Mine").await;
    stage
}

#[wasm_bindgen_test]
async fn a_form_that_nobody_typed_in_is_left_without_a_question() {
    let _stage = come_to_edit().await;
    assert!(!asks_on_close());
    on_get(PATH, answer(200, ACCOUNT));
    on_get(PATH, answer(200, ACCOUNT));
    step(-1);
    see_page("ACME Corp Billing").await;
    press("Edit").await;
    see(SAVE).await;
    fill("Name", "Other").await;
    fill("Name", "ACME Corp Billing").await;
    assert!(!asks_on_close(), "what was typed is what is stored");
    press("Sign out").await;
    see_page("Sign in").await;
    assert!(!is_asked());
}

#[wasm_bindgen_test]
async fn a_link_asks_first_and_staying_changes_nothing() {
    let _stage = open_edit().await;
    fill("Name", "Mine").await;
    for stay in [None, Some("Stay")] {
        press("Cancel").await;
        see_question(QUESTION).await;
        assert_eq!(words(&focused()), "Stay", "the answer that loses nothing has the focus");
        assert_eq!(path(), edit());
        match stay {
            Some(button) => press(button).await,
            None => escape(),
        }
        see_no_question().await;
        settle("the focus on the link", || words(&focused()) == "Cancel").await;
        assert_eq!((path(), value("Name")), (edit(), "Mine".to_owned()));
    }
    on_get(PATH, answer(200, ACCOUNT));
    press("Cancel").await;
    press("Leave").await;
    see_page("ACME Corp Billing").await;
    assert_eq!(path(), PATH);
    settle("the focus on the heading", || focused().tag_name() == "H1").await;
    assert!(!asks_on_close() && patches().is_empty());
}

#[wasm_bindgen_test]
async fn signing_out_asks_first() {
    let _stage = open_edit().await;
    fill("Name", "Mine").await;
    press("Sign out").await;
    see_question(QUESTION).await;
    press("Stay").await;
    see_no_question().await;
    assert!(shows("Signed in as") && value("Name") == "Mine");
    press("Sign out").await;
    see_question(QUESTION).await;
    press("Sign out").await;
    see_page("Sign in").await;
    assert!(!asks_on_close());
}

#[wasm_bindgen_test]
async fn closing_the_tab_asks_only_while_there_is_something_to_lose() {
    let _stage = open_edit().await;
    assert!(!asks_on_close());
    fill("Name", "Mine").await;
    assert!(asks_on_close());
    fill("Name", "ACME Corp Billing").await;
    assert!(!asks_on_close());
    fill("Phone", "1").await;
    assert!(asks_on_close());
    on_get(PATH, answer(200, ACCOUNT));
    on_patch(PATH, answer(200, ACCOUNT));
    press(SAVE).await;
    see("Billing account updated").await;
    assert!(!asks_on_close());
}

#[wasm_bindgen_test]
async fn leaving_while_a_save_is_on_its_way_asks_and_its_end_takes_the_question_away() {
    let _stage = open_edit().await;
    fill("Name", "Mine").await;
    on_get(PATH, answer(200, ACCOUNT));
    on_patch(PATH, Answer::Later);
    press(SAVE).await;
    settle("the save", || patches().len() == 1).await;
    assert!(asks_on_close());
    press("Cancel").await;
    see_question("Leave while it is being saved?").await;
    release(Ok(reply(200, ACCOUNT))).await;
    see("Billing account updated").await;
    see_no_question().await;
    assert_eq!(path(), PATH);
    settle("the focus on the heading", || focused().tag_name() == "H1").await;
}

#[wasm_bindgen_test]
async fn a_save_that_was_left_moves_nobody_when_it_ends() {
    for end in [Ok(reply(200, ACCOUNT)), Ok(reply(422, "")), Err(NetworkError::Timeout)] {
        let _stage = open_edit().await;
        fill("Name", "Mine").await;
        on_get(PATH, answer(200, ACCOUNT));
        on_patch(PATH, Answer::Later);
        press(SAVE).await;
        settle("the save", || patches().len() == 1).await;
        on_get("/workspaces", answer(200, NOTHING));
        press("Altostrat Billing").await;
        press("Leave").await;
        see_page("Choose a workspace").await;
        release(end).await;
        find("Open workspace").await;
        assert_eq!(path(), "/");
        assert!(!asks_on_close() && !is_asked() && !shows("Billing account updated"));
    }
}

#[wasm_bindgen_test]
async fn leaving_during_the_look_before_a_save_cancels_it_and_sends_nothing() {
    let _stage = open_edit().await;
    fill("Name", "Mine").await;
    on_get(PATH, Answer::Later);
    press(SAVE).await;
    see("Saving…").await;
    assert_eq!(cancelled(), 0);
    press("Sign out").await;
    see_question(QUESTION).await;
    press("Stay").await;
    on_get("/workspaces", answer(200, NOTHING));
    press("Altostrat Billing").await;
    see_question(QUESTION).await;
    assert!(shows("If you leave, it is lost.") && !shows("in progress"));
    press("Leave").await;
    see_page("Choose a workspace").await;
    settle("it is cancelled", || cancelled() == 1).await;
    assert!(patches().is_empty());
}

/// Between the press and the next page there is time for the reply to the look.
#[wasm_bindgen_test]
async fn a_save_is_not_sent_once_leaving_was_confirmed() {
    let _stage = open_edit().await;
    fill("Name", "Mine").await;
    on_get(PATH, Answer::Later);
    press(SAVE).await;
    see("Saving…").await;
    on_get("/workspaces", answer(200, NOTHING));
    press("Altostrat Billing").await;
    let leave = find("Leave").await;
    release(Ok(reply(200, ACCOUNT))).await;
    leave.click();
    see_page("Choose a workspace").await;
    assert!(patches().is_empty());
}

#[wasm_bindgen_test]
async fn the_question_follows_the_save_from_the_look_to_the_change() {
    let _stage = open_edit().await;
    fill("Name", "Mine").await;
    on_get(PATH, Answer::Later);
    on_patch(PATH, Answer::Later);
    press(SAVE).await;
    see("Saving…").await;
    press("Cancel").await;
    see_question(QUESTION).await;
    release(Ok(reply(200, ACCOUNT))).await;
    see_question("Leave while it is being saved?").await;
    release(Ok(reply(200, ACCOUNT))).await;
    see("Billing account updated").await;
}

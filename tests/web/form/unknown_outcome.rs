//! A save whose outcome is not known: the form waits, the check finds out, and nothing is sent that the user did not
//! choose to send.

use billing_admin::api::transport::NetworkError;
use js_sys::Date;
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{Answer, answer, aside, gets, lost, on_get, on_post, posts, release, reply};
use crate::harness::fixtures::{self as acme, ACCOUNTS, NEW, SAVE};
use crate::harness::user::{
    all, control, error, fill, find, focused, press, press_key, see, see_page, see_summary, shows, value, words,
};
use crate::harness::{Stage, open, path, reload, reload_as, session, settle};

const CHECK: &str = "Check whether it was created";
const PERHAPS: &str = "may or may not have been created";
const NOT_FOUND: &str = "The account was not found";
const EARLIER: &str = "An earlier attempt had no answer";
/// The hash of the user of the stories.
pub(crate) const ADA: &str = "e6ad7676";
/// Where the draft of a new account is kept.
pub(crate) const DRAFT: &str = "/ws_1";

/// An account of this name, created so many seconds from now.
pub(crate) fn account(id: &str, name: &str, seconds: f64) -> Value {
    let at = Date::new(&JsValue::from_f64(Date::now() + seconds * 1000.0)).to_iso_string();
    json!({ "id": id, "name": name, "email": "billing@acme.com", "created_at": String::from(at) })
}

pub(crate) fn list(accounts: &[Value]) -> Answer {
    answer(200, json!({ "data": accounts, "has_more": false }).to_string())
}

/// What is kept of the form of the user at a place: the end of its key, behind the user's hash.
pub(crate) fn kept(place: &str) -> Option<String> {
    session().get_item(&format!("altostrat.draft.{ADA}{place}")).unwrap()
}

/// A new account named "Acme" that was sent, with no answer, when these were there.
pub(crate) async fn sent_without_an_answer(before: Answer) -> Stage {
    let stage = open(NEW);
    on_get(ACCOUNTS, before);
    acme::fill_in_what_is_required().await;
    on_post(ACCOUNTS, lost(NetworkError::Failed));
    press(SAVE).await;
    stage
}

/// The same, seen.
pub(crate) async fn not_known(before: Answer) -> Stage {
    let stage = sent_without_an_answer(before).await;
    see(PERHAPS).await;
    stage
}

pub(crate) async fn see_focus_on(name: &str) {
    settle(&format!("the focus on “{name}”"), || words(&focused()) == name).await;
}

#[wasm_bindgen_test]
async fn an_account_that_was_created_all_the_same_is_found_and_opened() {
    let _stage = not_known(list(&[])).await;
    see_focus_on(CHECK).await;
    assert!(control("Name").has_attribute("readonly"), "what was sent stays as it was sent");
    press(SAVE).await;
    press_key("Name", "Enter", false).await;
    see_focus_on(CHECK).await;
    assert_eq!(posts().len(), 1, "neither the button nor Enter sends it again");

    on_get(ACCOUNTS, list(&[account("cus_9", "Other", 1.0), account("cus_2", "Acme", 1.0)]));
    press(CHECK).await;
    see_page("Acme").await;
    see("Billing account created").await;
    assert_eq!((posts().len(), path()), (1, format!("{ACCOUNTS}/cus_2")));
    assert_eq!(kept(DRAFT), None);
}

#[wasm_bindgen_test]
async fn an_account_from_before_is_shown_and_not_taken_for_it() {
    // It is new by its date alone: the server's clock is ahead.
    let old = account("cus_1", "Acme", 60.0);
    let _stage = not_known(list(std::slice::from_ref(&old))).await;
    on_get(ACCOUNTS, list(std::slice::from_ref(&old)));
    press(CHECK).await;
    see(NOT_FOUND).await;
    see("existed before you sent this").await;
    let link = all("a[href]").into_iter().find(|link| words(link).starts_with("Acme, created"));
    assert_eq!(link.and_then(|link| link.get_attribute("href")), Some(format!("{ACCOUNTS}/cus_1")));

    on_get(ACCOUNTS, list(&[old, account("cus_2", "Acme", 1.0)]));
    press("Check again").await;
    see_page("Acme").await;
    assert_eq!((posts().len(), path()), (1, format!("{ACCOUNTS}/cus_2")));
}

#[wasm_bindgen_test]
async fn what_was_not_created_is_sent_again_when_the_user_says_so() {
    let _stage = not_known(list(&[])).await;
    on_get(ACCOUNTS, list(&[]));
    press(CHECK).await;
    see(NOT_FOUND).await;
    see("could make a duplicate").await;
    see_focus_on("Check again").await;
    on_post(ACCOUNTS, Answer::Later);
    press("Send again").await;
    see_focus_on("Saving…").await;
    assert!(!shows(NOT_FOUND));
    release(Ok(acme::created())).await;
    see_page("ACME Corp Billing").await;
    assert_eq!(posts().len(), 2);
    assert_eq!(posts()[0].body, posts()[1].body);
    assert_eq!(kept(DRAFT), None);
}

#[wasm_bindgen_test]
async fn one_press_of_check_asks_once() {
    let _stage = not_known(list(&[])).await;
    let asked = gets().len();
    on_get(ACCOUNTS, Answer::Later);
    press(CHECK).await;
    let checking = find("Checking…").await;
    checking.click();
    checking.click();
    release(Ok(reply(200, r#"{"data":[]}"#))).await;
    see(NOT_FOUND).await;
    assert_eq!((gets().len(), posts().len()), (asked + 1, 1));
}

/// A refusal of the second was taken for the end of the first.
#[wasm_bindgen_test]
async fn a_refused_second_attempt_does_not_hide_that_the_first_is_not_known() {
    let _stage = not_known(list(&[])).await;
    on_get(ACCOUNTS, list(&[]));
    press(CHECK).await;
    on_post(ACCOUNTS, answer(422, r#"{"message":"No.","errors":{"name":["Taken."]}}"#));
    press("Send again").await;
    assert_eq!(see_summary().await, ["Taken."]);
    assert_eq!(error("Name").as_deref(), Some("Taken."));
    see(EARLIER).await;
    fill("Name", "Acme 2").await;
    on_get(ACCOUNTS, list(&[account("cus_2", "Acme", 1.0)]));
    press(CHECK).await;
    see_page("Acme").await;
    assert_eq!(posts().len(), 2);
}

#[wasm_bindgen_test]
async fn of_two_attempts_without_an_answer_either_may_be_found() {
    for found in ["Acme", "Acme 2"] {
        let _stage = not_known(list(&[])).await;
        on_get(ACCOUNTS, list(&[]));
        press(CHECK).await;
        press("Back to the form").await;
        see(EARLIER).await;
        settle("the focus in the form", || focused().id() == "name").await;
        fill("Name", "Acme 2").await;
        on_post(ACCOUNTS, answer(504, ""));
        press(SAVE).await;
        see(PERHAPS).await;
        on_get(ACCOUNTS, list(&[account("cus_2", found, 1.0)]));
        press(CHECK).await;
        see_page(found).await;
        assert_eq!(posts().len(), 2);
    }
}

#[wasm_bindgen_test]
async fn a_check_that_fails_says_why_and_locks_nobody_in() {
    let cases = [
        (answer(403, ""), "You are not allowed to do this"),
        (answer(404, ""), "Not found"),
        (answer(500, ""), "The API failed (status 500)"),
        (answer(200, "<p>"), "The answer couldn’t be read"),
        (lost(NetworkError::Timeout), "did not answer in time"),
    ];
    for (failure, said) in cases {
        let _stage = not_known(list(&[])).await;
        on_get(ACCOUNTS, failure);
        press(CHECK).await;
        see("It could not be checked").await;
        see(said).await;
        see("there may be two accounts").await;
        find("Check again").await;
        find("Back to the form").await;
        on_post(ACCOUNTS, acme::creates());
        press("Send again").await;
        see_page("ACME Corp Billing").await;
        assert_eq!(posts().len(), 2);
    }
}

#[wasm_bindgen_test]
async fn an_attempt_in_mid_flight_survives_a_reload() {
    let stage = open(NEW);
    on_get(ACCOUNTS, list(&[account("cus_1", "Acme", -1.0)]));
    acme::fill_in_what_is_required().await;
    fill("City", " Köln ").await;
    on_post(ACCOUNTS, Answer::Later);
    press(SAVE).await;
    see("Saving…").await;
    assert!(kept(DRAFT).is_some_and(|text| text.contains("\"sent\"")), "it is kept before there is an answer");
    for _ in 0..2 {
        let before = aside();
        reload(&stage);
        see("The page was left before the API answered").await;
        settle("the accounts of the workspace are asked for, and two things more", || aside() >= before + 3).await;
        assert_eq!([value("Name"), value("Email"), value("City")], ["Acme", "billing@acme.com", " Köln "]);
        assert!(control("Name").has_attribute("readonly"));
        for locked in [control("Country"), find(SAVE).await] {
            assert_eq!(locked.get_attribute("aria-disabled").as_deref(), Some("true"), "{}", locked.tag_name());
        }
        assert!(!shows("Draft restored"));
    }
    let mut created = account("cus_2", "Acme", 1.0);
    created["address"] = json!({ "city": "Köln" });
    on_get(ACCOUNTS, list(&[account("cus_1", "Acme", -1.0), created]));
    press(CHECK).await;
    see_page("Acme").await;
    assert_eq!((posts().len(), path()), (1, format!("{ACCOUNTS}/cus_2")));
    assert_eq!(kept(DRAFT), None);
}

#[wasm_bindgen_test]
async fn an_answer_after_the_page_was_left_moves_nobody_and_puts_right_what_is_kept() {
    let ends = [
        (acme::created(), ""),
        (reply(201, "{}"), ""),
        (reply(422, ""), "Draft restored"),
        (reply(500, ""), "The page was left before the API answered"),
    ];
    for (answer, end) in ends {
        let stage = open(NEW);
        acme::fill_in_what_is_required().await;
        on_post(ACCOUNTS, Answer::Later);
        press(SAVE).await;
        see("Saving…").await;
        on_get("/workspaces", self::answer(200, r#"{"data":[]}"#));
        press("Altostrat Billing").await;
        press("Leave").await;
        see_page("Choose a workspace").await;
        find("Open workspace").await;
        let before = kept(DRAFT);
        let changes = answer.status != 500;
        release(Ok(answer)).await;
        settle("it is put right", || (kept(DRAFT) != before) == changes).await;
        assert_eq!(path(), "/");

        reload_as(&stage, "auth0|1", NEW);
        see(end).await;
        assert_eq!(find(SAVE).await.get_attribute("type").as_deref(), Some("submit"));
        assert_eq!(value("Name"), if end.is_empty() { "" } else { "Acme" });
        assert_eq!(shows("before the API answered"), !changes);
    }
}

#[wasm_bindgen_test]
async fn a_yes_that_cannot_be_read_leaves_nothing_to_send_again() {
    let stage = open(NEW);
    acme::fill_in_what_is_required().await;
    on_post(ACCOUNTS, answer(201, "{}"));
    press(SAVE).await;
    see("Saved, but the details could not be shown").await;
    assert_eq!(kept(DRAFT), None);
    reload(&stage);
    find(SAVE).await;
    assert_eq!(value("Name"), "");
}

#[wasm_bindgen_test]
async fn a_reminder_of_an_earlier_attempt_can_be_dismissed() {
    let stage = not_known(list(&[])).await;
    on_get(ACCOUNTS, list(&[]));
    press(CHECK).await;
    press("Back to the form").await;
    see(EARLIER).await;
    press("Dismiss").await;
    settle("no reminder", || !shows(EARLIER)).await;
    reload(&stage);
    see("Draft restored").await;
    assert_eq!(value("Name"), "Acme");
    assert!(!shows(PERHAPS) && !shows(EARLIER));
}

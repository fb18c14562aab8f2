//! A create without a reply: the form is locked, a check looks for the account, and only the user can send it again.

use billing_admin::api::transport::NetworkError;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{
    MockResponse, background_requests, gets, network_error, on_get, on_post, posts, resolve_next, respond_with,
    response,
};
use crate::harness::app::{open, path, reload, reload_as};
use crate::harness::fixtures::{
    ACCOUNTS_PATH, CREATE, NEW_PATH, account_created_at, created_response, list_of, respond_created,
};
use crate::harness::form::fill_required_fields;
use crate::harness::page::{control, error, focused, query_all, shows, text_of, value};
use crate::harness::scenarios::{
    CHECK_CREATED, DRAFT_RESTORED, EARLIER_ATTEMPT, INTERRUPTED, UNKNOWN_CREATE, open_unknown_outcome,
};
use crate::harness::storage::{NEW_DRAFT, stored_draft};
use crate::harness::user::{fill, find, press, press_key, see, see_focus_on, see_page, see_summary};
use crate::harness::wait::wait_for;

const NOT_FOUND: &str = "It isn’t in the list of accounts yet";

#[wasm_bindgen_test]
async fn a_check_finds_and_opens_an_account_that_was_created() {
    let _app = open_unknown_outcome(list_of(&[])).await;
    assert!(control("Name").has_attribute("readonly"), "the sent values cannot be edited");
    press(CREATE).await;
    press_key("Name", "Enter", false).await;
    see_focus_on(CHECK_CREATED).await;
    assert_eq!(posts().len(), 1, "neither the button nor Enter repeats the request");

    on_get(
        ACCOUNTS_PATH,
        list_of(&[account_created_at("cus_9", "Other", 1.0), account_created_at("cus_2", "Acme", 1.0)]),
    );
    press(CHECK_CREATED).await;
    see_page("Acme").await;
    see("Billing account created").await;
    assert_eq!((posts().len(), path()), (1, format!("{ACCOUNTS_PATH}/cus_2")));
    assert_eq!(stored_draft(NEW_DRAFT), None);
}

#[wasm_bindgen_test]
async fn an_account_that_existed_before_is_not_a_match() {
    // The server's clock is ahead, so the timestamp alone makes the account look new.
    let old = account_created_at("cus_1", "Acme", 60.0);
    let _app = open_unknown_outcome(list_of(std::slice::from_ref(&old))).await;
    on_get(ACCOUNTS_PATH, list_of(std::slice::from_ref(&old)));
    press(CHECK_CREATED).await;
    see(NOT_FOUND).await;
    see("existed before").await;
    let link = query_all("a[href]").into_iter().find(|link| text_of(link).starts_with("Acme, created"));
    assert_eq!(link.and_then(|link| link.get_attribute("href")), Some(format!("{ACCOUNTS_PATH}/cus_1")));

    on_get(ACCOUNTS_PATH, list_of(&[old, account_created_at("cus_2", "Acme", 1.0)]));
    press("Check again").await;
    see_page("Acme").await;
    assert_eq!((posts().len(), path()), (1, format!("{ACCOUNTS_PATH}/cus_2")));
}

#[wasm_bindgen_test]
async fn an_account_that_was_not_created_can_be_sent_again() {
    let _app = open_unknown_outcome(list_of(&[])).await;
    on_get(ACCOUNTS_PATH, list_of(&[]));
    press(CHECK_CREATED).await;
    see(NOT_FOUND).await;
    see("could make a duplicate").await;
    see_focus_on("Check again").await;
    on_post(ACCOUNTS_PATH, MockResponse::Deferred);
    press("Create anyway").await;
    see_focus_on("Saving…").await;
    assert!(!shows(NOT_FOUND));
    resolve_next(Ok(created_response())).await;
    see_page("ACME Corp Billing").await;
    assert_eq!(posts().len(), 2);
    assert_eq!(posts()[0].body, posts()[1].body);
    assert_eq!(stored_draft(NEW_DRAFT), None);
}

#[wasm_bindgen_test]
async fn repeated_presses_of_check_send_one_request() {
    let _app = open_unknown_outcome(list_of(&[])).await;
    let asked = gets().len();
    on_get(ACCOUNTS_PATH, MockResponse::Deferred);
    press(CHECK_CREATED).await;
    let checking = find("Checking…").await;
    checking.click();
    checking.click();
    resolve_next(Ok(response(200, r#"{"data":[]}"#))).await;
    see(NOT_FOUND).await;
    assert_eq!((gets().len(), posts().len()), (asked + 1, 1));
}

/// The rejection of the second attempt was once taken for the result of the first.
#[wasm_bindgen_test]
async fn a_rejected_resend_keeps_the_first_attempt_unknown() {
    let _app = open_unknown_outcome(list_of(&[])).await;
    on_get(ACCOUNTS_PATH, list_of(&[]));
    press(CHECK_CREATED).await;
    on_post(ACCOUNTS_PATH, respond_with(422, r#"{"message":"No.","errors":{"name":["Taken."]}}"#));
    press("Create anyway").await;
    assert_eq!(see_summary().await, ["Taken."]);
    assert_eq!(error("Name").as_deref(), Some("Taken."));
    see(EARLIER_ATTEMPT).await;
    fill("Name", "Acme 2").await;
    on_get(ACCOUNTS_PATH, list_of(&[account_created_at("cus_2", "Acme", 1.0)]));
    press(CHECK_CREATED).await;
    see_page("Acme").await;
    assert_eq!(posts().len(), 2);
}

#[wasm_bindgen_test]
async fn a_check_finds_either_of_two_unanswered_saves() {
    for name in ["Acme", "Acme 2"] {
        let _app = open_unknown_outcome(list_of(&[])).await;
        on_get(ACCOUNTS_PATH, list_of(&[]));
        press(CHECK_CREATED).await;
        press("Edit details").await;
        see(EARLIER_ATTEMPT).await;
        wait_for("the focus in the form", || focused().id() == "name").await;
        fill("Name", "Acme 2").await;
        on_post(ACCOUNTS_PATH, respond_with(504, ""));
        press(CREATE).await;
        see(UNKNOWN_CREATE).await;
        find(CHECK_CREATED).await;
        on_get(ACCOUNTS_PATH, list_of(&[account_created_at("cus_2", name, 1.0)]));
        press(CHECK_CREATED).await;
        see_page(name).await;
        assert_eq!(posts().len(), 2);
    }
}

#[wasm_bindgen_test]
async fn a_failed_check_gives_a_reason_and_every_way_on() {
    let cases = [
        (respond_with(403, ""), "You don’t have permission to do this"),
        (respond_with(404, ""), "Workspace not found"),
        (respond_with(500, ""), "Something went wrong at Altostrat"),
        (respond_with(200, "<p>"), "The response couldn’t be read"),
        (network_error(NetworkError::Timeout), "took too long to respond"),
    ];
    for (failure, message) in cases {
        let _app = open_unknown_outcome(list_of(&[])).await;
        on_get(ACCOUNTS_PATH, failure);
        press(CHECK_CREATED).await;
        see("We couldn’t check.").await;
        see(message).await;
        see("so you don’t create it twice").await;
        find("Check again").await;
        find("Edit details").await;
        on_post(ACCOUNTS_PATH, respond_created());
        press("Create anyway").await;
        see_page("ACME Corp Billing").await;
        assert_eq!(posts().len(), 2);
    }
}

#[wasm_bindgen_test]
async fn an_unanswered_create_survives_a_reload() {
    let app = open(NEW_PATH);
    on_get(ACCOUNTS_PATH, list_of(&[account_created_at("cus_1", "Acme", -1.0)]));
    fill_required_fields().await;
    fill("City", " Köln ").await;
    on_post(ACCOUNTS_PATH, MockResponse::Deferred);
    press(CREATE).await;
    see("Saving…").await;
    assert!(
        stored_draft(NEW_DRAFT).is_some_and(|text| text.contains("\"sent\"")),
        "the attempt is stored before the reply"
    );
    for _ in 0..2 {
        let before = background_requests();
        reload(&app);
        see(INTERRUPTED).await;
        wait_for("three background requests", || background_requests() >= before + 3).await;
        assert_eq!([value("Name"), value("Email"), value("City")], ["Acme", "billing@acme.com", " Köln "]);
        assert!(control("Name").has_attribute("readonly"));
        for locked in [control("Country"), find(CREATE).await] {
            assert_eq!(locked.get_attribute("aria-disabled").as_deref(), Some("true"), "{}", locked.tag_name());
        }
        assert!(!shows("Draft restored"));
    }
    let mut created = account_created_at("cus_2", "Acme", 1.0);
    created["address"] = json!({ "city": "Köln" });
    find(CHECK_CREATED).await;
    on_get(ACCOUNTS_PATH, list_of(&[account_created_at("cus_1", "Acme", -1.0), created]));
    press(CHECK_CREATED).await;
    see_page("Acme").await;
    assert_eq!((posts().len(), path()), (1, format!("{ACCOUNTS_PATH}/cus_2")));
    assert_eq!(stored_draft(NEW_DRAFT), None);
}

#[wasm_bindgen_test]
async fn a_late_reply_to_a_create_updates_only_the_draft() {
    let ends = [
        (created_response(), ""),
        (response(201, "{}"), ""),
        (response(422, ""), "Draft restored"),
        (response(500, ""), INTERRUPTED),
    ];
    for (answer, end) in ends {
        let app = open(NEW_PATH);
        fill_required_fields().await;
        on_post(ACCOUNTS_PATH, MockResponse::Deferred);
        press(CREATE).await;
        see("Saving…").await;
        on_get("/workspaces", respond_with(200, r#"{"data":[]}"#));
        press("Altostrat Billing").await;
        press("Leave").await;
        see_page("Choose a workspace").await;
        find("Open workspace").await;
        let before = stored_draft(NEW_DRAFT);
        let changes = answer.status != 500;
        resolve_next(Ok(answer)).await;
        wait_for("the stored draft is updated", || (stored_draft(NEW_DRAFT) != before) == changes).await;
        assert_eq!(path(), "/");
        assert!(!shows("ACME Corp Billing"));

        reload_as(&app, "auth0|1", NEW_PATH);
        see(end).await;
        assert_eq!(find(CREATE).await.get_attribute("type").as_deref(), Some("submit"));
        assert_eq!(value("Name"), if end.is_empty() { "" } else { "Acme" });
        assert_eq!(shows(INTERRUPTED), !changes);
    }
}

#[wasm_bindgen_test]
async fn a_success_without_an_id_leaves_no_draft() {
    for status in [200, 201] {
        let app = open(NEW_PATH);
        fill_required_fields().await;
        on_post(ACCOUNTS_PATH, respond_with(status, r#"{"name":"Acme"}"#));
        press(CREATE).await;
        see("Saved, but the details couldn’t be shown").await;
        see("The account was created, so don’t create it again.").await;
        assert_eq!(stored_draft(NEW_DRAFT), None);
        reload(&app);
        find(CREATE).await;
        assert_eq!(value("Name"), "");
    }
}

#[wasm_bindgen_test]
async fn a_reminder_of_an_earlier_attempt_can_be_dismissed() {
    let app = open_unknown_outcome(list_of(&[])).await;
    on_get(ACCOUNTS_PATH, list_of(&[]));
    press(CHECK_CREATED).await;
    press("Edit details").await;
    see(EARLIER_ATTEMPT).await;
    press("Dismiss").await;
    wait_for("no reminder", || !shows(EARLIER_ATTEMPT)).await;
    reload(&app);
    see(DRAFT_RESTORED).await;
    assert_eq!(value("Name"), "Acme");
    assert!(!shows(UNKNOWN_CREATE) && !shows(EARLIER_ATTEMPT));
}

#[wasm_bindgen_test]
async fn three_presses_of_send_again_send_one_request() {
    let _app = open_unknown_outcome(list_of(&[])).await;
    on_get(ACCOUNTS_PATH, list_of(&[]));
    press(CHECK_CREATED).await;
    see(NOT_FOUND).await;
    on_post(ACCOUNTS_PATH, MockResponse::Deferred);
    let resend = find("Create anyway").await;
    (0..3).for_each(|_| resend.click());
    see("Saving…").await;
    assert_eq!(posts().len(), 2);
}

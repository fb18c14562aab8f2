//! Deleting an account: the confirmation by name, the single request, and its outcome.

use billing_admin::api::transport::NetworkError;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{
    MockResponse, deletes, network_error, on_delete, on_get, requests, resolve_next, respond_with, response,
};
use crate::harness::app::open;
use crate::harness::delete_dialog::{
    ACCOUNT_NAME, CHECK_DELETED, CONFIRM_NAME, DELETE, open_confirmed_delete, open_delete_dialog, see_list_with,
};
use crate::harness::dialog::{dialog_is_open, press_escape};
use crate::harness::fixtures::{
    ACCOUNT, ACCOUNT_NOT_FOUND, ACCOUNT_PATH, ACCOUNTS_PATH, EMPTY_LIST, MEMBERS_PATH, members_with_role,
};
use crate::harness::page::{control, error, focused, has_focus, query, query_in, shows, text_of, value};
use crate::harness::storage::{ACCOUNT_DRAFT, draft_key, session_storage, stored_draft};
use crate::harness::tokens::{YEAR_2100, token};
use crate::harness::user::{fill, find, press, press_key, see, see_focus_on};
use crate::harness::wait::wait_for;

const ACTIVE_SUBSCRIPTIONS: &str = include_str!("../../../sandbox/fixtures/error_active_subscriptions_exist.json");

#[wasm_bindgen_test]
async fn the_dialog_names_the_account_and_asks_for_its_name() {
    let _app = open_delete_dialog(ACCOUNT).await;
    let dialog = query("dialog[open]").unwrap();
    assert_eq!(dialog.get_attribute("aria-labelledby").as_deref(), Some("delete-title"));
    for message in [ACCOUNT_NAME, "cus_a1b2c3d4e5f6g7h8", "You can’t undo this", "an active subscription"] {
        assert!(text_of(&dialog).contains(message), "{message}");
    }
    wait_for("the focus in the name field", || has_focus(&control(CONFIRM_NAME))).await;
    for wrong in ["", "acme corp billing", "ACME Corp", "cus_a1b2c3d4e5f6g7h8"] {
        fill(CONFIRM_NAME, wrong).await;
        press(DELETE).await;
        assert_eq!(error(CONFIRM_NAME).as_deref(), Some("Enter “ACME Corp Billing” to confirm"), "{wrong}");
        wait_for("the focus in the name field", || has_focus(&control(CONFIRM_NAME))).await;
    }
    assert!(deletes().is_empty());
}

#[wasm_bindgen_test]
async fn a_delete_returns_to_the_list_with_a_confirmation() {
    let _app = open_delete_dialog(ACCOUNT).await;
    fill(CONFIRM_NAME, &format!(" {ACCOUNT_NAME} ")).await;
    session_storage().set_item(&draft_key(ACCOUNT_DRAFT), "an unanswered save").unwrap();
    on_delete(ACCOUNT_PATH, respond_with(204, ""));
    on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
    press(DELETE).await;
    see_list_with("Billing account deleted").await;
    assert!(shows("ACME Corp Billing was deleted.") && !dialog_is_open());
    assert!(deletes()[0].body.is_null());
    assert_eq!(stored_draft(ACCOUNT_DRAFT), None, "the unanswered save is removed");
}

#[wasm_bindgen_test]
async fn deleting_a_missing_account_says_it_was_already_gone() {
    let _app = open_confirmed_delete().await;
    on_delete(ACCOUNT_PATH, respond_with(404, ACCOUNT_NOT_FOUND));
    on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
    press(DELETE).await;
    see_list_with("Billing account already deleted").await;
    assert!(!shows("Billing account deleted"));
}

#[wasm_bindgen_test]
async fn an_account_with_a_subscription_stays_with_the_reason() {
    let _app = open_confirmed_delete().await;
    on_delete(ACCOUNT_PATH, respond_with(422, ACTIVE_SUBSCRIPTIONS));
    press(DELETE).await;
    see("This account can’t be deleted").await;
    assert!(shows("The account wasn’t deleted.") && shows("Cancel its active subscriptions first"));
    assert!(text_of(&focused()).contains("This account can’t be deleted"), "the notice has the focus");
    let link = find("About this error (opens in a new tab)").await;
    let url = "https://docs.altostrat.io/errors/active_subscriptions_exist";
    assert_eq!(link.get_attribute("href").as_deref(), Some(url));
    assert!(dialog_is_open() && value(CONFIRM_NAME) == ACCOUNT_NAME);

    delete_at_the_second_attempt().await;
}

/// Presses "Delete" in the open dialog again, and the API deletes the account.
async fn delete_at_the_second_attempt() {
    on_delete(ACCOUNT_PATH, respond_with(204, ""));
    on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
    press(DELETE).await;
    see("Billing account deleted").await;
    assert_eq!(deletes().len(), 2);
}

#[wasm_bindgen_test]
async fn a_check_confirms_an_unanswered_delete() {
    let failures = [
        network_error(NetworkError::Failed),
        network_error(NetworkError::Timeout),
        respond_with(500, ""),
        respond_with(502, ""),
        respond_with(408, ""),
    ];
    for failure in failures {
        let _app = open_confirmed_delete().await;
        on_delete(ACCOUNT_PATH, failure);
        press(DELETE).await;
        see("We don’t know yet whether the account was deleted.").await;
        assert!(text_of(&focused()).contains("We don’t know yet"), "the notice has the focus");
        assert!(!shows(DELETE), "only the check can be sent");
        let first = query_in(&query("dialog").unwrap(), "button").into_iter().find(|button| {
            button
                .parent_element()
                .is_some_and(|parent| parent.class_name() == "actions" && !parent.has_attribute("hidden"))
        });
        assert_eq!(first.as_ref().map(text_of).as_deref(), Some(CHECK_DELETED));
        on_get(ACCOUNT_PATH, respond_with(404, ACCOUNT_NOT_FOUND));
        on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
        press(CHECK_DELETED).await;
        see_list_with("Billing account deleted").await;
    }
}

#[wasm_bindgen_test]
async fn an_account_that_is_still_there_can_be_deleted_again() {
    let _app = open_confirmed_delete().await;
    on_delete(ACCOUNT_PATH, network_error(NetworkError::Failed));
    press(DELETE).await;
    see("We don’t know yet").await;
    on_get(ACCOUNT_PATH, respond_with(500, ""));
    press(CHECK_DELETED).await;
    see("We don’t know yet whether the account was deleted").await;
    assert!(!shows(DELETE));
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    press(CHECK_DELETED).await;
    see("It’s still there").await;
    assert!(!shows("We don’t know yet"));
    wait_for("the focus in the name field", || has_focus(&control(CONFIRM_NAME))).await;
    assert_eq!(value(CONFIRM_NAME), ACCOUNT_NAME);
    delete_at_the_second_attempt().await;
}

/// The dialog once forgot the sent request when it was closed.
#[wasm_bindgen_test]
async fn closing_the_dialog_keeps_the_unknown_outcome() {
    let _app = open_confirmed_delete().await;
    on_delete(ACCOUNT_PATH, network_error(NetworkError::Timeout));
    press(DELETE).await;
    see("We don’t know yet").await;
    press("Close").await;
    assert!(!dialog_is_open());
    press("Delete").await;
    see("We don’t know yet").await;
    assert!(dialog_is_open() && !shows(DELETE));
    find(CHECK_DELETED).await;
}

#[wasm_bindgen_test]
async fn repeated_presses_while_deleting_send_one_request() {
    let _app = open_confirmed_delete().await;
    on_delete(ACCOUNT_PATH, MockResponse::Deferred);
    press(DELETE).await;
    for _ in 0..2 {
        press("Deleting…").await;
        press_key(CONFIRM_NAME, "Enter", false).await;
        press_escape().await;
        press("Cancel").await;
    }
    assert!(dialog_is_open() && control(CONFIRM_NAME).has_attribute("readonly"), "the dialog waits for the reply");
    on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
    resolve_next(Ok(response(204, ""))).await;
    see_list_with("Billing account deleted").await;
}

/// The second press comes before the page can change.
#[wasm_bindgen_test]
async fn two_presses_in_one_task_send_one_request() {
    let _app = open_confirmed_delete().await;
    on_delete(ACCOUNT_PATH, MockResponse::Deferred);
    let button = find(DELETE).await;
    button.click();
    button.click();
    on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
    wait_for("the request", || !deletes().is_empty()).await;
    resolve_next(Ok(response(204, ""))).await;
    see_list_with("Billing account deleted").await;
}

#[wasm_bindgen_test]
async fn escape_and_cancel_close_the_dialog_and_send_nothing() {
    let _app = open_delete_dialog(ACCOUNT).await;
    press_escape().await;
    assert!(!dialog_is_open());
    see_focus_on("More actions").await;
    press("Delete").await;
    press("Cancel").await;
    assert!(!dialog_is_open() && deletes().is_empty());
    see_focus_on("More actions").await;
}

#[wasm_bindgen_test]
async fn after_an_expired_session_the_user_can_delete_again() {
    let _app = open_confirmed_delete().await;
    on_delete(ACCOUNT_PATH, respond_with(401, "{}"));
    press(DELETE).await;
    see("Your session has ended").await;
    fill("Token", &token("Ada Lovelace", YEAR_2100 - 1.0)).await;
    press("Sign in").await;
    wait_for("the delete dialog", || !shows("Your session has ended")).await;
    see("You’re signed in again").await;
    assert!(!shows("no longer accepts your session") && value(CONFIRM_NAME) == ACCOUNT_NAME);
    on_delete(ACCOUNT_PATH, respond_with(204, ""));
    on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
    press(DELETE).await;
    see("Billing account deleted").await;
    assert_eq!(requests().iter().filter(|request| request.path == ACCOUNT_PATH).count(), 3, "one GET, two DELETEs");
}

#[wasm_bindgen_test]
async fn an_account_without_a_name_is_confirmed_by_id() {
    let _app = open_delete_dialog(r#"{"id":"cus_a1b2c3d4e5f6g7h8","name":" "}"#).await;
    fill("Type the account’s ID to confirm", "cus_a1b2c3d4e5f6g7h8").await;
    on_delete(ACCOUNT_PATH, respond_with(204, ""));
    on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
    press(DELETE).await;
    see("Billing account deleted").await;
}

/// Keyboards lack these characters, so text that looks the same is accepted.
#[wasm_bindgen_test]
async fn a_name_with_special_characters_is_confirmed_without_them() {
    for (name, typed) in [
        ("Acme\u{A0}Corp", "Acme Corp"),
        ("Acme\u{200B} Corp", "Acme Corp"),
        ("Cafe\u{301} 1", "Caf\u{E9} 1"),
        ("Acme  Corp", "Acme Corp"),
        ("O\u{2019}Neil \u{2013} \u{201C}HQ\u{201D}", "O'Neil - \"HQ\""),
    ] {
        let _app =
            open_delete_dialog(&serde_json::json!({ "id": "cus_a1b2c3d4e5f6g7h8", "name": name }).to_string()).await;
        for wrong in [typed.to_lowercase(), typed.replace(' ', "")] {
            fill(CONFIRM_NAME, &wrong).await;
            press(DELETE).await;
            wait_for("an error", || error(CONFIRM_NAME).is_some()).await;
        }
        fill(CONFIRM_NAME, typed).await;
        on_delete(ACCOUNT_PATH, respond_with(204, ""));
        on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
        press(DELETE).await;
        see_list_with("Billing account deleted").await;
    }
}

#[wasm_bindgen_test]
async fn a_viewer_has_no_delete_button() {
    let _app = open(ACCOUNT_PATH);
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    on_get(MEMBERS_PATH, respond_with(200, members_with_role("viewer")));
    see("View only.").await;
    see(ACCOUNT_NAME).await;
    assert!(!shows("Delete"));
    find("Copy as JSON").await;
}

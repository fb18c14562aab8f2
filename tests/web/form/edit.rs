//! The edit form: only the changes are sent, after a refetch that finds changes by other users.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{on_get, on_patch, patches, respond_with};
use crate::harness::app::path;
use crate::harness::fixtures::{ACCOUNT, ACCOUNT_PATH, SAVE_CHANGES, account_with};
use crate::harness::page::{error, focused, query_all, shows, text_of, value};
use crate::harness::scenarios::{open_edit, open_edit_of};
use crate::harness::user::{erase_last, fill, press, see, see_page, see_summary, type_in};
use crate::harness::wait::wait_for;

#[wasm_bindgen_test]
async fn a_save_sends_only_the_changes_and_opens_the_account() {
    let _app = open_edit().await;
    assert_eq!(value("Description"), "For US-based operations");
    fill("Name", " ACME Corp (International) ").await;
    fill("Phone", "").await;
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    on_patch(ACCOUNT_PATH, respond_with(200, account_with(&[("/name", "ACME Corp (International)"), ("/phone", "")])));
    press(SAVE_CHANGES).await;
    see_page("ACME Corp (International)").await;
    see("Billing account updated").await;
    assert_eq!(path(), ACCOUNT_PATH);
    assert_eq!(patches().len(), 1);
    assert_eq!(patches()[0].body, json!({ "name": "ACME Corp (International)", "phone": null }));
}

#[wasm_bindgen_test]
async fn a_changed_address_part_sends_the_whole_address() {
    let _app = open_edit().await;
    fill("City", "Oakland").await;
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    on_patch(ACCOUNT_PATH, respond_with(200, account_with(&[("/address/city", "Oakland")])));
    press(SAVE_CHANGES).await;
    see("Billing account updated").await;
    let mut address = serde_json::from_str::<Value>(ACCOUNT).unwrap()["address"].take();
    address["city"] = "Oakland".into();
    assert_eq!(patches()[0].body, json!({ "address": address }));
}

#[wasm_bindgen_test]
async fn a_save_without_changes_sends_nothing_and_says_so() {
    let _app = open_edit().await;
    fill("Name", "ACME Corp Billing ").await;
    press(SAVE_CHANGES).await;
    see("No changes to save").await;
    assert!(patches().is_empty());
    // A screen reader announces changes only, so the same message has to disappear first.
    press(SAVE_CHANGES).await;
    wait_for("the message disappears", || !shows("No changes to save")).await;
    see("No changes to save").await;
}

#[wasm_bindgen_test]
async fn a_change_with_an_error_is_not_sent() {
    let _app = open_edit().await;
    fill("Email", "billing").await;
    press(SAVE_CHANGES).await;
    assert_eq!(see_summary().await, ["Enter an email address in the correct format, like name@example.com"]);
    assert!(patches().is_empty() && error("Name").is_none());
}

#[wasm_bindgen_test]
async fn a_field_that_both_users_changed_is_a_conflict() {
    for (choice, chosen) in [("Keep mine for Name", "Mine"), ("Take theirs for Name", "Theirs")] {
        let _app = open_edit().await;
        fill("Name", "Mine").await;
        fill("Phone", "1").await;
        on_get(ACCOUNT_PATH, respond_with(200, account_with(&[("/name", "Theirs")])));
        press(SAVE_CHANGES).await;
        see("This account was updated while you were editing").await;
        assert!(patches().is_empty());
        let values: Vec<_> = query_all(".conflict-values div").iter().map(text_of).collect();
        assert_eq!(values, ["OriginalACME Corp Billing", "YoursMine", "TheirsTheirs"]);
        press(SAVE_CHANGES).await;
        see("Pick a value for each field first").await;
        assert!(patches().is_empty() && focused().class_name().contains("notice-warning"));
        press(choice).await;
        assert_eq!(value("Name"), chosen);
        wait_for("the message disappears", || !shows("Pick a value for each field first")).await;

        on_get(ACCOUNT_PATH, respond_with(200, account_with(&[("/name", "Theirs")])));
        on_patch(ACCOUNT_PATH, respond_with(200, account_with(&[("/name", chosen), ("/phone", "1")])));
        press(SAVE_CHANGES).await;
        see_page(chosen).await;
        let sent = if chosen == "Mine" { json!({ "name": "Mine", "phone": "1" }) } else { json!({ "phone": "1" }) };
        assert_eq!(patches()[0].body, sent);
    }
}

#[wasm_bindgen_test]
async fn a_stored_name_beyond_the_limit_does_not_block_other_changes() {
    let stored = account_with(&[("/name", &"x".repeat(150))]);
    let _app = open_edit_of(&stored).await;
    fill("Phone", "1").await;
    on_get(ACCOUNT_PATH, respond_with(200, stored.clone()));
    on_patch(ACCOUNT_PATH, respond_with(200, stored));
    press(SAVE_CHANGES).await;
    see("Billing account updated").await;
    assert_eq!(patches()[0].body, json!({ "phone": "1" }));
}

/// The select was once blank, because the country of the other user was not one of its options.
#[wasm_bindgen_test]
async fn an_unlisted_country_from_another_user_is_shown() {
    let _app = open_edit().await;
    fill("Name", "Mine").await;
    fill("Phone", "1").await;
    on_get(ACCOUNT_PATH, respond_with(200, account_with(&[("/name", "Theirs"), ("/address/country", "XK")])));
    press(SAVE_CHANGES).await;
    see("Also updated: Country.").await;
    assert_eq!(value("Country"), "XK");
}

#[wasm_bindgen_test]
async fn an_error_on_the_read_only_currency_is_in_the_summary() {
    let _app = open_edit().await;
    fill("Name", "Mine").await;
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    on_patch(
        ACCOUNT_PATH,
        respond_with(422, r#"{"message":"No.","errors":{"currency":["The currency cannot change."]}}"#),
    );
    press(SAVE_CHANGES).await;
    assert_eq!(see_summary().await, ["The currency cannot change."]);
    fill("Name", "ACME Corp Billing").await;
    press(SAVE_CHANGES).await;
    see("No changes to save").await;
    assert!(!shows("There is a problem") && !shows("The currency cannot change."));
}

#[wasm_bindgen_test]
async fn a_save_without_a_refetch_names_the_sent_fields() {
    for (label, key, named) in [("Name", "/name", "Name"), ("City", "/address/city", "Address")] {
        for failure in [403, 500] {
            let _app = open_edit().await;
            fill(label, "Mine").await;
            on_get(ACCOUNT_PATH, respond_with(failure, ""));
            on_patch(ACCOUNT_PATH, respond_with(200, account_with(&[(key, "Mine")])));
            press(SAVE_CHANGES).await;
            see(&format!("Check that these are still right: {named}.")).await;
            assert_eq!(patches().len(), 1);
        }
    }
}

#[wasm_bindgen_test]
async fn windows_line_endings_are_not_a_change() {
    let _app = open_edit_of(&account_with(&[("/description", "one\r\ntwo\rthree")])).await;
    type_in("Description", "x").await;
    erase_last("Description").await;
    assert!(shows("No changes yet"));
    press(SAVE_CHANGES).await;
    see("No changes to save").await;
    assert!(patches().is_empty());
}

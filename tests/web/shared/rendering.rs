//! Page changes: one account or workspace inherits nothing from another, lists keep the focus, and selects show their value.

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{
    MockResponse, deletes, on_delete, on_get, on_patch, patches, resolve_next, respond_with, response,
};
use crate::harness::app::{open, path, reload};
use crate::harness::channel::{account_event, broadcast};
use crate::harness::delete_dialog::{ACCOUNT_NAME, CONFIRM_NAME, DELETE};
use crate::harness::fixtures::{
    ACCOUNT, ACCOUNT_PATH, ACCOUNTS_PATH, NEW_PATH, OTHER_ACCOUNT, OTHER_ACCOUNT_PATH, SAVE_CHANGES, account_with,
};
use crate::harness::page::{control, error, focused, query, query_all, query_in, shows, text_of, value};
use crate::harness::scenarios::{DRAFT_RESTORED, go, open_edit, open_edit_of};
use crate::harness::storage::{NEW_DRAFT, stored_draft};
use crate::harness::user::{choose, fill, find, follow_link, options, press, see, see_page, see_summary};
use crate::harness::wait::wait_for;

/// Opens the delete dialog and confirms with a wrong name.
async fn confirm_wrong_name() {
    press("Delete").await;
    fill(CONFIRM_NAME, "Not its name").await;
    press(DELETE).await;
    assert!(error(CONFIRM_NAME).is_some());
}

/// Waits for the delete dialog in its initial state.
async fn see_fresh_dialog(name: &str) {
    see(&format!("This deletes {name}.")).await;
    assert_eq!((value(CONFIRM_NAME).as_str(), error(CONFIRM_NAME)), ("", None));
}

#[wasm_bindgen_test]
async fn another_account_does_not_inherit_the_dialog() {
    let _app = open(ACCOUNT_PATH);
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    confirm_wrong_name().await;

    on_get(OTHER_ACCOUNT_PATH, MockResponse::Deferred);
    follow_link(OTHER_ACCOUNT_PATH).await;
    see("Loading billing account").await;
    assert!(query("dialog").is_none() && !shows("ACME Corp") && !shows("billing@acme.com"));
    resolve_next(Ok(response(200, OTHER_ACCOUNT))).await;
    see_page("Globex GmbH").await;
    see("billing@globex.example").await;
    assert!(query("dialog").is_none() && !shows("ACME Corp") && !shows("94105"));
    press("Delete").await;
    see_fresh_dialog("Globex GmbH").await;
    press("Cancel").await;
    confirm_wrong_name().await;

    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    go(-1);
    see_page("ACME Corp Billing").await;
    see("94105").await;
    assert!(query("dialog").is_none() && !shows("Globex") && path() == ACCOUNT_PATH);
    press("Delete").await;
    see_fresh_dialog("ACME Corp Billing").await;
    fill(CONFIRM_NAME, ACCOUNT_NAME).await;
    on_delete(ACCOUNT_PATH, respond_with(204, ""));
    on_get(ACCOUNTS_PATH, respond_with(200, r#"{"data":[]}"#));
    press(DELETE).await;
    see("ACME Corp Billing was deleted.").await;
    assert_eq!(deletes().len(), 1);
}

#[wasm_bindgen_test]
async fn another_account_does_not_inherit_the_form() {
    let _app = open_edit().await;
    fill("Name", "").await;
    fill("City", "Oakland").await;
    press(SAVE_CHANGES).await;
    assert_eq!(see_summary().await, ["Enter a name"]);

    on_get(OTHER_ACCOUNT_PATH, respond_with(200, OTHER_ACCOUNT));
    follow_link(&format!("{OTHER_ACCOUNT_PATH}/edit")).await;
    press("Discard changes").await;
    wait_for("the other account", || query("[name=name]").is_some() && value("Name") == "Globex GmbH").await;
    assert_eq!(["Phone", "Country", "City"].map(value), ["+49 30 1234", "DE", "Berlin"]);
    assert!(error("Name").is_none() && !shows("There is a problem") && query("dialog").is_none());
    fill("Phone", "1").await;
    on_get(OTHER_ACCOUNT_PATH, respond_with(200, OTHER_ACCOUNT));
    on_patch(OTHER_ACCOUNT_PATH, respond_with(200, OTHER_ACCOUNT));
    press(SAVE_CHANGES).await;
    see("Billing account updated").await;
    assert_eq!(patches()[0].body, json!({ "phone": "1" }));
}

#[wasm_bindgen_test]
async fn another_workspace_does_not_inherit_the_form() {
    let _app = open(NEW_PATH);
    fill("Name", "Acme").await;
    choose("Country", "US").await;
    follow_link("/workspaces/ws_2/billing-accounts/new").await;
    wait_for("an empty form", || query("[name=name]").is_some() && value("Name").is_empty()).await;
    assert_eq!(value("Country"), "");
    assert!(!shows("ZIP code") && !shows("Draft restored"));
    go(-1);
    see(DRAFT_RESTORED).await;
    assert_eq!(["Name", "Country"].map(value), ["Acme", "US"]);
}

#[wasm_bindgen_test]
async fn the_focus_follows_a_moved_and_renamed_item() {
    let list = |accounts: &[(&str, &str)]| {
        let data: Vec<_> = accounts.iter().map(|(id, name)| json!({ "id": id, "name": name })).collect();
        respond_with(200, json!({ "data": data }).to_string())
    };
    let _app = open(ACCOUNTS_PATH);
    on_get(ACCOUNTS_PATH, list(&[("cus_1", "One"), ("cus_2", "Two"), ("cus_3", "Three")]));
    find("Two").await.focus().unwrap();
    let changes = [
        vec![("cus_3", "Three"), ("cus_4", "Four"), ("cus_2", "Zwei"), ("cus_1", "One")],
        vec![("cus_2", "Deux"), ("cus_1", "Two")],
        vec![("cus_1", "Two"), ("cus_5", "Five"), ("cus_2", "Deux")],
    ];
    for accounts in changes {
        on_get(ACCOUNTS_PATH, list(&accounts));
        broadcast(&account_event("saved", "ws_1", "cus_2"));
        let names: Vec<_> = accounts.iter().map(|(_, name)| *name).collect();
        wait_for("the new list", || query_all(".row-link").iter().map(text_of).collect::<Vec<_>>() == names).await;
        wait_for("the focus", || focused().get_attribute("href") == Some(format!("{ACCOUNTS_PATH}/cus_2"))).await;
    }
}

/// Checks the values of selects and the options that they show. Options are rendered after the value is set.
fn assert_chosen(expected: &[(&str, &str, &str)]) {
    for &(label, choice, name) in expected {
        let shown: Vec<_> = query_in(&control(label), "option:checked").iter().map(text_of).collect();
        assert_eq!(value(label), choice, "{label}");
        assert!(shown.len() == 1 && shown[0].starts_with(name), "{label} shows {shown:?}");
    }
}

#[wasm_bindgen_test]
async fn a_select_shows_the_option_of_a_draft() {
    let app = open(NEW_PATH);
    choose("Country", "ZA").await;
    choose("Currency", "eur").await;
    wait_for("the draft", || stored_draft(NEW_DRAFT).is_some_and(|draft| draft.contains("eur"))).await;
    reload(&app);
    see(DRAFT_RESTORED).await;
    assert_chosen(&[("Country", "ZA", "South Africa"), ("Currency", "eur", "EUR")]);
}

#[wasm_bindgen_test]
async fn a_select_shows_the_option_of_an_account() {
    for (code, name) in [("DE", "Germany"), ("XK", "Kosovo"), ("Narnia", "Narnia")] {
        let _app = open_edit_of(&account_with(&[("/address/country", code)])).await;
        assert_chosen(&[("Country", code, name)]);
        options("Country").await;
        assert_chosen(&[("Country", code, name)]);
    }
}

#[wasm_bindgen_test]
async fn a_select_shows_the_option_of_a_link() {
    let _app = open(&format!("{NEW_PATH}?currency=zar&country=za"));
    see("This form was filled in by a link").await;
    assert_chosen(&[("Country", "ZA", "South Africa"), ("Currency", "zar", "ZAR")]);
}

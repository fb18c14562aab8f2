//! What a page keeps and what it replaces when the account, the workspace, a list or the options of a select change.

use leptos::prelude::window;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::form::capacity::{message, tell};
use crate::form::edit::{PATH, SAVE, account, open_edit, open_edit_of};
use crate::form::unknown_outcome::kept;
use crate::harness::api::{Answer, answer, deletes, on_delete, on_get, on_patch, patches, release, reply};
use crate::harness::fixtures::{ACCOUNT, ACCOUNTS, NEW, OTHER_ACCOUNT, OTHER_PATH};
use crate::harness::user::{
    all, choose, control, error, fill, find, focused, follow, maybe, press, see, see_page, see_summary, shows, value,
    within, words,
};
use crate::harness::{open, path, reload, settle};

const CONFIRM: &str = "Type the account’s name to confirm";
const DELETE: &str = "Delete billing account";

fn back() {
    window().history().unwrap().back().unwrap();
}

/// Opens the delete dialog, and enters a name that does not match.
async fn fail_to_confirm() {
    press("Delete").await;
    fill(CONFIRM, "Not its name").await;
    press(DELETE).await;
    assert!(error(CONFIRM).is_some());
}

/// A delete dialog in its first state.
async fn see_fresh_dialog(name: &str) {
    see(&format!("This deletes {name}.")).await;
    assert_eq!((value(CONFIRM).as_str(), error(CONFIRM)), ("", None));
}

#[wasm_bindgen_test]
async fn another_account_shows_no_dialog_of_the_previous_one() {
    let _stage = open(PATH);
    on_get(PATH, answer(200, ACCOUNT));
    fail_to_confirm().await;

    on_get(OTHER_PATH, Answer::Later);
    follow(OTHER_PATH).await;
    see("Loading billing account").await;
    assert!(maybe("dialog").is_none() && !shows("ACME Corp") && !shows("billing@acme.com"));
    release(Ok(reply(200, OTHER_ACCOUNT))).await;
    see_page("Globex GmbH").await;
    see("billing@globex.example").await;
    assert!(maybe("dialog").is_none() && !shows("ACME Corp") && !shows("94105"));
    press("Delete").await;
    see_fresh_dialog("Globex GmbH").await;
    press("Cancel").await;
    fail_to_confirm().await;

    on_get(PATH, answer(200, ACCOUNT));
    back();
    see_page("ACME Corp Billing").await;
    see("94105").await;
    assert!(maybe("dialog").is_none() && !shows("Globex") && path() == PATH);
    press("Delete").await;
    see_fresh_dialog("ACME Corp Billing").await;
    fill(CONFIRM, "ACME Corp Billing").await;
    on_delete(PATH, answer(204, ""));
    on_get(ACCOUNTS, answer(200, r#"{"data":[]}"#));
    press(DELETE).await;
    see("ACME Corp Billing is gone.").await;
    assert_eq!(deletes().len(), 1);
}

#[wasm_bindgen_test]
async fn another_accounts_form_holds_nothing_of_the_previous_one() {
    let _stage = open_edit().await;
    fill("Name", "").await;
    fill("City", "Oakland").await;
    press(SAVE).await;
    assert_eq!(see_summary().await, ["Enter a name"]);

    on_get(OTHER_PATH, answer(200, OTHER_ACCOUNT));
    follow(&format!("{OTHER_PATH}/edit")).await;
    press("Leave").await;
    settle("the other account", || maybe("[name=name]").is_some() && value("Name") == "Globex GmbH").await;
    assert_eq!(["Phone", "Country", "City"].map(value), ["+49 30 1234", "DE", "Berlin"]);
    assert!(error("Name").is_none() && !shows("There is a problem") && maybe("dialog").is_none());
    fill("Phone", "1").await;
    on_get(OTHER_PATH, answer(200, OTHER_ACCOUNT));
    on_patch(OTHER_PATH, answer(200, OTHER_ACCOUNT));
    press(SAVE).await;
    see("Billing account updated").await;
    assert_eq!(patches()[0].body, json!({ "phone": "1" }));
}

#[wasm_bindgen_test]
async fn another_workspaces_form_holds_nothing_of_the_previous_one() {
    let _stage = open(NEW);
    fill("Name", "Acme").await;
    choose("Country", "US").await;
    follow("/workspaces/ws_2/billing-accounts/new").await;
    settle("an empty form", || maybe("[name=name]").is_some() && value("Name").is_empty()).await;
    assert_eq!(value("Country"), "");
    assert!(!shows("ZIP code") && !shows("Draft restored"));
    back();
    see("Draft restored").await;
    assert_eq!(["Name", "Country"].map(value), ["Acme", "US"]);
}

#[wasm_bindgen_test]
async fn the_focus_stays_on_an_item_that_is_moved_and_renamed() {
    let list = |accounts: &[(&str, &str)]| {
        let data: Vec<_> = accounts.iter().map(|(id, name)| json!({ "id": id, "name": name })).collect();
        answer(200, json!({ "data": data }).to_string())
    };
    let _stage = open(ACCOUNTS);
    on_get(ACCOUNTS, list(&[("cus_1", "One"), ("cus_2", "Two"), ("cus_3", "Three")]));
    find("Two").await.focus().unwrap();
    let changes = [
        vec![("cus_3", "Three"), ("cus_4", "Four"), ("cus_2", "Zwei"), ("cus_1", "One")],
        vec![("cus_2", "Deux"), ("cus_1", "Two")],
        vec![("cus_1", "Two"), ("cus_5", "Five"), ("cus_2", "Deux")],
    ];
    for accounts in changes {
        on_get(ACCOUNTS, list(&accounts));
        tell(&message("saved", "ws_1", "cus_2"));
        let names: Vec<_> = accounts.iter().map(|(_, name)| *name).collect();
        settle("the new list", || all(".card-link").iter().map(words).collect::<Vec<_>>() == names).await;
        settle("the focus", || focused().get_attribute("href") == Some(format!("{ACCOUNTS}/cus_2"))).await;
    }
}

/// Checks what selects hold and show. Their options are created after their value is set.
fn assert_chosen(expected: &[(&str, &str, &str)]) {
    for &(label, choice, name) in expected {
        let shown: Vec<_> = within(&control(label), "option:checked").iter().map(words).collect();
        assert_eq!(value(label), choice, "{label}");
        assert!(shown.len() == 1 && shown[0].starts_with(name), "{label} shows {shown:?}");
    }
}

#[wasm_bindgen_test]
async fn the_choice_of_a_draft_is_shown() {
    let stage = open(NEW);
    choose("Country", "ZA").await;
    choose("Currency", "eur").await;
    settle("the draft", || kept("/ws_1").is_some_and(|draft| draft.contains("eur"))).await;
    reload(&stage);
    see("Draft restored").await;
    assert_chosen(&[("Country", "ZA", "South Africa"), ("Currency", "eur", "EUR")]);
}

#[wasm_bindgen_test]
async fn the_choice_of_an_account_is_shown() {
    for (code, name) in [("DE", "Germany"), ("XK", "Kosovo"), ("Narnia", "Narnia")] {
        let _stage = open_edit_of(&account(&[("/address/country", code)])).await;
        assert_chosen(&[("Country", code, name)]);
    }
}

#[wasm_bindgen_test]
async fn the_choice_of_a_link_is_shown() {
    let _stage = open(&format!("{NEW}?currency=zar&country=za"));
    see("Filled in from a link").await;
    assert_chosen(&[("Country", "ZA", "South Africa"), ("Currency", "zar", "ZAR")]);
}

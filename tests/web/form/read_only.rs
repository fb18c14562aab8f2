//! Viewers: the forms are read-only. The role is loaded in the background, so it may arrive after the first keystroke;
//! it never discards a draft.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{MockResponse, on_get, resolve_next, respond_with, response};
use crate::harness::app::open;
use crate::harness::fixtures::{
    ACCOUNT, ACCOUNT_PATH, ACCOUNTS_PATH, CREATE, MEMBERS_PATH, NEW_PATH, edit_path, members_with_role,
};
use crate::harness::page::{focused, has_focus, query, query_all, shows, status_starts_with, text_of, value};
use crate::harness::user::{fill, find, focus, see, see_focus_on_heading, see_page, type_in};
use crate::harness::wait::{tick, wait_for};

const READ_ONLY: &str = "You can view billing accounts here, but not change them";

#[wasm_bindgen_test]
async fn a_viewer_who_has_typed_keeps_the_form_and_is_warned() {
    for (path, save) in [(NEW_PATH.to_owned(), CREATE), (format!("{ACCOUNT_PATH}/edit"), "Save changes")] {
        let _app = open(&path);
        if path != NEW_PATH {
            on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
        }
        on_get(MEMBERS_PATH, MockResponse::Deferred);
        fill("Name", "Mine").await;
        let name = focus("Name").await;
        resolve_next(Ok(response(200, members_with_role("viewer")))).await;
        see(READ_ONLY).await;
        see("What you typed is still here").await;
        wait_for("the notice in a status region", || status_starts_with(READ_ONLY)).await;
        assert!(name.is_connected() && has_focus(&name), "{path}");
        type_in("Name", "!").await;
        assert_eq!(value("Name"), "Mine!");
        find(save).await;
    }
}

#[wasm_bindgen_test]
async fn a_viewer_who_has_typed_nothing_gets_the_read_only_page() {
    let _app = open(NEW_PATH);
    see_read_only_once_the_role_arrives().await;

    let _app = open(&edit_path());
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    see_read_only_once_the_role_arrives().await;
    assert!(shows("ACME Corp Billing"));
    see_page("Edit billing account").await;
}

/// The role arrives while the focus is in the form.
async fn see_read_only_once_the_role_arrives() {
    on_get(MEMBERS_PATH, MockResponse::Deferred);
    focus("Name").await;
    resolve_next(Ok(response(200, members_with_role("viewer")))).await;
    see(READ_ONLY).await;
    wait_for("no form", || query("form").is_none()).await;
    see_focus_on_heading().await;
}

/// The late role once rebuilt the form, which lost the draft.
#[wasm_bindgen_test]
async fn a_late_role_keeps_the_changes_in_the_edit_form() {
    let _app = open(&edit_path());
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    on_get(MEMBERS_PATH, MockResponse::Deferred);
    fill("Name", "Mine").await;
    resolve_next(Ok(response(200, members_with_role("owner")))).await;
    type_in("Phone", "9").await;
    assert_eq!([value("Name"), value("Phone")], ["Mine", "+155512345679"]);
}

#[wasm_bindgen_test]
async fn a_late_role_does_not_interrupt_typing() {
    for role in ["owner", "admin", "galactic"] {
        let _app = open(NEW_PATH);
        on_get(MEMBERS_PATH, MockResponse::Deferred);
        fill("Name", "Acme").await;
        let typing = focused();
        resolve_next(Ok(response(200, members_with_role(role)))).await;
        tick().await;
        type_in("Email", "a@b.c").await;
        assert_eq!([value("Name"), value("Email")], ["Acme", "a@b.c"]);
        assert!(typing.is_connected(), "the form is not rebuilt");
        let is_announced =
            || query_all("[aria-live=polite]").iter().any(|region| text_of(region) == "96 characters remaining");
        wait_for("the pending announcement", is_announced).await;
    }
}

#[wasm_bindgen_test]
async fn a_viewer_gets_a_reason_instead_of_a_form() {
    for page in [NEW_PATH.to_owned(), ACCOUNTS_PATH.to_owned(), format!("{ACCOUNTS_PATH}/cus_1")] {
        let _app = open(&page);
        on_get(MEMBERS_PATH, respond_with(200, members_with_role("viewer")));
        if page != NEW_PATH {
            on_get(&page, respond_with(200, r#"{"id":"cus_1","data":[]}"#));
        }
        wait_for("the reason", || shows("Your role in this workspace is viewer") || shows("You are a viewer")).await;
        assert!(query("form").is_none() && !shows("Edit") && !shows("New billing account New"));
    }
}

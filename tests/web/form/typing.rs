//! Typing: the caret keeps its place, and a submit in the same task as a keystroke sends that keystroke.

use js_sys::{Function, Reflect};
use serde_json::json;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::harness::api::{deletes, on_delete, on_get, on_patch, on_post, patches, posts, requests, respond_with};
use crate::harness::app::{open, open_signed_out, path};
use crate::harness::delete_dialog::CONFIRM_NAME;
use crate::harness::fixtures::{
    ACCOUNT, ACCOUNT_PATH, ACCOUNTS_PATH, EMPTY_LIST, NEW_PATH, account_with, respond_created,
};
use crate::harness::form::{WRONG_EMAIL, fill_required_fields};
use crate::harness::page::{control, error, value};
use crate::harness::scenarios::open_edit;
use crate::harness::tokens::{YEAR_2100, token};
use crate::harness::user::{fill, find, focus, key_down, options, press, see, see_page, see_summary, set_value};
use crate::harness::wait::tick;

fn set_caret(control: &HtmlElement, at: usize) {
    let select: Function = Reflect::get(control, &"setSelectionRange".into()).unwrap().unchecked_into();
    select.call2(control, &at.into(), &at.into()).unwrap();
}

fn caret(control: &HtmlElement) -> usize {
    Reflect::get(control, &"selectionStart".into()).unwrap().as_f64().unwrap() as usize
}

/// Edits the text at the caret with the browser's own editing commands, as a key does.
async fn edit_at_caret(command: &str, text: &str) {
    let edit = Function::new_with_args("command, text", "return document.execCommand(command, false, text)");
    assert_eq!(edit.call2(&JsValue::UNDEFINED, &command.into(), &text.into()), Ok(JsValue::TRUE), "{command}");
    tick().await;
}

#[wasm_bindgen_test]
async fn typing_inside_a_text_keeps_the_caret() {
    let _app = open(NEW_PATH);
    for label in ["Name", "Phone", "Description", "City"] {
        fill(label, "  Ab Cd ").await;
        let control = focus(label).await;
        set_caret(&control, 4);
        for (at, character) in ["x", " ", "y"].into_iter().enumerate() {
            edit_at_caret("insertText", character).await;
            assert_eq!(caret(&control), 5 + at, "{label}, after “{character}”");
        }
        edit_at_caret("delete", "").await;
        assert_eq!((value(label).as_str(), caret(&control)), ("  Abx  Cd ", 6), "{label}");
    }
}

#[wasm_bindgen_test]
async fn an_error_during_typing_keeps_the_caret() {
    let _app = open(NEW_PATH);
    for (label, max) in [("Name", 100), ("Description", 200)] {
        fill(label, &"x".repeat(max)).await;
        let control = focus(label).await;
        set_caret(&control, 10);
        edit_at_caret("insertText", "y").await;
        assert!(error(label).is_some() && caret(&control) == 11, "{label}: {}", caret(&control));
        edit_at_caret("delete", "").await;
        assert!(error(label).is_none() && caret(&control) == 10, "{label}: {}", caret(&control));
    }
}

#[wasm_bindgen_test]
async fn a_create_sends_the_last_keystroke() {
    let _app = open(NEW_PATH);
    fill_required_fields().await;
    options("Country").await;
    on_post(ACCOUNTS_PATH, respond_created());
    set_value(&control("Country"), "ZA");
    set_value(&control("Description"), "Typed last");
    set_value(&control("Email"), "last@acme.com");
    set_value(&control("Name"), "Last");
    key_down(&control("Name"), "Enter", false);
    see("Billing account created").await;
    let address = json!({ "country": "ZA" });
    let body = json!({ "name": "Last", "email": "last@acme.com", "description": "Typed last", "address": address });
    assert_eq!(posts().iter().map(|post| &post.body).collect::<Vec<_>>(), [&body]);
}

#[wasm_bindgen_test]
async fn enter_validates_the_last_keystroke() {
    let _app = open(NEW_PATH);
    fill_required_fields().await;
    let email = focus("Email").await;
    set_value(&email, "wrong");
    key_down(&email, "Enter", false);
    assert_eq!(see_summary().await, [WRONG_EMAIL]);
    assert_eq!(error("Email").as_deref(), Some(WRONG_EMAIL));
    assert!(requests().is_empty());

    on_post(ACCOUNTS_PATH, respond_created());
    set_value(&email, "right@acme.com");
    key_down(&email, "Enter", false);
    see("Billing account created").await;
    assert_eq!(posts().iter().map(|post| post.body["email"].clone()).collect::<Vec<_>>(), ["right@acme.com"]);
}

#[wasm_bindgen_test]
async fn an_update_sends_the_last_keystroke() {
    let _app = open_edit().await;
    let name = focus("Name").await;
    fill("Name", "Mine").await;
    set_value(&name, "ACME Corp Billing");
    key_down(&name, "Enter", false);
    see("No changes to save").await;

    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    on_patch(ACCOUNT_PATH, respond_with(200, account_with(&[("/name", "Last")])));
    set_value(&name, "Last");
    key_down(&name, "Enter", false);
    see("Billing account updated").await;
    assert_eq!(patches().iter().map(|patch| &patch.body).collect::<Vec<_>>(), [&json!({ "name": "Last" })]);
}

/// A password manager fills in the token and submits in one task.
#[wasm_bindgen_test]
async fn the_sign_in_reads_the_last_keystroke() {
    let _app = open_signed_out(NEW_PATH);
    let field = focus("Token").await;
    set_value(&field, "not a token");
    key_down(&field, "Enter", false);
    see_summary().await;
    assert!(error("Token").is_some());
    set_value(&field, &token("Ada", YEAR_2100));
    key_down(&field, "Enter", false);
    see_page("New billing account").await;
}

#[wasm_bindgen_test]
async fn the_delete_dialog_reads_the_last_keystroke() {
    let _app = open(ACCOUNT_PATH);
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    press("Delete").await;
    let field = focus(CONFIRM_NAME).await;
    set_value(&field, "ACME Corp Billing");
    set_value(&field, "ACME");
    key_down(&field, "Enter", false);
    tick().await;
    assert!(deletes().is_empty() && error(CONFIRM_NAME).is_some());
    on_delete(ACCOUNT_PATH, respond_with(204, ""));
    on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
    set_value(&field, "ACME Corp Billing");
    key_down(&field, "Enter", false);
    see("Billing account deleted").await;
}

#[wasm_bindgen_test]
async fn the_workspace_fields_read_the_last_keystroke() {
    let workspaces = r#"{"data":[{"id":"ws_1","name":"Alpha"},{"id":"ws_2","name":"Beta"}]}"#;
    for label in ["Search workspaces", "Workspace ID"] {
        let _app = open("/");
        on_get("/workspaces", respond_with(200, workspaces));
        find("Alpha").await;
        fill(label, "ws_2").await;
        let field = focus(label).await;
        on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
        set_value(&field, "ws_1");
        key_down(&field, "Enter", false);
        see_page("Billing accounts").await;
        assert_eq!(path(), ACCOUNTS_PATH, "{label}");
    }
}

//! The leave guard for Back and Forward, and for other changes of the browser's history.

use js_sys::{Function, Object, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{on_get, respond_with};
use crate::harness::app::{TestApp, path};
use crate::harness::dialog::{LEAVE_QUESTION, dialog_is_open, see_dialog, see_no_dialog};
use crate::harness::fixtures::{ACCOUNT, ACCOUNT_PATH, ACCOUNTS_PATH, EMPTY_LIST, NEW_PATH, SAVE_CHANGES, edit_path};
use crate::harness::page::value;
use crate::harness::scenarios::{EDIT_HEADING, go, open_changes_with_history, open_edit_with_history};
use crate::harness::user::{fill, find, press, see, see_page};
use crate::harness::wait::{sleep, wait_for};

/// Unsaved changes on a page from which the browser can also go forward, to the account.
async fn come_back_to_changes() -> TestApp {
    let app = open_edit_with_history().await;
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    press("Cancel").await;
    see_page("ACME Corp Billing").await;
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    go(-1);
    see(SAVE_CHANGES).await;
    fill("Name", "Mine").await;
    app
}

#[wasm_bindgen_test]
async fn back_asks_and_keeps_the_url_of_the_page() {
    let _app = open_changes_with_history().await;
    go(-2);
    see_dialog(LEAVE_QUESTION).await;
    wait_for("the URL of the page", || path() == edit_path()).await;
    press("Keep editing").await;
    see_no_dialog().await;
    assert_eq!(value("Name"), "Mine");

    on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
    go(-2);
    press("Discard changes").await;
    see_page("Billing accounts").await;
    wait_for("the URL of the list", || path() == ACCOUNTS_PATH).await;
    assert!(!dialog_is_open());

    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    go(2);
    see_page(EDIT_HEADING).await;
    see(SAVE_CHANGES).await;
    assert_eq!(value("Name"), "ACME Corp Billing", "the unsaved change is gone");
}

#[wasm_bindgen_test]
async fn forward_asks_too() {
    let _app = come_back_to_changes().await;
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    go(1);
    see_dialog(LEAVE_QUESTION).await;
    wait_for("the URL of the page", || path() == edit_path()).await;
    press("Discard changes").await;
    see_page("ACME Corp Billing").await;
    wait_for("the URL of the account", || path() == ACCOUNT_PATH).await;
}

#[wasm_bindgen_test]
async fn repeated_back_presses_ask_once_and_keep_the_url() {
    let _app = open_changes_with_history().await;
    for times in [1, 1, 3] {
        for _ in 0..times {
            go(-1);
        }
        see_dialog(LEAVE_QUESTION).await;
        // Longer than the browser needs for all steps.
        sleep(700).await;
        wait_for("the URL of the page", || path() == edit_path()).await;
        assert!(dialog_is_open());
    }
    press("Keep editing").await;
    see_no_dialog().await;
    assert_eq!((path(), value("Name")), (edit_path(), "Mine".to_owned()));
}

#[wasm_bindgen_test]
async fn a_hash_change_asks_nothing() {
    let _app = open_changes_with_history().await;
    find("Skip to content").await.click();
    wait_for("the hash", || path().ends_with("#main")).await;
    go(-1);
    wait_for("no hash", || path() == edit_path()).await;
    assert!(!dialog_is_open());
    go(-1);
    see_dialog(LEAVE_QUESTION).await;
    wait_for("the URL of the page", || path() == edit_path()).await;
}

/// *Leave* was once ignored while the browser was restoring the entry of the page.
#[wasm_bindgen_test]
async fn leaving_during_a_history_restore_still_leaves() {
    let _app = open_changes_with_history().await;
    let slow = SlowHistory::of(100);
    window().history().unwrap().back().unwrap();
    see_dialog(LEAVE_QUESTION).await;
    assert_eq!(path(), ACCOUNT_PATH, "the entry is not restored yet");
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    press("Discard changes").await;
    see_page("ACME Corp Billing").await;
    wait_for("the URL of the account", || path() == ACCOUNT_PATH && slow.is_done()).await;
    assert!(!dialog_is_open());
}

/// The second press was once undone twice, so the browser ended on the next page.
#[wasm_bindgen_test]
async fn back_during_a_history_restore_does_not_go_forward() {
    let _app = come_back_to_changes().await;
    let history = window().history().unwrap();
    let entry = history.state().unwrap().as_f64().unwrap();
    let slow = SlowHistory::of(250);
    for _ in 0..2 {
        history.back().unwrap();
        see_dialog(LEAVE_QUESTION).await;
        wait_for("the URL of the page", || path() == edit_path()).await;
        press("Keep editing").await;
        see_no_dialog().await;
    }
    wait_for("all steps of the browser", || slow.is_done()).await;
    assert!(!dialog_is_open());
    assert_eq!((path(), history.state().unwrap().as_f64().unwrap()), (edit_path(), entry));
}

/// Delays `history.go`, as a busy browser does, until it is dropped.
struct SlowHistory(Object);

impl SlowHistory {
    fn of(milliseconds: u32) -> Self {
        let history: Object = window().history().unwrap().unchecked_into();
        let go = "this.waiting = (this.waiting ?? 0) + 1;
            setTimeout(() => { this.waiting -= 1; History.prototype.go.call(this, steps) }, LATE)";
        let go = Function::new_with_args("steps", &go.replace("LATE", &milliseconds.to_string()));
        Reflect::set(&history, &"go".into(), &go).unwrap();
        Self(history)
    }

    fn is_done(&self) -> bool {
        Reflect::get(&self.0, &"waiting".into()).unwrap().as_f64() == Some(0.0)
    }
}

impl Drop for SlowHistory {
    fn drop(&mut self) {
        for name in ["go", "waiting"] {
            Reflect::delete_property(&self.0, &name.into()).unwrap();
        }
    }
}

/// Chromium silently ignores history changes beyond 200 in ten seconds.
#[wasm_bindgen_test]
async fn a_browser_that_ignores_history_calls_does_not_block_leaving() {
    let _app = open_changes_with_history().await;
    let history = window().history().unwrap();
    let nothing = Function::new_no_args("");
    for name in ["go", "pushState", "replaceState"] {
        Reflect::set(&history, &name.into(), &nothing).unwrap();
    }
    let unlock = || {
        for name in ["go", "pushState", "replaceState"] {
            Reflect::delete_property(history.unchecked_ref::<Object>(), &name.into()).unwrap();
        }
    };
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    history.back().unwrap();
    see_dialog(LEAVE_QUESTION).await;
    press("Discard changes").await;
    see_page("ACME Corp Billing").await;
    on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
    press("Billing accounts").await;
    see_page("Billing accounts").await;
    unlock();
    press("New billing account").await;
    see_page("New billing account").await;
    assert_eq!(path(), NEW_PATH);
    // The app must stop restoring the old entry.
    sleep(700).await;
    assert_eq!(path(), NEW_PATH);
    assert_ne!(history.state(), Ok(JsValue::NULL));
}

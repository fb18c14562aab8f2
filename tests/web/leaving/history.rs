//! Leaving by the browser's own buttons, and by what else changes its history.

use js_sys::{Function, Object, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{
    EDIT, NOTHING, QUESTION, SAVE, come_to_changes, come_to_edit, edit, is_asked, see_no_question, see_question, step,
};
use crate::acme::{ACCOUNT, ACCOUNTS, NEW};
use crate::api::{answer, on_get};
use crate::edit::PATH;
use crate::stage::{pass, path, settle};
use crate::user::{fill, find, press, see, see_page, value};

#[wasm_bindgen_test]
async fn the_back_button_asks_with_the_address_still_that_of_the_page() {
    let _stage = come_to_changes().await;
    step(-2);
    see_question(QUESTION).await;
    settle("the address of the page", || path() == edit()).await;
    press("Stay").await;
    see_no_question().await;
    assert_eq!(value("Name"), "Mine");

    on_get(ACCOUNTS, answer(200, NOTHING));
    step(-2);
    press("Leave").await;
    see_page("Billing accounts").await;
    settle("the address of the list", || path() == ACCOUNTS).await;
    assert!(!is_asked());

    on_get(PATH, answer(200, ACCOUNT));
    step(2);
    see_page(EDIT).await;
    see(SAVE).await;
    assert_eq!(value("Name"), "ACME Corp Billing", "what was left is not there any more");
}

#[wasm_bindgen_test]
async fn the_forward_button_asks_as_well() {
    let _stage = come_to_edit().await;
    on_get(PATH, answer(200, ACCOUNT));
    press("Cancel").await;
    see_page("ACME Corp Billing").await;
    on_get(PATH, answer(200, ACCOUNT));
    step(-1);
    see(SAVE).await;
    fill("Name", "Mine").await;
    on_get(PATH, answer(200, ACCOUNT));
    step(1);
    see_question(QUESTION).await;
    settle("the address of the page", || path() == edit()).await;
    press("Leave").await;
    see_page("ACME Corp Billing").await;
    settle("the address of the account", || path() == PATH).await;
}

#[wasm_bindgen_test]
async fn pressing_back_again_and_again_leaves_one_question_and_the_right_address() {
    let _stage = come_to_changes().await;
    for times in [1, 1, 3] {
        for _ in 0..times {
            step(-1);
        }
        see_question(QUESTION).await;
        // Longer than the browser may take for its steps, one after the other.
        pass(700).await;
        settle("the address of the page", || path() == edit()).await;
        assert!(is_asked());
    }
    press("Stay").await;
    see_no_question().await;
    assert_eq!((path(), value("Name")), (edit(), "Mine".to_owned()));
}

#[wasm_bindgen_test]
async fn a_jump_within_the_page_asks_nothing_and_back_from_it_neither() {
    let _stage = come_to_changes().await;
    find("Skip to content").await.click();
    settle("the hash", || path().ends_with("#main")).await;
    step(-1);
    settle("no hash", || path() == edit()).await;
    assert!(!is_asked());
    step(-1);
    see_question(QUESTION).await;
    settle("the address of the page", || path() == edit()).await;
}

/// Chromium passes over what is beyond 200 changes of the history in ten seconds, without a word.
#[wasm_bindgen_test]
async fn a_browser_that_ignores_its_history_does_not_hold_the_page_up() {
    let _stage = come_to_changes().await;
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
    on_get(PATH, answer(200, ACCOUNT));
    history.back().unwrap();
    see_question(QUESTION).await;
    press("Leave").await;
    see_page("ACME Corp Billing").await;
    on_get(ACCOUNTS, answer(200, NOTHING));
    press("Billing accounts").await;
    see_page("Billing accounts").await;
    unlock();
    press("New billing account").await;
    see_page("New billing account").await;
    assert_eq!(path(), NEW);
    // The app must not go on telling the browser to come back.
    pass(700).await;
    assert_eq!(path(), NEW);
    assert_ne!(history.state(), Ok(JsValue::NULL));
}

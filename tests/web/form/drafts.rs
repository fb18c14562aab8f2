//! The draft of a new account is stored for one user in one workspace, until it is saved or discarded or the user signs
//! out. A full, blocked or corrupt storage does not break the form.

use js_sys::{Function, Object, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Event;

use crate::harness::api::{on_get, on_post, posts, respond_with};
use crate::harness::app::{open, reload, reload_as};
use crate::harness::fixtures::{ACCOUNTS_PATH, CREATE, NEW_PATH, create_request, respond_created};
use crate::harness::form::{assert_form_is_unchanged, fill_every_field, fill_required_fields};
use crate::harness::page::{control, focused, query, shows, value};
use crate::harness::scenarios::{CHECK_CREATED, DRAFT_RESTORED, open_edit, open_with_draft, see_draft_with};
use crate::harness::storage::{NEW_DRAFT, TOKEN_KEY, USER_HASH, session_storage, stored_draft};
use crate::harness::user::{fill, find, press, see, see_page, set_value};
use crate::harness::wait::{sleep, tick, wait_for};

#[wasm_bindgen_test]
async fn a_reload_restores_the_draft() {
    let app = open(NEW_PATH);
    fill_every_field().await;
    see_draft_with("94105").await;
    reload(&app);
    see(DRAFT_RESTORED).await;
    assert_form_is_unchanged("a reload");
    on_post(ACCOUNTS_PATH, respond_created());
    press(CREATE).await;
    see_page("ACME Corp Billing").await;
    assert_eq!(posts()[0].body, create_request());
    assert_eq!(stored_draft(NEW_DRAFT), None, "a saved account leaves no draft");
}

#[wasm_bindgen_test]
async fn hiding_or_leaving_the_page_stores_the_last_keystroke() {
    for way in ["pagehide", "visibilitychange", "a link"] {
        let _app = open(NEW_PATH);
        find(CREATE).await;
        // The first keystroke is stored at once, the second after a delay that has not passed.
        for text in ["Acm", "Acme"] {
            set_value(&control("Name"), text);
            tick().await;
        }
        if way == "a link" {
            on_get(ACCOUNTS_PATH, respond_with(200, r#"{"data":[]}"#));
            press("Cancel").await;
            see_page("Billing accounts").await;
        } else {
            window().dispatch_event(&Event::new(way).unwrap()).unwrap();
        }
        assert!(stored_draft(NEW_DRAFT).is_some_and(|text| text.contains("Acme")), "{way}");
    }
}

#[wasm_bindgen_test]
async fn discarding_a_draft_can_be_undone() {
    let app = open_with_draft("Acme").await;
    reload(&app);
    press("Discard").await;
    see("Draft discarded").await;
    assert_eq!(value("Name"), "");
    assert_eq!(focused().id(), "name");
    wait_for("no stored draft", || stored_draft(NEW_DRAFT).is_none()).await;
    press("Undo").await;
    see(DRAFT_RESTORED).await;
    assert_eq!(value("Name"), "Acme");
    wait_for("the stored draft", || stored_draft(NEW_DRAFT).is_some()).await;
    press("Discard").await;
    wait_for("no stored draft", || stored_draft(NEW_DRAFT).is_none()).await;
    reload(&app);
    find(CREATE).await;
    assert!(value("Name").is_empty() && !shows(DRAFT_RESTORED));
}

#[wasm_bindgen_test]
async fn the_next_keystroke_removes_undo() {
    let app = open_with_draft("Acme").await;
    reload(&app);
    press("Discard").await;
    find("Undo").await;
    fill("Name", "N").await;
    wait_for("no Undo that would overwrite the new draft", || !shows("Undo")).await;
    assert!(!shows("Draft discarded") && !shows(DRAFT_RESTORED));
    assert_eq!(value("Name"), "N");
}

#[wasm_bindgen_test]
async fn an_emptied_form_leaves_no_draft() {
    let app = open_with_draft("Acme").await;
    fill("Name", "").await;
    wait_for("no stored draft", || stored_draft(NEW_DRAFT).is_none()).await;
    reload(&app);
    find(CREATE).await;
    assert!(!shows(DRAFT_RESTORED));
}

#[wasm_bindgen_test]
async fn a_draft_belongs_to_one_user_and_one_workspace() {
    let app = open_with_draft("Acme").await;
    for (sub, path) in [("auth0|2", NEW_PATH), ("auth0|1", "/workspaces/ws_2/billing-accounts/new")] {
        reload_as(&app, sub, path);
        find(CREATE).await;
        assert!(value("Name").is_empty() && !shows(DRAFT_RESTORED), "{sub} {path}");
    }
    reload_as(&app, "auth0|1", NEW_PATH);
    see(DRAFT_RESTORED).await;
    assert_eq!(value("Name"), "Acme");
}

#[wasm_bindgen_test]
async fn signing_out_removes_every_draft() {
    let _app = open_with_draft("Acme").await;
    session_storage().set_item("altostrat.draft.ws_2", "{}").unwrap();
    session_storage().set_item("altostrat.draft.ws_2/cus_1", "{}").unwrap();
    session_storage().set_item("another", "kept").unwrap();
    fill("Email", "typed just before").await;
    press("Sign out").await;
    see("Sign out without saving?").await;
    press("Sign out").await;
    see_page("Sign in").await;
    assert_eq!(session_storage().length(), Ok(1), "only keys of others are left");
}

#[wasm_bindgen_test]
async fn a_draft_holds_no_token() {
    let _app = open_with_draft("Acme").await;
    let token = session_storage().get_item(TOKEN_KEY).unwrap().unwrap();
    let text = stored_draft(NEW_DRAFT).unwrap();
    assert!(token.split('.').all(|part| !text.contains(part)), "{text}");
}

#[wasm_bindgen_test]
async fn unsaved_changes_are_not_stored() {
    let _app = open_edit().await;
    fill("Name", "Mine").await;
    // Longer than the delay before a draft is stored.
    sleep(500).await;
    let names = (0..session_storage().length().unwrap()).filter_map(|at| session_storage().key(at).unwrap());
    assert!(names.into_iter().all(|name| !name.starts_with("altostrat.draft.")));
}

#[wasm_bindgen_test]
async fn garbage_in_the_storage_does_not_break_the_form() {
    let ours = |fields: &str, attempts: &str| {
        format!(r#"{{"version":2,"user":"auth0|1","fields":{fields},"attempts":{attempts}}}"#)
    };
    let garbage = [
        String::new(),
        "null".into(),
        "[".repeat(50_000),
        "x".repeat(2_000_000),
        r#"{"version":1,"user":"auth0|1","fields":{"name":"Old"}}"#.into(),
        r#"{"version":2,"user":"auth0|2","fields":{"name":"Theirs"}}"#.into(),
        ours(r#"{"name":7,"email":{"x":[]},"address":{"city":"x"}}"#, "7"),
        ours("[]", r#"[{},null,{"at":null,"sent":{"name":"x"}},{"at":1,"sent":[]}]"#),
    ];
    for text in garbage {
        let app = open(NEW_PATH);
        session_storage().set_item(&format!("altostrat.draft.{USER_HASH}/ws_1"), &text).unwrap();
        reload(&app);
        fill_required_fields().await;
        assert!(!shows(DRAFT_RESTORED), "{}", &text[..text.len().min(80)]);
        on_post(ACCOUNTS_PATH, respond_created());
        press(CREATE).await;
        see_page("ACME Corp Billing").await;
        assert_eq!(stored_draft(NEW_DRAFT), None);
    }
}

#[wasm_bindgen_test]
async fn a_hostile_draft_is_shown_as_text_and_validated() {
    let app = open(NEW_PATH);
    let hostile = "<img src=x onerror=alert(1)>";
    let text = format!(
        r#"{{"version":2,"user":"auth0|1","fields":{{"name":"{hostile}","email":"x","currency":"jpy","address.country":"{hostile}"}}}}"#
    );
    session_storage().set_item(&format!("altostrat.draft.{USER_HASH}/ws_1"), &text).unwrap();
    reload(&app);
    see(DRAFT_RESTORED).await;
    assert_eq!(value("Name"), hostile);
    press(CREATE).await;
    see("Select a country from the list").await;
    see("Select a currency from the list").await;
    assert!(posts().is_empty() && query("img").is_none());
}

/// Makes a property or method of the storage throw, until it is dropped.
struct FailingStorage {
    object: JsValue,
    name: &'static str,
    before: Object,
}

impl FailingStorage {
    fn new(object: JsValue, name: &'static str, with: &str) -> Self {
        let before = Object::<JsValue>::get_own_property_descriptor::<JsValue>(object.unchecked_ref(), &name.into());
        let broken = Self { object, name, before: before.unchecked_into() };
        let property = Object::new();
        Reflect::set(&property, &"configurable".into(), &true.into()).unwrap();
        Reflect::set(
            &property,
            &with.into(),
            &Function::new_no_args("throw new DOMException('full', 'QuotaExceededError')"),
        )
        .unwrap();
        broken.define(&property);
        broken
    }

    fn define(&self, property: &Object) {
        Object::<JsValue>::define_property(self.object.unchecked_ref(), &self.name.into(), property);
    }
}

impl Drop for FailingStorage {
    fn drop(&mut self) {
        self.define(&self.before);
    }
}

#[wasm_bindgen_test]
async fn a_full_or_blocked_storage_does_not_break_the_form() {
    let prototype = || Reflect::get(&Reflect::get(&window(), &"Storage".into()).unwrap(), &"prototype".into()).unwrap();
    for what in ["full", "unreadable", "blocked"] {
        let app = open(NEW_PATH);
        let broken = match what {
            "full" => FailingStorage::new(prototype(), "setItem", "value"),
            "unreadable" => FailingStorage::new(prototype(), "getItem", "value"),
            _ => FailingStorage::new(window().into(), "sessionStorage", "get"),
        };
        fill_required_fields().await;
        on_post(ACCOUNTS_PATH, respond_with(500, ""));
        press(CREATE).await;
        find(CHECK_CREATED).await;
        on_get(ACCOUNTS_PATH, respond_with(200, r#"{"data":[]}"#));
        press(CHECK_CREATED).await;
        see("It isn’t in the list of accounts yet").await;
        on_post(ACCOUNTS_PATH, respond_created());
        press("Create anyway").await;
        see_page("ACME Corp Billing").await;
        assert_eq!(posts().len(), 2, "{what}");
        drop(broken);
        drop(app);
    }
}

#[wasm_bindgen_test]
async fn with_a_blocked_storage_leaving_asks_after_one_keystroke() {
    let app = open(NEW_PATH);
    find(CREATE).await;
    let broken = FailingStorage::new(window().into(), "sessionStorage", "get");
    fill("Name", "A").await;
    press("Cancel").await;
    see("Leave without saving?").await;
    drop(broken);
    drop(app);
}

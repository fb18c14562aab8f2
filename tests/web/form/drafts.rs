//! What is typed into a new account is there again after a reload, for the same user in the same workspace, until it
//! is saved, discarded or the user signs out. Whatever else the storage holds, or refuses, the form works.

use js_sys::{Function, Object, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Event;

use crate::form::edit::open_edit;
use crate::form::unknown_outcome::{ADA, DRAFT, kept};
use crate::harness::api::{answer, on_get, on_post, posts};
use crate::harness::fixtures::{self as acme, ACCOUNTS, NEW, SAVE};
use crate::harness::user::{control, fill, find, focused, maybe, press, put, see, see_page, shows, value};
use crate::harness::{Stage, open, pass, reload, reload_as, session, settle, turn};

const RESTORED: &str = "Draft restored";

/// A form with this name typed into it, and kept.
pub(crate) async fn typed(name: &str) -> Stage {
    let stage = open(NEW);
    fill("Name", name).await;
    settle("it is kept", || kept(DRAFT).is_some_and(|text| text.contains(name))).await;
    stage
}

#[wasm_bindgen_test]
async fn what_was_typed_is_there_again_after_a_reload() {
    let stage = open(NEW);
    acme::fill_in_everything().await;
    settle("it is kept", || kept(DRAFT).is_some_and(|text| text.contains("94105"))).await;
    reload(&stage);
    see(RESTORED).await;
    acme::assert_everything_is_still_typed("a reload");
    on_post(ACCOUNTS, acme::creates());
    press(SAVE).await;
    see_page("ACME Corp Billing").await;
    assert_eq!(posts()[0].body, acme::request());
    assert_eq!(kept(DRAFT), None, "what is saved is no draft");
}

#[wasm_bindgen_test]
async fn a_page_that_is_hidden_or_left_keeps_the_last_keystroke() {
    for way in ["pagehide", "visibilitychange", "a link"] {
        let _stage = open(NEW);
        find(SAVE).await;
        // The first keystroke is kept at once; the form is told of the second, and no timer has run.
        for text in ["Acm", "Acme"] {
            put(&control("Name"), text);
            turn().await;
        }
        if way == "a link" {
            on_get(ACCOUNTS, answer(200, r#"{"data":[]}"#));
            press("Cancel").await;
            see_page("Billing accounts").await;
        } else {
            window().dispatch_event(&Event::new(way).unwrap()).unwrap();
        }
        assert!(kept(DRAFT).is_some_and(|text| text.contains("Acme")), "{way}");
    }
}

#[wasm_bindgen_test]
async fn a_draft_is_discarded_and_that_can_be_undone() {
    let stage = typed("Acme").await;
    reload(&stage);
    press("Discard").await;
    see("Draft discarded").await;
    assert_eq!(value("Name"), "");
    assert_eq!(focused().id(), "name");
    settle("nothing is kept", || kept(DRAFT).is_none()).await;
    press("Undo").await;
    see(RESTORED).await;
    assert_eq!(value("Name"), "Acme");
    settle("it is kept", || kept(DRAFT).is_some()).await;
    press("Discard").await;
    settle("nothing is kept", || kept(DRAFT).is_none()).await;
    reload(&stage);
    find(SAVE).await;
    assert!(value("Name").is_empty() && !shows(RESTORED));
}

#[wasm_bindgen_test]
async fn undo_of_discard_goes_with_the_next_keystroke() {
    let stage = typed("Acme").await;
    reload(&stage);
    press("Discard").await;
    find("Undo").await;
    fill("Name", "N").await;
    settle("no way to overwrite what is typed now", || !shows("Undo")).await;
    assert!(!shows("Draft discarded") && !shows(RESTORED));
    assert_eq!(value("Name"), "N");
}

#[wasm_bindgen_test]
async fn a_form_that_is_emptied_is_no_draft() {
    let stage = typed("Acme").await;
    fill("Name", "").await;
    settle("nothing is kept", || kept(DRAFT).is_none()).await;
    reload(&stage);
    find(SAVE).await;
    assert!(!shows(RESTORED));
}

#[wasm_bindgen_test]
async fn a_draft_is_for_one_user_in_one_workspace() {
    let stage = typed("Acme").await;
    for (sub, path) in [("auth0|2", NEW), ("auth0|1", "/workspaces/ws_2/billing-accounts/new")] {
        reload_as(&stage, sub, path);
        find(SAVE).await;
        assert!(value("Name").is_empty() && !shows(RESTORED), "{sub} {path}");
    }
    reload_as(&stage, "auth0|1", NEW);
    see(RESTORED).await;
    assert_eq!(value("Name"), "Acme");
}

#[wasm_bindgen_test]
async fn signing_out_forgets_every_draft() {
    let _stage = typed("Acme").await;
    session().set_item("altostrat.draft.ws_2", "{}").unwrap();
    session().set_item("altostrat.draft.ws_2/cus_1", "{}").unwrap();
    session().set_item("another", "kept").unwrap();
    fill("Email", "typed just before").await;
    press("Sign out").await;
    see("Sign out without saving?").await;
    press("Sign out").await;
    see_page("Sign in").await;
    assert_eq!(session().length(), Ok(1), "only what is not ours is left");
}

#[wasm_bindgen_test]
async fn a_draft_holds_no_token() {
    let _stage = typed("Acme").await;
    let token = session().get_item("altostrat.jwt").unwrap().unwrap();
    let text = kept(DRAFT).unwrap();
    assert!(token.split('.').all(|part| !text.contains(part)), "{text}");
}

#[wasm_bindgen_test]
async fn changes_are_not_drafted() {
    let _stage = open_edit().await;
    fill("Name", "Mine").await;
    // Longer than a draft takes to be kept.
    pass(500).await;
    let names = (0..session().length().unwrap()).filter_map(|at| session().key(at).unwrap());
    assert!(names.into_iter().all(|name| !name.starts_with("altostrat.draft.")));
}

#[wasm_bindgen_test]
async fn whatever_else_the_storage_holds_the_form_works() {
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
        let stage = open(NEW);
        session().set_item(&format!("altostrat.draft.{ADA}/ws_1"), &text).unwrap();
        reload(&stage);
        acme::fill_in_what_is_required().await;
        assert!(!shows(RESTORED), "{}", &text[..text.len().min(80)]);
        on_post(ACCOUNTS, acme::creates());
        press(SAVE).await;
        see_page("ACME Corp Billing").await;
        assert_eq!(kept(DRAFT), None);
    }
}

#[wasm_bindgen_test]
async fn hostile_text_in_a_draft_is_text_and_is_checked_like_any_other() {
    let stage = open(NEW);
    let hostile = "<img src=x onerror=alert(1)>";
    let text = format!(
        r#"{{"version":2,"user":"auth0|1","fields":{{"name":"{hostile}","email":"x","currency":"jpy","address.country":"{hostile}"}}}}"#
    );
    session().set_item(&format!("altostrat.draft.{ADA}/ws_1"), &text).unwrap();
    reload(&stage);
    see(RESTORED).await;
    assert_eq!(value("Name"), hostile);
    press(SAVE).await;
    see("Select a country from the list").await;
    see("Select a currency from the list").await;
    assert!(posts().is_empty() && maybe("img").is_none());
}

/// Makes something of the storage fail, until it is dropped.
struct Broken {
    object: JsValue,
    name: &'static str,
    before: Object,
}

impl Broken {
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

impl Drop for Broken {
    fn drop(&mut self) {
        self.define(&self.before);
    }
}

#[wasm_bindgen_test]
async fn with_a_storage_that_is_full_or_blocked_the_form_works() {
    let prototype = || Reflect::get(&Reflect::get(&window(), &"Storage".into()).unwrap(), &"prototype".into()).unwrap();
    for what in ["full", "unreadable", "blocked"] {
        let stage = open(NEW);
        let broken = match what {
            "full" => Broken::new(prototype(), "setItem", "value"),
            "unreadable" => Broken::new(prototype(), "getItem", "value"),
            _ => Broken::new(window().into(), "sessionStorage", "get"),
        };
        acme::fill_in_what_is_required().await;
        on_post(ACCOUNTS, answer(500, ""));
        press(SAVE).await;
        see("may or may not").await;
        on_get(ACCOUNTS, answer(200, r#"{"data":[]}"#));
        press("Check whether it was created").await;
        see("The account was not found").await;
        on_post(ACCOUNTS, acme::creates());
        press("Send again").await;
        see_page("ACME Corp Billing").await;
        assert_eq!(posts().len(), 2, "{what}");
        drop(broken);
        drop(stage);
    }
}

#[wasm_bindgen_test]
async fn with_a_blocked_storage_the_first_keystroke_is_asked_about() {
    let stage = open(NEW);
    find(SAVE).await;
    let broken = Broken::new(window().into(), "sessionStorage", "get");
    fill("Name", "A").await;
    press("Cancel").await;
    see("Leave without saving?").await;
    drop(broken);
    drop(stage);
}

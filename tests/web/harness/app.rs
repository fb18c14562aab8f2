//! The app under test: mounts it on the page, reloads it, and unmounts it at the end of a test.

use std::any::Any;
use std::cell::RefCell;

use billing_admin::app::App;
use js_sys::{Object, Reflect};
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, HtmlElement};

use crate::harness::api;
use crate::harness::provider;
use crate::harness::storage::{SIGN_OUTS_KEY, TOKEN_KEY, local_storage, session_storage};
use crate::harness::tokens::{YEAR_2100, token, token_for_user};
use crate::harness::wait::shorten_timers;

/// The mounted app. Dropping it unmounts the app, and fails the test after a panic, an unexpected request or a
/// request that did not come.
pub(crate) struct TestApp;

struct Mounted {
    container: HtmlElement,
    /// The owner of all signals and effects of the app.
    owner: Owner,
    /// Unmounts when it is dropped.
    _handle: Box<dyn Any>,
}

thread_local! {
    static MOUNTED: RefCell<Option<Mounted>> = const { RefCell::new(None) };
    static UNCAUGHT_ERRORS: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Opens a page as a signed-in user.
pub(crate) fn open(path: &str) -> TestApp {
    open_with_token(path, Some(&token("Ada Lovelace", YEAR_2100)))
}

/// Opens a page without a session.
pub(crate) fn open_signed_out(path: &str) -> TestApp {
    open_with_token(path, None)
}

/// Opens a page in a tab whose storage holds this token.
pub(crate) fn open_with_token(path: &str, stored: Option<&str>) -> TestApp {
    start(path, stored, None)
}

/// Opens a page whose `<meta>` names the base URL of the API.
pub(crate) fn open_with_api_base(path: &str, base: &str) -> TestApp {
    start(path, Some(&token("Ada Lovelace", YEAR_2100)), Some(base))
}

/// Opens a page of a site with a provider, without a session.
pub(crate) fn open_with_provider(path: &str) -> TestApp {
    let app = open_signed_out("/");
    unmount();
    provider::configure();
    mount_app(path, None);
    app
}

/// Opens another page in the same tab, as a redirect of the provider does.
pub(crate) fn open_in_same_tab(_: &TestApp, path: &str) {
    unmount();
    mount_app(path, None);
}

/// Resets all state and mounts the app. A test may register mock responses until its next `await`.
fn start(path: &str, stored: Option<&str>, base: Option<&str>) -> TestApp {
    // A failed test leaves its app mounted.
    unmount();
    api::reset();
    provider::reset();
    set_online(true);
    shorten_timers();
    session_storage().clear().expect("sessionStorage can be cleared");
    if let Some(token) = stored {
        session_storage().set_item(TOKEN_KEY, token).expect("sessionStorage takes a token");
    }
    mount_app(path, base);
    TestApp
}

/// Mounts the app and does not touch `sessionStorage`.
fn mount_app(path: &str, base: Option<&str>) {
    replace_path(path);
    document().set_title("");
    let container: HtmlElement = document().create_element("div").expect("a div").unchecked_into();
    document().body().expect("a body").append_child(&container).expect("it can be appended");
    let base = base.map(|base| ("altostrat-api-base", base));
    for (name, content) in base.into_iter().chain(provider::metas()) {
        let meta = document().create_element("meta").expect("a meta");
        meta.set_attribute("name", name).expect("a name");
        meta.set_attribute("content", content).expect("a content");
        container.append_child(&meta).expect("it can be appended");
    }
    record_uncaught_errors();
    let owner = Owner::new();
    let handle =
        owner.with(|| mount_to(container.clone(), || view! { <App send=api::send access=provider::ACCESS /> }));
    MOUNTED.set(Some(Mounted { container, owner, _handle: Box::new(handle) }));
}

/// Reloads the page in the same tab. ResponseFuture requests get no response.
pub(crate) fn reload(_: &TestApp) {
    let path = path();
    unmount();
    mount_app(&path, None);
}

/// Signs in as another user in the same tab, and opens a page.
pub(crate) fn reload_as(_: &TestApp, sub: &str, path: &str) {
    unmount();
    let token = token_for_user(sub, "Somebody", YEAR_2100);
    session_storage().set_item(TOKEN_KEY, &token).expect("sessionStorage takes a token");
    mount_app(path, None);
}

impl Drop for TestApp {
    fn drop(&mut self) {
        let unexpected = api::verify();
        unmount();
        api::reset();
        assert_eq!(UNCAUGHT_ERRORS.take(), Vec::<String>::new(), "the app panicked");
        assert_eq!(unexpected, Vec::<String>::new(), "requests and mock responses do not match");
        local_storage().remove_item(SIGN_OUTS_KEY).expect("localStorage can be changed");
        assert_eq!(local_storage().length(), Ok(0), "localStorage holds nothing but a counter");
        assert_eq!(Reflect::get(&document(), &"cookie".into()), Ok("".into()), "cookies are never used");
    }
}

fn unmount() {
    if let Some(Mounted { container, owner, _handle: handle }) = MOUNTED.take() {
        drop(handle);
        // Leptos disposes what a page owns some microtasks later, so the last draft would be written in the next test.
        owner.cleanup();
        container.remove();
    }
}

fn replace_path(path: &str) {
    // Chromium ignores history changes beyond 200 in ten seconds.
    if self::path() == path {
        return;
    }
    let history = window().history().expect("a history");
    let entry = history.state().expect("a state");
    history.replace_state_with_url(&entry, "", Some(path)).expect("a URL of this origin");
}

/// Records panics of event handlers and tasks. They end at the window, so the test itself would not fail.
fn record_uncaught_errors() {
    UNCAUGHT_ERRORS.take();
    thread_local!(static LISTENER: Closure<dyn Fn(Event)> = Closure::new(|event: Event| {
        let message = Reflect::get(&event, &"message".into()).ok().and_then(|message| message.as_string());
        UNCAUGHT_ERRORS.with_borrow_mut(|errors| errors.push(message.unwrap_or_default()));
    }));
    LISTENER.with(|listener| {
        // Adding the same listener twice has no effect.
        window().add_event_listener_with_callback("error", listener.as_ref().unchecked_ref()).expect("a listener");
    });
}

/// Sets `navigator.onLine`.
pub(crate) fn set_online(online: bool) {
    let property = Object::new();
    for (key, value) in [("value", online), ("configurable", true)] {
        Reflect::set(&property, &key.into(), &value.into()).expect("a plain object");
    }
    Object::<JsValue>::define_property(window().navigator().unchecked_ref(), &"onLine".into(), &property);
}

/// Restores the page from the back/forward cache.
pub(crate) fn return_with_back() {
    const BODY: &str = "window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))";
    js_sys::Function::new_no_args(BODY).call0(&JsValue::UNDEFINED).expect("an event");
}

/// The path, query and hash of the URL.
pub(crate) fn path() -> String {
    let location = location();
    [location.pathname(), location.search(), location.hash()].into_iter().map(|part| part.unwrap_or_default()).collect()
}

/// The element that holds the app.
pub(crate) fn root() -> HtmlElement {
    let container = |mounted: &Option<Mounted>| mounted.as_ref().map(|mounted| mounted.container.clone());
    MOUNTED.with_borrow(container).expect("the app is mounted")
}

//! Mounts the app, waits until what should be there is there, and takes it down again.

pub(crate) mod api;
pub(crate) mod fixtures;
pub(crate) mod user;

use std::any::Any;
use std::cell::RefCell;

use billing_admin::app::App;
use js_sys::{Object, Promise, Reflect};
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Event, HtmlElement, MutationObserver, MutationObserverInit, Storage};

use crate::harness::api;

/// How often [`wait_for`] looks. A browser gives a turn at most every four milliseconds: this is eight seconds or more.
const MAX_TICKS: usize = 2000;
const TOKEN_KEY: &str = "altostrat.jwt";
/// The year 2100, in seconds since 1970.
pub(crate) const YEAR_2100: f64 = 4_102_444_800.0;

/// The app on the page. Dropping it takes it down, and fails the test if the app did something behind its back.
pub(crate) struct TestApp;

struct Mounted {
    container: HtmlElement,
    /// Owns all that the app has created.
    owner: Owner,
    /// Unmounts when it is dropped.
    _app: Box<dyn Any>,
}

thread_local! {
    static MOUNTED: RefCell<Option<Mounted>> = const { RefCell::new(None) };
    static UNCAUGHT_ERRORS: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Opens a page as someone who has signed in.
pub(crate) fn open(path: &str) -> TestApp {
    open_with_token(path, Some(&token("Ada Lovelace", YEAR_2100)))
}

/// Opens a page as nobody.
pub(crate) fn open_signed_out(path: &str) -> TestApp {
    open_with_token(path, None)
}

/// Opens a page in a tab that keeps this token.
pub(crate) fn open_with_token(path: &str, kept: Option<&str>) -> TestApp {
    mount(path, kept, None)
}

/// Opens a page whose head says where the API is.
pub(crate) fn open_with_api_base(path: &str, base: &str) -> TestApp {
    mount(path, Some(&token("Ada Lovelace", YEAR_2100)), Some(base))
}

/// What the API is to answer may still be said until the next `await`.
fn mount(path: &str, kept: Option<&str>, base: Option<&str>) -> TestApp {
    // A test that failed has left its app behind.
    unmount();
    api::reset();
    set_online(true);
    session_storage().clear().expect("the tab's storage can be cleared");
    if let Some(token) = kept {
        session_storage().set_item(TOKEN_KEY, token).expect("the tab's storage takes a token");
    }
    mount_app(path, base);
    TestApp
}

/// Mounts the app, in a tab that keeps what it keeps.
fn mount_app(path: &str, base: Option<&str>) {
    replace_path(path);
    document().set_title("");
    let container: HtmlElement = document().create_element("div").expect("a div").unchecked_into();
    document().body().expect("a body").append_child(&container).expect("it can be appended");
    if let Some(base) = base {
        let meta = document().create_element("meta").expect("a meta");
        meta.set_attribute("name", "altostrat-api-base").expect("a name");
        meta.set_attribute("content", base).expect("a content");
        container.append_child(&meta).expect("it can be appended");
    }
    record_uncaught_errors();
    let owner = Owner::new();
    let app = owner.with(|| mount_to(container.clone(), || view! { <App send=api::send /> }));
    MOUNTED.set(Some(Mounted { container, owner, _app: Box::new(app) }));
}

/// Loads the page again, in the same tab. What is on its way gets no answer.
pub(crate) fn reload(_: &TestApp) {
    let path = path();
    unmount();
    mount_app(&path, None);
}

/// Signs somebody else in, in the same tab, and opens a page.
pub(crate) fn reload_as(_: &TestApp, sub: &str, path: &str) {
    unmount();
    session_storage()
        .set_item(TOKEN_KEY, &token_for_user(sub, "Somebody", YEAR_2100))
        .expect("the tab's storage takes a token");
    mount_app(path, None);
}

impl Drop for TestApp {
    fn drop(&mut self) {
        let unexpected = api::verify();
        unmount();
        api::reset();
        assert_eq!(UNCAUGHT_ERRORS.take(), Vec::<String>::new(), "the app crashed");
        assert_eq!(unexpected, Vec::<String>::new(), "what the API was and was not asked");
        assert_eq!(local_storage().length(), Ok(0), "localStorage is never touched");
        assert_eq!(Reflect::get(&document(), &"cookie".into()), Ok("".into()), "cookies are never touched");
    }
}

fn unmount() {
    if let Some(Mounted { container, owner, _app: app }) = MOUNTED.take() {
        drop(app);
        // Leptos drops what a page owns some microtasks later: its last draft would be written into the next test.
        owner.cleanup();
        container.remove();
    }
}

fn replace_path(path: &str) {
    // Chromium passes over what is beyond 200 changes of the history in ten seconds.
    if self::path() == path {
        return;
    }
    let history = window().history().expect("a history");
    let entry = history.state().expect("a state");
    history.replace_state_with_url(&entry, "", Some(path)).expect("a URL of this origin");
}

/// A panic in one of the app's event handlers or tasks ends up at the window, not in the test.
fn record_uncaught_errors() {
    UNCAUGHT_ERRORS.take();
    thread_local!(static WATCH: Closure<dyn Fn(Event)> = Closure::new(|event: Event| {
        let message = Reflect::get(&event, &"message".into()).ok().and_then(|message| message.as_string());
        UNCAUGHT_ERRORS.with_borrow_mut(|crashes| crashes.push(message.unwrap_or_default()));
    }));
    WATCH.with(|watch| {
        // The same listener twice is one listener.
        window().add_event_listener_with_callback("error", watch.as_ref().unchecked_ref()).expect("a listener");
    });
}

/// What the browser says of its network.
pub(crate) fn set_online(online: bool) {
    let property = Object::new();
    for (key, value) in [("value", online), ("configurable", true)] {
        Reflect::set(&property, &key.into(), &value.into()).expect("a plain object");
    }
    Object::<JsValue>::define_property(window().navigator().unchecked_ref(), &"onLine".into(), &property);
}

/// This tab's storage.
pub(crate) fn session_storage() -> Storage {
    window().session_storage().ok().flatten().expect("sessionStorage")
}

fn local_storage() -> Storage {
    window().local_storage().ok().flatten().expect("localStorage")
}

/// A made-up token; `ends_at` in seconds since 1970.
pub(crate) fn token(name: &str, ends_at: f64) -> String {
    token_for_user("auth0|1", name, ends_at)
}

fn token_for_user(sub: &str, name: &str, ends_at: f64) -> String {
    token_with_claims(&serde_json::json!({ "sub": sub, "name": name, "exp": ends_at }))
}

/// A made-up token with any claims.
pub(crate) fn token_with_claims(claims: &serde_json::Value) -> String {
    let part = |text: &str| {
        let base64 = window().btoa(text).expect("ASCII");
        base64.replace('+', "-").replace('/', "_").replace('=', "")
    };
    format!("{}.{}.{}", part(r#"{"alg":"HS256"}"#), part(&claims.to_string()), part("signature"))
}

/// Lets everything run that is ready to.
pub(crate) async fn tick() {
    sleep(0).await;
}

/// Waits until just before the browser paints.
pub(crate) async fn next_frame() {
    let promise = Promise::new(&mut |resolve, _| {
        window().request_animation_frame(&resolve).expect("a frame");
    });
    JsFuture::from(promise).await.expect("it only resolves");
}

/// Lets time pass, where time itself is the subject.
pub(crate) async fn sleep(milliseconds: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        let timer = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
        timer.expect("a timer");
    });
    JsFuture::from(promise).await.expect("it only resolves");
}

/// Looks whenever what is in an element has changed, `attributes` too or not, until that is disconnected.
pub(crate) fn on_mutation(element: &Element, attributes: bool, look: impl FnMut() + 'static) -> MutationObserver {
    let look = Closure::<dyn FnMut()>::new(look).into_js_value();
    let observer = MutationObserver::new(look.unchecked_ref()).expect("an observer");
    let every_change = MutationObserverInit::new();
    every_change.set_attributes(attributes);
    every_change.set_child_list(true);
    every_change.set_character_data(true);
    every_change.set_subtree(true);
    observer.observe_with_options(element, &every_change).expect("an element can be observed");
    observer
}

/// Waits until something holds.
pub(crate) async fn wait_for(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..TRIES {
        // First, so that what the last action set off is done.
        tick().await;
        if holds() {
            return;
        }
    }
    let asked: Vec<String> =
        api::requests().iter().map(|request| format!("{} {}", request.method, request.path)).collect();
    panic!("never came: {what}\non the page {}:\n{}\nthe API was asked: {asked:?}", path(), page_text());
}

/// The page's text as one reads it.
pub(crate) fn page_text() -> String {
    collapse_whitespace(&root().inner_text())
}

/// The URL's path, query and hash.
pub(crate) fn path() -> String {
    let location = location();
    [location.pathname(), location.search(), location.hash()].into_iter().map(|part| part.unwrap_or_default()).collect()
}

/// Where the app is mounted.
pub(crate) fn root() -> HtmlElement {
    MOUNTED
        .with_borrow(|mounted| mounted.as_ref().map(|mounted| mounted.container.clone()))
        .expect("the app is mounted")
}

/// A text on one line.
pub(crate) fn collapse_whitespace(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

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

/// How often [`settle`] looks. A browser gives a turn at most every four milliseconds: this is eight seconds or more.
const TRIES: usize = 2000;
const TOKEN_KEY: &str = "altostrat.jwt";
/// The year 2100, in seconds since 1970.
pub(crate) const FAR_AWAY: f64 = 4_102_444_800.0;

/// The app on the page. Dropping it takes it down, and fails the test if the app did something behind its back.
pub(crate) struct Stage;

struct Mounted {
    place: HtmlElement,
    /// Owns all that the app has created.
    owner: Owner,
    /// Unmounts when it is dropped.
    _app: Box<dyn Any>,
}

thread_local! {
    static MOUNTED: RefCell<Option<Mounted>> = const { RefCell::new(None) };
    static CRASHES: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Opens a page as someone who has signed in.
pub(crate) fn open(path: &str) -> Stage {
    open_with(path, Some(&token("Ada Lovelace", FAR_AWAY)))
}

/// Opens a page as nobody.
pub(crate) fn open_signed_out(path: &str) -> Stage {
    open_with(path, None)
}

/// Opens a page in a tab that keeps this token.
pub(crate) fn open_with(path: &str, kept: Option<&str>) -> Stage {
    mount(path, kept, None)
}

/// Opens a page whose head says where the API is.
pub(crate) fn open_at(path: &str, base: &str) -> Stage {
    mount(path, Some(&token("Ada Lovelace", FAR_AWAY)), Some(base))
}

/// What the API is to answer may still be said until the next `await`.
fn mount(path: &str, kept: Option<&str>, base: Option<&str>) -> Stage {
    // A test that failed has left its stage behind.
    close();
    api::reset();
    set_online(true);
    session().clear().expect("the tab's storage can be cleared");
    if let Some(token) = kept {
        session().set_item(TOKEN_KEY, token).expect("the tab's storage takes a token");
    }
    show(path, base);
    Stage
}

/// Mounts the app, in a tab that keeps what it keeps.
fn show(path: &str, base: Option<&str>) {
    go_to(path);
    document().set_title("");
    let place: HtmlElement = document().create_element("div").expect("a div").unchecked_into();
    document().body().expect("a body").append_child(&place).expect("it can be appended");
    if let Some(base) = base {
        let meta = document().create_element("meta").expect("a meta");
        meta.set_attribute("name", "altostrat-api-base").expect("a name");
        meta.set_attribute("content", base).expect("a content");
        place.append_child(&meta).expect("it can be appended");
    }
    watch_for_crashes();
    let owner = Owner::new();
    let app = owner.with(|| mount_to(place.clone(), || view! { <App send=api::send /> }));
    MOUNTED.set(Some(Mounted { place, owner, _app: Box::new(app) }));
}

/// Loads the page again, in the same tab. What is on its way gets no answer.
pub(crate) fn reload(_: &Stage) {
    let path = path();
    close();
    show(&path, None);
}

/// Signs somebody else in, in the same tab, and opens a page.
pub(crate) fn reload_as(_: &Stage, sub: &str, path: &str) {
    close();
    session().set_item(TOKEN_KEY, &token_of(sub, "Somebody", FAR_AWAY)).expect("the tab's storage takes a token");
    show(path, None);
}

impl Drop for Stage {
    fn drop(&mut self) {
        let disagreements = api::disagreements();
        close();
        api::reset();
        assert_eq!(CRASHES.take(), Vec::<String>::new(), "the app crashed");
        assert_eq!(disagreements, Vec::<String>::new(), "what the API was and was not asked");
        assert_eq!(local().length(), Ok(0), "localStorage is never touched");
        assert_eq!(Reflect::get(&document(), &"cookie".into()), Ok("".into()), "cookies are never touched");
    }
}

fn close() {
    if let Some(Mounted { place, owner, _app: app }) = MOUNTED.take() {
        drop(app);
        // Leptos drops what a page owns some microtasks later: its last draft would be written into the next test.
        owner.cleanup();
        place.remove();
    }
}

fn go_to(path: &str) {
    // Chromium passes over what is beyond 200 changes of the history in ten seconds.
    if self::path() == path {
        return;
    }
    let history = window().history().expect("a history");
    let entry = history.state().expect("a state");
    history.replace_state_with_url(&entry, "", Some(path)).expect("a URL of this origin");
}

/// A panic in one of the app's event handlers or tasks ends up at the window, not in the test.
fn watch_for_crashes() {
    CRASHES.take();
    thread_local!(static WATCH: Closure<dyn Fn(Event)> = Closure::new(|event: Event| {
        let message = Reflect::get(&event, &"message".into()).ok().and_then(|message| message.as_string());
        CRASHES.with_borrow_mut(|crashes| crashes.push(message.unwrap_or_default()));
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
pub(crate) fn session() -> Storage {
    window().session_storage().ok().flatten().expect("sessionStorage")
}

fn local() -> Storage {
    window().local_storage().ok().flatten().expect("localStorage")
}

/// A made-up token; `ends_at` in seconds since 1970.
pub(crate) fn token(name: &str, ends_at: f64) -> String {
    token_of("auth0|1", name, ends_at)
}

fn token_of(sub: &str, name: &str, ends_at: f64) -> String {
    token_with(&serde_json::json!({ "sub": sub, "name": name, "exp": ends_at }))
}

/// A made-up token with any claims.
pub(crate) fn token_with(claims: &serde_json::Value) -> String {
    let part = |text: &str| {
        let base64 = window().btoa(text).expect("ASCII");
        base64.replace('+', "-").replace('/', "_").replace('=', "")
    };
    format!("{}.{}.{}", part(r#"{"alg":"HS256"}"#), part(&claims.to_string()), part("signature"))
}

/// Lets everything run that is ready to.
pub(crate) async fn turn() {
    pass(0).await;
}

/// Waits until just before the browser paints.
pub(crate) async fn next_frame() {
    let promise = Promise::new(&mut |resolve, _| {
        window().request_animation_frame(&resolve).expect("a frame");
    });
    JsFuture::from(promise).await.expect("it only resolves");
}

/// Lets time pass, where time itself is the subject.
pub(crate) async fn pass(milliseconds: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        let timer = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
        timer.expect("a timer");
    });
    JsFuture::from(promise).await.expect("it only resolves");
}

/// Looks whenever what is in an element has changed, `attributes` too or not, until that is disconnected.
pub(crate) fn on_change(element: &Element, attributes: bool, look: impl FnMut() + 'static) -> MutationObserver {
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
pub(crate) async fn settle(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..TRIES {
        // First, so that what the last action set off is done.
        turn().await;
        if holds() {
            return;
        }
    }
    let asked: Vec<String> = api::asked().iter().map(|asked| format!("{} {}", asked.method, asked.path)).collect();
    panic!("never came: {what}\non the page {}:\n{}\nthe API was asked: {asked:?}", path(), text());
}

/// The page's text as one reads it.
pub(crate) fn text() -> String {
    collapse(&root().inner_text())
}

/// The URL's path, query and hash.
pub(crate) fn path() -> String {
    let location = location();
    [location.pathname(), location.search(), location.hash()].into_iter().map(|part| part.unwrap_or_default()).collect()
}

/// Where the app is mounted.
pub(crate) fn root() -> HtmlElement {
    MOUNTED.with_borrow(|mounted| mounted.as_ref().map(|mounted| mounted.place.clone())).expect("a stage is open")
}

/// A text on one line.
pub(crate) fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

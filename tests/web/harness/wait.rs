//! Waiting: for a condition, for a frame, or for a mutation of the DOM.

use js_sys::{Array, Function, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, MutationObserver, MutationObserverInit};

use crate::harness::api;
use crate::harness::app::path;
use crate::harness::page::page_text;

/// How often [`wait_for`] checks its condition. A browser runs a timer at most every 4 ms, so this takes at least 8 s.
const MAX_TICKS: usize = 2000;

/// Runs all pending tasks and microtasks.
pub(crate) async fn tick() {
    sleep(0).await;
}

/// Runs the timers between the automatic checks of an unknown outcome (2.1 to 3 s and 7 to 8 s) a hundred times faster, and
/// records their delays.
pub(crate) fn shorten_timers() {
    const BODY: &str = "
        window.longDelays = [];
        window.slowTimers = new Map();
        if (window.setTimeout.original) return;
        const original = window.setTimeout, clear = window.clearTimeout;
        window.setTimeout = (callback, delay, ...rest) => {
            const isLong = delay >= 2100 && delay <= 3000 || delay >= 7000 && delay <= 8000;
            if (isLong) window.longDelays.push(delay);
            const id = original.call(window, callback, isLong ? delay / 100 : delay, ...rest);
            if (delay >= 1000) window.slowTimers.set(id, { delay, callback });
            return id;
        };
        window.clearTimeout = id => { window.slowTimers.delete(id); clear.call(window, id); };
        window.setTimeout.original = original;";
    Function::new_no_args(BODY).call0(&JsValue::UNDEFINED).expect("the timers can be replaced");
}

/// Runs all timers with this delay, of a second or more, at once.
pub(crate) fn run_timers(delay: u32) {
    const BODY: &str = "
        for (const [id, timer] of [...window.slowTimers])
            if (timer.delay === delay) { clearTimeout(id); timer.callback(); }";
    Function::new_with_args("delay", BODY).call1(&JsValue::UNDEFINED, &delay.into()).expect("the timers run");
}

/// The delays of the shortened timers since the app was opened, in milliseconds.
pub(crate) fn long_delays() -> Vec<f64> {
    let delays: Array = Reflect::get(&window(), &"longDelays".into()).expect("a list").unchecked_into();
    delays.iter().filter_map(|delay| delay.as_f64()).collect()
}

/// Waits until just before the browser paints.
pub(crate) async fn next_frame() {
    let promise = Promise::new(&mut |resolve, _| {
        window().request_animation_frame(&resolve).expect("a frame");
    });
    JsFuture::from(promise).await.expect("it only resolves");
}

/// Waits for a fixed time. Only for tests about time itself.
pub(crate) async fn sleep(milliseconds: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        let timer = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
        timer.expect("a timer");
    });
    JsFuture::from(promise).await.expect("it only resolves");
}

/// Waits until a condition holds. Panics with the page's text when it never does.
pub(crate) async fn wait_for(what: &str, condition: impl Fn() -> bool) {
    for _ in 0..MAX_TICKS {
        // First, so that the effects of the last action have run.
        tick().await;
        if condition() {
            return;
        }
    }
    let requests: Vec<String> =
        api::requests().iter().map(|request| format!("{} {}", request.method, request.path)).collect();
    panic!("timed out waiting for: {what}\non the page {}:\n{}\nrequests: {requests:?}", path(), page_text());
}

/// Calls back after each mutation below an element, of attributes too or not, until the observer is disconnected.
pub(crate) fn on_mutation(element: &Element, attributes: bool, callback: impl FnMut() + 'static) -> MutationObserver {
    let callback = Closure::<dyn FnMut()>::new(callback).into_js_value();
    let observer = MutationObserver::new(callback.unchecked_ref()).expect("an observer");
    let options = MutationObserverInit::new();
    options.set_attributes(attributes);
    options.set_child_list(true);
    options.set_character_data(true);
    options.set_subtree(true);
    observer.observe_with_options(element, &options).expect("an element can be observed");
    observer
}

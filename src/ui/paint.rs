//! What can wait until the page is on the screen.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::view::prelude::*;

/// A page that is in no window is not painted: it has waited long enough by then.
const UNSEEN: Duration = Duration::from_secs(1);

fn behind_the_paint(then: impl FnOnce() + 'static) {
    let then: Box<dyn FnOnce()> = Box::new(then);
    let then = Rc::new(Cell::new(Some(then)));
    let once = move || {
        if let Some(then) = then.take() {
            then();
        }
    };
    let unseen = once.clone();
    // The frame comes before the paint, and the timer behind it.
    request_animation_frame(move || set_timeout(once, Duration::ZERO));
    set_timeout(unseen, UNSEEN);
}

/// Turns true once the component that asks has been painted: what costs time, and what nobody needs before they see the
/// page, is made then.
pub fn painted() -> ReadSignal<bool> {
    let (painted, set) = signal(false);
    behind_the_paint(move || set.set(true));
    painted
}

/// Turns true in the browser's next task: until then it may show what is there, and do what the user asks for.
pub fn next_task() -> ReadSignal<bool> {
    let (has_come, set) = signal(false);
    set_timeout(move || set.set(true), Duration::ZERO);
    has_come
}

/// Waits for the next paint: what helps with a page does not hold it up.
pub async fn paint() {
    let painted = Promise::new_typed(&mut |resolve, _| {
        // It takes any value.
        behind_the_paint(move || _ = resolve.call1(&JsValue::UNDEFINED, &JsValue::UNDEFINED));
    });
    // It is never refused.
    _ = JsFuture::from(painted).await;
}

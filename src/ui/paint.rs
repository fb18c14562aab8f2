//! What can wait until the page is on the screen.

use std::time::Duration;

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::view::prelude::*;

fn behind_the_paint(then: impl FnOnce() + 'static) {
    // The frame comes before the paint, and the timer behind it.
    request_animation_frame(move || set_timeout(then, Duration::ZERO));
}

/// Turns true once the component that asks has been painted: what costs time, and what nobody needs before they see the
/// page, is made then.
pub fn painted() -> ReadSignal<bool> {
    let (painted, set) = signal(false);
    behind_the_paint(move || set.set(true));
    painted
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

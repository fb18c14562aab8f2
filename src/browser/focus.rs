//! Moves the focus to where the user goes on.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Puts the focus on the first element that `selector` finds.
pub fn focus_on(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    // Fails only for an element that cannot be focused.
    _ = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()).map(|found| found.focus());
}

//! Moving the focus.

use std::time::Duration;

use leptos::prelude::{document, set_timeout};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

fn focus(element: Option<Element>) {
    // Fails only for an element that cannot be focused.
    _ = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()).map(|element| element.focus());
}

/// Focuses the first element that matches a CSS selector.
pub fn focus_on(selector: &str) {
    focus(document().query_selector(selector).ok().flatten());
}

/// Focuses the element with this ID.
pub fn focus_id(id: &str) {
    focus(document().get_element_by_id(id));
}

/// Focuses the element with this ID in the next task, after pending renders.
pub fn focus_id_later(id: &'static str) {
    set_timeout(move || focus_id(id), Duration::ZERO);
}

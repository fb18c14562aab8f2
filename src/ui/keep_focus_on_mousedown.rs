//! Protection against clicks that miss their button because the layout shifts on blur.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Keeps the focus in the field on `mousedown` on a button.
///
/// Otherwise the field's blur would show its error, the button would move before `mouseup`, and the browser would
/// dispatch no `click`. The listeners are removed with the calling component.
pub fn keep_focus_on_mousedown() {
    let by_mouse = StoredValue::new(false);
    let pointerdown = window_event_listener(ev::pointerdown, move |event| {
        by_mouse.set_value(event.pointer_type() == "mouse");
    });
    let mousedown = window_event_listener(ev::mousedown, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let on_button = target.is_some_and(|target| target.closest(".button").is_ok_and(|button| button.is_some()));
        let in_field = || {
            document()
                .active_element()
                .is_some_and(|focused| focused.matches("input, textarea, select").is_ok_and(|matches| matches))
        };
        if by_mouse.get_value() && on_button && in_field() {
            event.prevent_default();
        }
    });
    on_cleanup(move || {
        pointerdown.remove();
        mousedown.remove();
    });
}

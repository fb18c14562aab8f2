//! A press of the mouse, which must not be lost.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Keeps the focus in a field until a press of the mouse on a button is done. Else the field would show its error when
/// it loses the focus, the button would move from under the mouse before that is let go, and the press would be lost.
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

//! A modal dialog: the browser's own `<dialog>`, which keeps the focus inside and gives it back.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement};

/// A dialog that is open while it is in the page, and that Escape does not close: what it asks for is needed.
#[component]
pub fn Dialog(
    /// The id of the element that names it.
    labelled_by: &'static str,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    // A dialog that is taken out of the page does not give the focus back; one that is closed would.
    let before = StoredValue::new_local(None::<HtmlElement>);
    node.on_load(move |dialog| {
        let focused = document().active_element().and_then(|focused| focused.dyn_into().ok());
        before.set_value(focused);
        // Fails only for a dialog that is open already.
        _ = dialog.show_modal();
    });
    on_cleanup(move || {
        if let Some(Some(focused)) = before.try_update_value(Option::take) {
            // After this turn: the dialog still makes the page behind it inert.
            request_animation_frame(move || _ = focused.focus());
        }
    });
    // A second Escape closes it whatever we say: then it opens again.
    let reopen = move |_: Event| {
        if let Some(dialog) = node.try_get_untracked().flatten() {
            _ = dialog.show_modal();
        }
    };
    view! {
        <dialog
            node_ref=node
            class="dialog"
            aria-labelledby=labelled_by
            on:cancel=|event: Event| event.prevent_default()
            on:close=reopen
        >
            {children()}
        </dialog>
    }
}

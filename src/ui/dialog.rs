//! A modal dialog: the browser's own `<dialog>`, which keeps the focus inside and gives it back.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement};

/// A dialog that is open while it is in the page.
#[component]
pub fn Dialog(
    /// The id of the element that names it.
    labelled_by: &'static str,
    /// What Escape does. Without it nothing: what the dialog asks for is needed.
    #[prop(optional)]
    cancel: Option<Callback<()>>,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    // A dialog that is taken out of the page does not give the focus back; one that is closed would.
    let previous_focus = StoredValue::new_local(None::<HtmlElement>);
    let dialog = move || node.try_get_untracked().flatten();
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        let focused = document().active_element().and_then(|focused| focused.dyn_into().ok());
        previous_focus.set_value(focused);
        // Fails only for a dialog that is open already.
        _ = dialog.show_modal();
    });
    on_cleanup(move || {
        if let Some(focused) = previous_focus.try_update_value(Option::take).flatten() {
            // After this turn: the dialog still makes the page behind it inert.
            request_animation_frame(move || restore_focus(&focused));
        }
    });
    let escape = move |event: Event| {
        event.prevent_default();
        if let Some(cancel) = cancel {
            cancel.run(());
        }
    };
    // A second Escape closes it whatever we say: then it opens again.
    let reopen = move |_: Event| {
        if let Some(dialog) = dialog() {
            _ = dialog.show_modal();
        }
    };
    view! {
        <dialog node_ref=node class="dialog" aria-labelledby=labelled_by on:cancel=escape on:close=reopen>
            {children()}
        </dialog>
    }
}

/// Unless its page is gone, or something else took the focus meanwhile: the heading of the next page, or a summary.
fn restore_focus(focused: &HtmlElement) {
    let is_free = document().active_element().is_none_or(|now| now.tag_name() == "BODY");
    if is_free && focused.is_connected() {
        // Fails only for an element that cannot be focused.
        _ = focused.focus();
    }
}

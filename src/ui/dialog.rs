//! A modal dialog: the browser's `<dialog>`, which traps the focus and restores it.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement};

/// A modal dialog. It opens when it is mounted and closes when it is unmounted.
#[component]
pub fn Dialog(
    /// The ID of the element with its title.
    labelled_by: &'static str,
    /// Called on Escape. Without it, Escape does nothing, because the dialog needs an answer.
    #[prop(optional)]
    cancel: Option<Callback<()>>,
    /// Its content.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    // The browser restores the focus when a dialog closes, but not when it is removed from the page.
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
            // In a later task: until the dialog is removed, the page behind it is inert.
            request_animation_frame(move || restore_focus(&focused));
        }
    });
    let escape = move |event: Event| {
        event.prevent_default();
        if let Some(cancel) = cancel {
            cancel.run(());
        }
    };
    // The browser may close the dialog on a second Escape although `cancel` was prevented: then it is opened again.
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

/// Focuses `focused` again, unless it was removed or another element, such as the next page's heading, has the focus.
fn restore_focus(focused: &HtmlElement) {
    let is_free = document().active_element().is_none_or(|now| now.tag_name() == "BODY");
    if is_free && focused.is_connected() {
        // Fails only for an element that cannot be focused.
        _ = focused.focus();
    }
}

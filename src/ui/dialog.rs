//! A modal dialog: the browser's own `<dialog>`, which keeps the focus inside and gives it back.

use leptos::html;
use leptos::prelude::*;

/// A dialog that is open while it is in the page, and that Escape does not close: what it asks for is needed.
#[component]
pub fn Dialog(
    /// The id of the element that names it.
    labelled_by: &'static str,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    node.on_load(|dialog| {
        // Fails only for a dialog that is open already.
        _ = dialog.show_modal();
    });
    view! {
        <dialog node_ref=node class="dialog" aria-labelledby=labelled_by on:cancel=|event: web_sys::Event| event.prevent_default()>
            {children()}
        </dialog>
    }
}

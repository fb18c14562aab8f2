//! A button inside of a form that changes its fields, such as "Undo".

use leptos::prelude::*;

use crate::form::FormLock;

/// A small button. It does nothing while the form is locked.
#[component]
pub fn FormButton(
    /// Runs when the button is pressed.
    #[prop(into)]
    press: Callback<()>,
    /// The label.
    children: Children,
) -> impl IntoView {
    let locked = FormLock::is_locked();
    let on_click = move |_| {
        if !locked.get_untracked() {
            press.run(());
        }
    };
    view! {
        <button
            type="button"
            class="button button-small"
            aria-disabled=move || locked.get().then_some("true")
            on:click=on_click
        >
            {children()}
        </button>
    }
}

//! The button that submits a form.

use leptos::prelude::*;

use crate::ui::ChangingText;

/// A form's one submit button. It is never disabled because the form is wrong; while busy it says so, and stays in
/// the tab order (E7).
#[component]
pub fn SubmitButton(
    /// What it does.
    label: &'static str,
    /// Whether it is doing it.
    #[prop(into, optional)]
    busy: Signal<bool>,
    /// Whether it has to wait: a press is answered in words.
    #[prop(into, optional)]
    waits: Signal<bool>,
) -> impl IntoView {
    let text = Signal::derive(move || if busy.get() { "Saving…" } else { label }.to_owned());
    view! {
        <button type="submit" class="button button-primary" aria-disabled=move || (busy.get() || waits.get()).then_some("true")>
            <ChangingText text />
        </button>
    }
}

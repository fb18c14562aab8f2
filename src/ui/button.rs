//! The button that submits a form.

use leptos::prelude::*;

use crate::ui::ChangingText;

/// A form's submit button. Errors in the form never disable it. While busy it shows "Saving…" and stays focusable.
#[component]
pub fn SubmitButton(
    /// The name of the action, "Save changes".
    label: &'static str,
    /// Whether the save is in flight.
    #[prop(into, optional)]
    busy: Signal<bool>,
    /// Whether a press is rejected for now; the form then announces the reason.
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

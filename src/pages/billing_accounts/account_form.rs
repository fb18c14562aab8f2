//! The form around the fields: its summary, its submit, and what became of the last save.

use crate::view::prelude::*;
use leptos::ev::SubmitEvent;

use super::fields::AccountFields;
use super::form_state::{AccountFormState, Saving};
use super::unknown::focus_unknown;
use crate::api::Outcome;
use crate::pages::lazy;
use crate::ui::lazy::Lazy;
use crate::ui::{Countdown, CountdownText, ErrorSummary, SubmitButton};

/// The form.
#[component]
pub fn AccountForm(
    /// Its state.
    state: AccountFormState,
    /// What its button says.
    label: &'static str,
    /// Where "Cancel" leads.
    cancel: String,
    /// The currency: chosen or told.
    currency: AnyView,
    /// Checks what is typed, and saves. Not called while a save is on its way.
    save: Callback<()>,
    /// Finds out what became of the saves whose outcome is not known.
    check: Callback<()>,
    /// What stands under the buttons: Tab leads from the last field to them.
    copy: AnyView,
    /// What stands between the fields and the button.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let busy = memo(move || state.saving.with(|saving| *saving == Saving::InFlight));
    // What was saved must not be sent again, even when its details could not be read (R1).
    let done = memo(move || {
        state.saving.with(|saving| matches!(saving, Saving::Failed(error) if error.outcome() == Outcome::Done))
    });
    let wait =
        move || state.saving.with(|saving| if let Saving::Failed(error) = saving { error.wait_until() } else { None });
    let not_sent = move || state.saving.with(|saving| *saving == Saving::NotSent).then(|| view! { <NotSent /> });
    let countdown = Countdown::until(Signal::derive(wait));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        match state.saving.get_untracked() {
            Saving::InFlight => {}
            // Sending again is a choice of its own, after the check.
            Saving::Unknown { .. } => focus_unknown(),
            Saving::Failed(_) if done.get_untracked() || countdown.holds() => {}
            Saving::Idle | Saving::NotSent | Saving::Failed(_) => save.run(()),
        }
    };
    let loading = Lazy::here();
    let outcome = move |ready| lazy::save_outcome(ready, state, check, save);
    // Until something is saved there is nothing to say, unless an earlier save has had no answer.
    let outcome = if untrack(|| state.keeping.has_attempts()) { loading.part(outcome) } else { loading.aside(outcome) };
    view! {
        <ErrorSummary controls=state.fields.all() elsewhere=state.elsewhere shown=state.shown />
        {outcome}
        {not_sent}
        <p hidden=move || !done.get()>
            <a class="button" href=cancel.clone()>"See what was saved"</a>
        </p>
        <form
            class="form"
            class:form-locked=state.seen_locked
            novalidate
            hidden=move || done.get()
            on:submit=submit
            aria-busy=move || busy.get().then_some("true")
        >
            <AccountFields fields=state.fields currency />
            {children.map(|children| children())}
            <div class="actions">
                <SubmitButton label busy waits=Signal::derive(move || countdown.is_on() || state.is_unknown()) />
                <a class="button" href=cancel>"Cancel"</a>
                <CountdownText countdown />
            </div>
            {copy}
        </form>
    }
}

/// Says that what it takes to save could not be loaded. It takes the focus: the button may be far below.
#[component]
fn NotSent() -> impl IntoView {
    let node = ElementRef::new(None);
    Effect::new(move |_| {
        if let Some(notice) = node.get() {
            _ = notice.focus();
        }
    });
    view! {
        <div class="notice notice-error" tabindex="-1" node_ref=node>
            <div role="alert">
                <h2 class="notice-title">"Nothing was sent: a part of this page could not be loaded"</h2>
                <p>"Check your connection, then press the button again. What you typed is still here."</p>
            </div>
        </div>
    }
}

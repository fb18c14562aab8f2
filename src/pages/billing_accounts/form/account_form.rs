//! The form around the fields: its error summary, its submit button, and the outcome of the last save.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::domain::BillingAccount;
use crate::pages::billing_accounts::form::fields::AccountInputs;
use crate::pages::billing_accounts::form::save_outcome::SaveOutcome;
use crate::pages::billing_accounts::form::save_state::SaveState;
use crate::pages::billing_accounts::form::state::AccountFormState;
use crate::pages::billing_accounts::form::unknown_outcome::focus_unknown;
use crate::ui::{Countdown, CountdownText, ErrorSummary, SubmitButton};

/// The form.
#[component]
pub fn AccountForm(
    /// The state of the form.
    state: AccountFormState,
    /// The label of the submit button.
    label: &'static str,
    /// The URL of "Cancel".
    cancel: String,
    /// The currency: a select on create, a text on edit.
    currency: AnyView,
    /// Validates the form and saves it. Not called while a save is in flight.
    save: Callback<()>,
    /// Checks the outcome of the unanswered saves.
    check: Callback<()>,
    /// The copy buttons, below the submit button: Tab leads from the last field to the submit button first.
    copy: AnyView,
    /// Opens an account that the user accepts as the one that an unanswered save created.
    #[prop(optional)]
    accept: Option<Callback<BillingAccount>>,
    /// The content between the fields and the submit button.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let is_busy = Memo::new(move |_| state.saving.with(SaveState::is_busy));
    // A saved form must not be sent again, even when the reply lacks the account.
    let is_saved = Memo::new(move |_| state.saving.with(|saving| matches!(saving, SaveState::Saved(_))));
    // A retry delay that was stored before a reload applies too.
    let retry_at = move || {
        let rejected_until =
            state.saving.with(|saving| if let SaveState::Rejected(error) = saving { error.retry_at() } else { None });
        rejected_until.or_else(|| state.draft_store.retry_at())
    };
    let countdown = Countdown::until(Signal::derive(retry_at));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        match state.saving.get_untracked() {
            SaveState::Refetching | SaveState::Saving => {}
            // The user can send again only after the check.
            SaveState::Unknown { .. } => focus_unknown(),
            SaveState::Saved(_) => {}
            SaveState::Editing | SaveState::Rejected(_) if countdown.blocks_press() => {}
            SaveState::Editing | SaveState::Rejected(_) => save.run(()),
        }
    };
    // Several presses before the next paint start only one save.
    let save = Callback::new(move |()| {
        if state.saving.with_untracked(|saving| *saving != SaveState::Saving) {
            save.run(());
        }
    });
    view! {
        <ErrorSummary controls=state.fields.all().to_vec() general_errors=state.general_errors shown=state.show_summary />
        <SaveOutcome state check save accept />
        <p hidden=move || !is_saved.get()>
            <a class="button" href=cancel.clone()>"See what was saved"</a>
        </p>
        <form
            class="form"
            class:form-locked=state.show_locked
            novalidate
            hidden=move || is_saved.get()
            on:submit=submit
            aria-busy=move || is_busy.get().then_some("true")
        >
            <AccountInputs fields=state.fields currency />
            {children.map(|children| children())}
            <div class="actions">
                <SubmitButton label busy=is_busy waits=Signal::derive(move || countdown.is_on() || state.is_unknown()) />
                <a class="button" href=cancel>"Cancel"</a>
                <CountdownText countdown />
            </div>
            {copy}
        </form>
    }
}

//! The form around the fields: its summary, its submit, and what became of the last save.

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
    /// Opens an account that the user accepts as the one that an unanswered save created.
    #[prop(optional)]
    accept: Option<Callback<BillingAccount>>,
    /// What stands between the fields and the button.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let busy = Memo::new(move |_| state.saving.with(SaveState::is_busy));
    // What was saved must not be sent again, even when its details could not be read (R1).
    let done = Memo::new(move |_| state.saving.with(|saving| matches!(saving, SaveState::Saved(_))));
    // A wait that is kept from before a reload holds too.
    let wait = move || {
        let asked =
            state.saving.with(|saving| if let SaveState::Rejected(error) = saving { error.retry_at() } else { None });
        asked.or_else(|| state.draft_store.retry_at())
    };
    let countdown = Countdown::until(Signal::derive(wait));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        match state.saving.get_untracked() {
            SaveState::Refetching | SaveState::Saving => {}
            // Sending again is a choice of its own, after the check.
            SaveState::Unknown { .. } => focus_unknown(),
            SaveState::Saved(_) => {}
            SaveState::Editing | SaveState::Rejected(_) if countdown.blocks_press() => {}
            SaveState::Editing | SaveState::Rejected(_) => save.run(()),
        }
    };
    // However many presses there are before the next paint: one save at a time.
    let save = Callback::new(move |()| {
        if state.saving.with_untracked(|saving| *saving != SaveState::Saving) {
            save.run(());
        }
    });
    view! {
        <ErrorSummary controls=state.fields.all().to_vec() general_errors=state.general_errors shown=state.show_summary />
        <SaveOutcome state check save accept />
        <p hidden=move || !done.get()>
            <a class="button" href=cancel.clone()>"See what was saved"</a>
        </p>
        <form
            class="form"
            class:form-locked=state.show_locked
            novalidate
            hidden=move || done.get()
            on:submit=submit
            aria-busy=move || busy.get().then_some("true")
        >
            <AccountInputs fields=state.fields currency />
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

//! The form around the fields: its messages, its sections, the preview, and the bar with its submit button.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::domain::BillingAccount;
use crate::pages::billing_accounts::form::account_section::AccountSection;
use crate::pages::billing_accounts::form::address::AddressSection;
use crate::pages::billing_accounts::form::copy_as::CopyPayload;
use crate::pages::billing_accounts::form::form_bar::FormBar;
use crate::pages::billing_accounts::form::save_outcome::SaveOutcome;
use crate::pages::billing_accounts::form::save_state::SaveState;
use crate::pages::billing_accounts::form::state::AccountFormState;
use crate::pages::billing_accounts::form::unknown_notice::focus_unknown;
use crate::ui::Countdown;
use crate::ui::live_region::LiveRegion;

/// The form.
#[component]
pub fn AccountForm(
    /// The state of the form.
    state: AccountFormState,
    /// The label of the submit button.
    label: &'static str,
    /// The URL of "Cancel".
    cancel: String,
    /// The accounts of the workspace; `None` until they are known.
    #[prop(into)]
    accounts: Signal<Option<Vec<BillingAccount>>>,
    /// The section with the currency: a select on create, a text on edit.
    currency: AnyView,
    /// Validates the form and saves it. Not called while a save is in flight.
    save: Callback<()>,
    /// Checks the outcome of the unanswered saves.
    check: Callback<()>,
    /// Opens an account that the user accepts as the one that an unanswered save created.
    #[prop(optional)]
    accept: Option<Callback<BillingAccount>>,
    /// The state of the draft or the number of changes, such as "Draft saved".
    #[prop(into)]
    progress: Signal<String>,
    /// The last result of a button in the bar.
    message: LiveRegion<&'static str>,
    /// Returns the request to copy, or why the form has none.
    payload: Callback<(), Result<CopyPayload, &'static str>>,
    /// The content beside the fields.
    children: Children,
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
        <SaveOutcome state check save accept />
        <p hidden=move || !is_saved.get()>
            <a class="button" href=cancel.clone()>"See what was saved"</a>
        </p>
        <form
            class="columns"
            class:form-locked=state.show_locked
            novalidate
            hidden=move || is_saved.get()
            on:submit=submit
            aria-busy=move || is_busy.get().then_some("true")
        >
            // Before the preview, so that Tab leads from the last field to the submit button.
            <div>
                <div class="panel">
                    <AccountSection fields=state.fields />
                    <AddressSection fields=state.fields accounts />
                    {currency}
                </div>
                <FormBar state label cancel countdown progress message payload />
            </div>
            <aside aria-label="Preview">{children()}</aside>
        </form>
    }
}

//! The results of a form's saves, above the form: a failure, an unknown outcome, or an earlier unanswered save.

use leptos::prelude::*;

use crate::domain::BillingAccount;
use crate::pages::billing_accounts::form::save_state::SaveState;
use crate::pages::billing_accounts::form::state::AccountFormState;
use crate::pages::billing_accounts::form::unknown_outcome::{EarlierAttempt, UnknownOutcome};
use crate::pages::shared::error_notice::FailureNotice;

/// The results. Rendered before there are any, because only results that appear later take the focus.
#[component]
pub fn SaveOutcome(
    /// The form's state.
    state: AccountFormState,
    /// Checks the outcome of the unanswered saves.
    check: Callback<()>,
    /// Sends the save again.
    save: Callback<()>,
    /// Opens an account that the user accepts as the one that was created.
    accept: Option<Callback<BillingAccount>>,
) -> impl IntoView {
    let failure = move || match state.saving.get() {
        SaveState::Rejected(error) | SaveState::Saved(error) => {
            // The summary names the fields and takes the focus itself.
            let focus = !state.show_summary.get_untracked();
            Some(view! { <FailureNotice error operation=state.operation focus /> })
        }
        SaveState::Editing | SaveState::Refetching | SaveState::Saving | SaveState::Unknown { .. } => None,
    };
    view! {
        {failure}
        <EarlierAttempt state check />
        <UnknownOutcome state check save accept />
    }
}

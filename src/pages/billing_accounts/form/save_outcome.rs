//! What became of the saves of a form, above it: a failure, an outcome that is not known, an earlier one without an
//! answer.

use leptos::prelude::*;

use crate::domain::BillingAccount;
use crate::pages::billing_accounts::form::save_state::SaveState;
use crate::pages::billing_accounts::form::state::AccountFormState;
use crate::pages::billing_accounts::form::unknown_outcome::{EarlierAttempt, UnknownOutcome};
use crate::pages::shared::error_notice::FailureNotice;

/// All of it. It is there before there is anything to say: the focus goes only to what comes later.
#[component]
pub fn SaveOutcome(
    /// The form's state.
    state: AccountFormState,
    /// Finds out what became of the saves whose outcome is not known.
    check: Callback<()>,
    /// Saves once more.
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

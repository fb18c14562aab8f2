//! The results of a form's saves, above the form: the error summary, a failure, an unknown outcome, or an earlier unanswered save.

use leptos::prelude::*;

use crate::api::ApiError;
use crate::domain::BillingAccount;
use crate::pages::billing_accounts::form::save_state::SaveState;
use crate::pages::billing_accounts::form::state::AccountFormState;
use crate::pages::billing_accounts::form::unknown_outcome::{EarlierAttempt, UnknownOutcome};
use crate::pages::shared::error_notice::{ErrorDetails, FailureNotice};
use crate::ui::ErrorSummary;

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
        // The error summary is the message.
        SaveState::Rejected(error) if has_field_errors(&error) => None,
        SaveState::Rejected(error) | SaveState::Saved(error) => {
            Some(view! { <FailureNotice error operation=state.operation focus=true /> })
        }
        SaveState::Editing | SaveState::Refetching | SaveState::Saving | SaveState::Unknown { .. } => None,
    };
    let details = move || match state.saving.get() {
        SaveState::Rejected(error) => Some(view! { <ErrorDetails error /> }),
        _ => None,
    };
    view! {
        <ErrorSummary
            controls=state.fields.all().to_vec()
            general_errors=state.general_errors
            shown=state.show_summary
            text=state.operation.fix_fields()
        >
            {details}
        </ErrorSummary>
        {failure}
        <EarlierAttempt state check />
        <UnknownOutcome state check save accept />
    }
}

/// Whether the server named fields, or gave reasons for fields that the form lacks.
fn has_field_errors(error: &ApiError) -> bool {
    error.response().is_some_and(|response| !response.field_errors().is_empty())
}

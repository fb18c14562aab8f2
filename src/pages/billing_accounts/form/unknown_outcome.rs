//! The unknown outcome of a form's save: its notice above the locked form, and the reminder above the unlocked one.

use leptos::prelude::*;

use crate::browser::focus::focus_on;
use crate::domain::BillingAccount;
use crate::pages::billing_accounts::form::save_state::{OutcomeCheck, SaveState};
use crate::pages::billing_accounts::form::state::AccountFormState;
use crate::pages::billing_accounts::form::unknown_notice::{UnknownNotice, focus_unknown};
use crate::pages::shared::error_messages::Operation;
use crate::ui::{Notice, Tone};

/// The notice of an unknown outcome, above the locked form.
#[component]
pub fn UnknownOutcome(
    /// The form's state.
    state: AccountFormState,
    /// Checks the outcome. Not called while a check is in flight.
    check: Callback<()>,
    /// Sends the save again.
    save: Callback<()>,
    /// Opens an account that the user accepts as the one that was created.
    accept: Option<Callback<BillingAccount>>,
) -> impl IntoView {
    let operation = state.operation;
    let is_unknown = Memo::new(move |_| state.is_unknown());
    // An unknown outcome that was restored with the page does not take the focus.
    Effect::new(move |previous: Option<()>| {
        if is_unknown.get() && previous.is_some() {
            focus_unknown();
        }
    });
    let outcome_check = Memo::new(move |_| match state.saving.get() {
        SaveState::Unknown { check, .. } => check,
        _ => OutcomeCheck::NotStarted,
    });
    let resend = Callback::new(move |()| {
        // The button is removed, so the submit button with "Saving…" takes the focus.
        focus_on("form [type=submit]");
        save.run(());
    });
    let resend_label = if operation == Operation::Create { "Create anyway" } else { "Send again" };
    let edit = move |_| {
        state.reset();
        focus_on("form input");
    };
    let notice = move || {
        // Not tracked, because only the notice changes with the check.
        let error = state.saving.with_untracked(|saving| match saving {
            SaveState::Unknown { error, .. } => error.clone(),
            _ => None,
        });
        let alternative = move || view! { <button type="button" class="button" on:click=edit>"Edit details"</button> };
        view! { <UnknownNotice operation error outcome_check check resend resend_label accept alternative /> }
    };
    move || is_unknown.get().then(notice)
}

/// The reminder above an editable form that an earlier save may have been applied.
#[component]
pub fn EarlierAttempt(
    /// The form's state.
    state: AccountFormState,
    /// Checks the outcome.
    check: Callback<()>,
) -> impl IntoView {
    let is_shown = Memo::new(move |_| {
        let is_editable = state.saving.with(|saving| matches!(saving, SaveState::Editing | SaveState::Rejected(_)));
        is_editable && state.draft_store.has_attempts()
    });
    let dismiss = move |_| {
        state.draft_store.forget_attempts();
        // The button is removed, so the form takes the focus.
        focus_on("form input");
    };
    let (title, text) = match state.operation {
        Operation::Create => (
            "An earlier attempt got no response",
            "It may still create the account. Creating it again now could make a duplicate.",
        ),
        _ => ("An earlier save got no response", "It may still change the account."),
    };
    move || {
        is_shown.get().then(|| {
            view! {
                <Notice tone=Tone::Warning title text>
                    <div class="actions">
                        <button type="button" class="button" on:click=move |_| check.run(())>"Check again"</button>
                        <button type="button" class="button" on:click=dismiss>"Dismiss"</button>
                    </div>
                </Notice>
            }
        })
    }
}

//! The view of an unknown outcome: what it means, the check, and two actions when the check finds nothing.

use leptos::prelude::*;

use crate::browser::focus::focus_on;
use crate::domain::BillingAccount;
use crate::pages::billing_accounts::form::candidates::SearchNotice;
use crate::pages::billing_accounts::form::save_state::{OutcomeCheck, SaveState};
use crate::pages::billing_accounts::form::state::AccountFormState;
use crate::pages::shared::error_messages::{ErrorMessage, Operation};
use crate::pages::shared::error_notice::FailureNotice;
use crate::ui::{ChangingText, Countdown, CountdownText, Notice, Tone};

/// The selector of the button that takes the focus.
const FIRST_BUTTON: &str = ".unknown-actions button";

/// Moves the focus to the button that checks the outcome.
pub fn focus_unknown() {
    focus_on(FIRST_BUTTON);
}

const fn check_label(operation: Operation) -> &'static str {
    match operation {
        Operation::Update => "Check whether it was saved",
        _ => "Check whether it was created",
    }
}

/// The view of an unknown outcome, above the locked form.
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
    let label = Signal::derive(move || {
        let label = match outcome_check.get() {
            OutcomeCheck::NotStarted => check_label(operation),
            OutcomeCheck::InProgress => "Checking…",
            OutcomeCheck::Failed(_) | OutcomeCheck::NotFound(_) | OutcomeCheck::Searched(_) => "Check again",
        };
        label.to_owned()
    });
    let retry_at = move || {
        outcome_check
            .with(|outcome_check| if let OutcomeCheck::Failed(error) = outcome_check { error.retry_at() } else { None })
    };
    let countdown = Countdown::until(Signal::derive(retry_at));
    let check_disabled =
        move || (outcome_check.get() == OutcomeCheck::InProgress || countdown.is_on()).then_some("true");
    let resend_disabled = move || countdown.is_on().then_some("true");
    let on_check = move |_| {
        if !countdown.blocks_press() {
            check.run(());
        }
    };
    let is_checked =
        Memo::new(move |_| !matches!(outcome_check.get(), OutcomeCheck::NotStarted | OutcomeCheck::InProgress));
    let resend = move |_| {
        if countdown.blocks_press() {
            return;
        }
        // The button is removed, so the submit button with "Saving…" takes the focus.
        focus_on("form [type=submit]");
        save.run(());
    };
    let back = move |_| {
        state.reset();
        focus_on("form input");
    };
    let notice = move || {
        // Not tracked, because only the parts below change with the check.
        let error = state.saving.with_untracked(|saving| match saving {
            SaveState::Unknown { error, .. } => error.clone(),
            _ => None,
        });
        match error {
            Some(error) => view! { <FailureNotice error operation /> }.into_any(),
            None => view! { <InterruptedSaveNotice operation /> }.into_any(),
        }
    };
    move || {
        is_unknown.get().then(|| {
            view! {
                <div class="unknown">
                    {notice()}
                    <div role="status">{move || result(operation, outcome_check.get(), accept)}</div>
                    <p class="field-hint">"The form below takes no changes until this is settled."</p>
                    <div class="actions unknown-actions">
                        <button type="button" class="button button-primary" aria-disabled=check_disabled on:click=on_check>
                            <ChangingText text=label />
                        </button>
                        {move || is_checked.get().then(|| view! {
                            <button type="button" class="button" aria-disabled=resend_disabled on:click=resend>
                                "Send again"
                            </button>
                            <button type="button" class="button" on:click=back>"Back to the form"</button>
                        })}
                        <CountdownText countdown />
                    </div>
                </div>
            }
        })
    }
}

/// The notice after the page was left or reloaded before the reply arrived.
#[component]
fn InterruptedSaveNotice(operation: Operation) -> impl IntoView {
    let (title, text) = match operation {
        Operation::Update => (
            "The page was left before the API answered",
            "The account may or may not have been changed. Your changes are in the form below. Check whether they were saved before you send them again.",
        ),
        _ => (
            "The page was left before the API answered",
            "The account may or may not have been created. Everything you typed is still here. Check whether it was created before you send it again: that could create a second account.",
        ),
    };
    view! { <Notice tone=Tone::Warning title><p>{text}</p></Notice> }
}

/// The result of the check.
fn result(operation: Operation, check: OutcomeCheck, accept: Option<Callback<BillingAccount>>) -> AnyView {
    match check {
        OutcomeCheck::NotStarted | OutcomeCheck::InProgress => ().into_any(),
        OutcomeCheck::Failed(error) => {
            let message = ErrorMessage::new(&error, Operation::Load);
            let warning = match operation {
                Operation::Update => "",
                _ => "If you send it again without a check, there may be two accounts.",
            };
            view! {
                <Notice tone=Tone::Error title="It could not be checked">
                    <p>{message.title} ". " {message.action} " " {warning}</p>
                </Notice>
            }
            .into_any()
        }
        OutcomeCheck::NotFound(differences) => not_found(differences),
        OutcomeCheck::Searched(search) => view! { <SearchNotice search accept /> }.into_any(),
    }
}

fn not_found(differences: Vec<String>) -> AnyView {
    let differences = (!differences.is_empty()).then(|| {
        let items = differences.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
        view! { <p>"The account holds something else:"</p> <ul class="notice-list">{items}</ul> }
    });
    view! {
        <Notice tone=Tone::Warning title="Your changes are not in the account">
            <p>"A slow API may still make them. Send them again, or go back to the form to change them."</p>
            {differences}
        </Notice>
    }
    .into_any()
}

/// The notice above an editable form that an earlier save may have been applied.
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
        Operation::Update => ("An earlier save had no answer", "It may have changed the account, or still do so."),
        _ => (
            "An earlier attempt had no answer",
            "It may have created the account, or still do so: if you send it again, there may be two.",
        ),
    };
    move || {
        is_shown.get().then(|| {
            view! {
                <Notice tone=Tone::Warning title>
                    <p>{text}</p>
                    <div class="actions">
                        <button type="button" class="button" on:click=move |_| check.run(())>{check_label(state.operation)}</button>
                        <button type="button" class="button" on:click=dismiss>"Dismiss"</button>
                    </div>
                </Notice>
            }
        })
    }
}

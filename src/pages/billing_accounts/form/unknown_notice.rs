//! The notice of an unknown outcome. It checks the outcome by itself, and then offers the next actions.

use std::time::Duration;

use leptos::html;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::browser::focus::focus_on;
use crate::domain::BillingAccount;
use crate::pages::billing_accounts::form::candidates::SearchResult;
use crate::pages::billing_accounts::form::save_state::OutcomeCheck;
use crate::pages::shared::error_messages::{ErrorMessage, Operation};
use crate::pages::shared::error_notice::ErrorDetails;
use crate::ui::{ChangingText, Countdown, CountdownText, Notice, Tone};

/// When the app checks by itself, in milliseconds after the failure.
const CHECK_AFTER: [f64; 3] = [0.0, 3_000.0, 8_000.0];

/// The title when the page was left or reloaded before the reply arrived.
const INTERRUPTED: &str = "You left before we heard back";

/// Moves the focus to the first action of the notice, or to the notice while it has none.
pub fn focus_unknown() {
    let has_action = document().query_selector(".unknown .actions button").is_ok_and(|button| button.is_some());
    focus_on(if has_action { ".unknown .actions button" } else { ".unknown .notice" });
}

/// The notice of an unknown outcome.
#[component]
pub fn UnknownNotice(
    /// The operation.
    operation: Operation,
    /// The failure; `None` when the page was left or reloaded before the reply arrived.
    error: Option<ApiError>,
    /// The state of the check.
    #[prop(into)]
    outcome_check: Signal<OutcomeCheck>,
    /// Starts a check. Not called while one is in flight.
    check: Callback<()>,
    /// Sends the request again.
    resend: Callback<()>,
    /// The label of the button that sends the request again.
    resend_label: &'static str,
    /// Opens an account that the user accepts as the one that was created.
    #[prop(optional_no_strip)]
    accept: Option<Callback<BillingAccount>>,
    /// The action besides checking and sending again, such as editing the values.
    #[prop(into)]
    alternative: ViewFn,
) -> impl IntoView {
    let is_automatic = check_automatically(outcome_check, check);
    let is_checking = move || outcome_check.with(|check| *check == OutcomeCheck::InProgress);
    let title = error.as_ref().map_or(INTERRUPTED, |error| ErrorMessage::new(error, operation).title);
    let label = Signal::derive(move || if is_checking() { "Checking…" } else { "Check again" }.to_owned());
    let retry_at = move || {
        outcome_check.with(|check| if let OutcomeCheck::Failed(error) = check { error.retry_at() } else { None })
    };
    let countdown = Countdown::until(Signal::derive(retry_at));
    let on_check = move |_| {
        if !is_checking() && !countdown.blocks_press() {
            check.run(());
        }
    };
    let on_resend = move |_| {
        if !is_checking() && !countdown.blocks_press() {
            resend.run(());
        }
    };
    let result = move || match outcome_check.get() {
        _ if is_automatic.get() => view! { <p>{operation.checking()}</p> }.into_any(),
        OutcomeCheck::NotStarted | OutcomeCheck::InProgress => ().into_any(),
        OutcomeCheck::Failed(error) => failed(&error, operation, title),
        OutcomeCheck::NotFound(differences) => not_found(differences),
        OutcomeCheck::Searched(search) => view! { <SearchResult search accept /> }.into_any(),
    };
    let actions = move || {
        (!is_automatic.get()).then(|| {
            view! {
                <div class="actions">
                    <button
                        type="button"
                        class="button button-primary"
                        aria-disabled=move || (is_checking() || countdown.is_on()).then_some("true")
                        on:click=on_check
                    >
                        <ChangingText text=label />
                    </button>
                    <button
                        type="button"
                        class="button"
                        aria-disabled=move || (is_checking() || countdown.is_on()).then_some("true")
                        on:click=on_resend
                    >
                        {resend_label}
                    </button>
                    {alternative.run()}
                    <CountdownText countdown />
                </div>
            }
        })
    };
    let details = error.map(|error| view! { <ErrorDetails error /> });
    let alert = NodeRef::<html::Div>::new();
    view! {
        <div class="unknown">
            <Notice tone=Tone::Warning title text=operation.unknown() alert>
                <div class="unknown-result" role="status">{result}</div>
                {actions}
                {details}
            </Notice>
        </div>
    }
}

/// Checks in the rhythm of [`CHECK_AFTER`], if no check has been started yet. Returns whether these checks go on. They
/// end with the component.
fn check_automatically(outcome_check: Signal<OutcomeCheck>, check: Callback<()>) -> Signal<bool> {
    let is_automatic = RwSignal::new(outcome_check.with_untracked(|check| *check == OutcomeCheck::NotStarted));
    let started_at = js_sys::Date::now();
    let round = StoredValue::new(0);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    on_cleanup(move || _ = timer.try_update_value(Option::take).flatten().map(|timer| timer.clear()));
    Effect::new(move |_| {
        let result = outcome_check.get();
        if !is_automatic.get_untracked() || result == OutcomeCheck::InProgress {
            return;
        }
        if result == OutcomeCheck::NotStarted {
            return check.run(());
        }
        let elapsed = js_sys::Date::now() - started_at;
        // Checks that were due during a slow one are skipped.
        let mut later = CHECK_AFTER.into_iter().enumerate().skip(round.get_value() + 1);
        match later.find(|(_, after)| *after > elapsed && !ends_checks(&result)) {
            Some((next, after)) => {
                round.set_value(next);
                let delay = Duration::from_millis((after - elapsed) as u64);
                timer.set_value(set_timeout_with_handle(move || check.run(()), delay).ok());
            }
            None => is_automatic.set(false),
        }
    });
    is_automatic.into()
}

/// Whether another automatic check cannot help.
fn ends_checks(result: &OutcomeCheck) -> bool {
    match result {
        OutcomeCheck::Failed(error) => error.needs_sign_in() || error.retry_at().is_some(),
        OutcomeCheck::Searched(search) => search.has_candidates(),
        OutcomeCheck::NotStarted | OutcomeCheck::InProgress | OutcomeCheck::NotFound(_) => false,
    }
}

/// The result of a check that failed. It does not repeat the title of the notice.
fn failed(error: &ApiError, operation: Operation, shown_title: &str) -> AnyView {
    let message = ErrorMessage::new(error, Operation::Load);
    let reason = if message.title == shown_title { String::new() } else { format!("{}. ", message.title) };
    let text = format!("We couldn’t check. {reason}{}", message.action);
    let warning = (operation == Operation::Create).then(|| view! { <p>{operation.check_first()}</p> });
    view! { <p>{text}</p> {warning} }.into_any()
}

fn not_found(differences: Vec<String>) -> AnyView {
    let differences = (!differences.is_empty()).then(|| {
        let items = differences.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
        view! { <ul class="notice-list">{items}</ul> }
    });
    view! { <p>"They aren’t in the account yet, and may still arrive."</p> {differences} }.into_any()
}

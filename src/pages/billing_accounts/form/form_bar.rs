//! The bar at the bottom of the form: the submit button, "Cancel", and the state of the form. It is always in view.

use leptos::prelude::*;

use crate::pages::billing_accounts::form::copy_as::CopyPayload;
use crate::pages::billing_accounts::form::copy_menu::CopyMenu;
use crate::pages::billing_accounts::form::save_state::SaveState;
use crate::pages::billing_accounts::form::state::AccountFormState;
use crate::ui::live_region::LiveRegion;
use crate::ui::{ChangingText, Countdown, CountdownText, SubmitButton};

/// The bar.
#[component]
pub fn FormBar(
    /// The state of the form.
    state: AccountFormState,
    /// The label of the submit button.
    label: &'static str,
    /// The URL of "Cancel".
    cancel: String,
    /// The time until the next save is allowed.
    countdown: Countdown,
    /// The state of the draft or the number of changes, such as "Draft saved". Not announced, because it changes while the user types.
    progress: Signal<String>,
    /// The last result of a button, such as "No changes to save". Announced.
    message: LiveRegion<&'static str>,
    /// Returns the request to copy, or why the form has none.
    payload: Callback<(), Result<CopyPayload, &'static str>>,
) -> impl IntoView {
    let is_busy = Memo::new(move |_| state.saving.with(SaveState::is_busy));
    let waits = Signal::derive(move || countdown.is_on() || state.is_unknown());
    // A fast save ends before the spinner appears.
    let spins = move || {
        (is_busy.get() && state.show_locked.get()).then(|| view! { <span class="spinner" aria-hidden="true"></span> })
    };
    let announced = Signal::derive(move || message.get().unwrap_or_default().to_owned());
    let is_quiet = Memo::new(move |_| !is_busy.get() && !countdown.is_on() && message.get().is_none());
    let quiet = Signal::derive(move || if is_quiet.get() { progress.get() } else { String::new() });
    view! {
        <div class="form-bar">
            <div class="actions">
                <SubmitButton label busy=is_busy waits />
                <a class="button" href=cancel>"Cancel"</a>
                <div class="form-status">
                    {spins}
                    <CountdownText countdown />
                    <span><ChangingText text=quiet /></span>
                    <span role="status"><ChangingText text=announced /></span>
                </div>
                <CopyMenu payload message />
            </div>
        </div>
    }
}

//! Copies what would be sent, or what is shown, for a ticket or a script. The token stays here: the command names a
//! variable in its place.

use leptos::prelude::*;

use crate::api::{ApiRequest, Client};
use crate::domain::Field;
use crate::pages::billing_accounts::form::account_fields::focus_field;
use crate::ui::ChangingText;
use crate::ui::copy_button::copy as copy_text;
use crate::ui::live_region::LiveRegion;

/// What there is to copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyPayload {
    /// The request as a command for a shell.
    pub curl: String,
    /// Its body, or what it would answer.
    pub json: String,
}

impl CopyPayload {
    /// A request that is built as for sending it.
    pub fn request(client: Client, call: ApiRequest<'_>) -> Self {
        Self { curl: client.curl(&call), json: call.body.unwrap_or_default() }
    }
}

/// Moves the focus to the first field with an error, and returns the reason why nothing was copied.
pub fn reject_copy(first_error: Field) -> &'static str {
    focus_field(first_error);
    "Not copied: correct the form first"
}

/// Copies one form of it, or says why there is nothing.
fn copy(payload: Result<CopyPayload, &'static str>, is_curl: bool, said: LiveRegion<&'static str>) {
    match payload {
        Ok(CopyPayload { curl, .. }) if is_curl => {
            copy_text(curl, "Copied. Set ALTOSTRAT_TOKEN to your token before you run it", said);
        }
        Ok(CopyPayload { json, .. }) => copy_text(json, "Copied", said),
        Err(reason) => said.set(Some(reason)),
    }
}

/// The two buttons, and what became of the last press.
#[component]
pub fn CopyAs(
    /// What there is to copy at the moment, or why there is nothing.
    payload: Callback<(), Result<CopyPayload, &'static str>>,
) -> impl IntoView {
    let said = LiveRegion::new();
    let press = move |is_curl| copy(payload.run(()), is_curl, said);
    view! {
        <div class="copy">
            <button type="button" class="button button-small" on:click=move |_| press(true)>"Copy as curl"</button>
            <button type="button" class="button button-small" on:click=move |_| press(false)>"Copy as JSON"</button>
            <span class="copy-said" role="status"><ChangingText text=Signal::derive(move || said.get().unwrap_or_default().to_owned()) /></span>
        </div>
    }
}

//! Copies a request as a curl command or as JSON, for a ticket or a script. The command names a variable instead of the
//! token.

use leptos::prelude::*;

use crate::api::{ApiRequest, Client};
use crate::domain::Field;
use crate::pages::billing_accounts::form::account_fields::focus_field;
use crate::ui::copy_button::copy as copy_text;
use crate::ui::live_region::LiveRegion;
use crate::ui::{ChangingText, Icon, IconKind};

/// The texts to copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyPayload {
    /// The request as a shell command.
    pub curl: String,
    /// The body of the request, or of its response.
    pub json: String,
}

impl CopyPayload {
    /// The payload of a request.
    pub fn request(client: Client, request: ApiRequest<'_>) -> Self {
        Self { curl: client.curl(&request), json: request.body.unwrap_or_default() }
    }
}

/// Moves the focus to the first field with an error, and returns the reason why nothing was copied.
pub fn reject_copy(first_error: Field) -> &'static str {
    focus_field(first_error);
    "Fix the fields first, then copy"
}

/// Copies one of the texts, or announces why it cannot.
pub(super) fn copy(payload: Result<CopyPayload, &'static str>, is_curl: bool, status: LiveRegion<&'static str>) {
    match payload {
        Ok(CopyPayload { curl, .. }) if is_curl => {
            copy_text(curl, "Copied. Set $ALTOSTRAT_TOKEN first", status);
        }
        Ok(CopyPayload { json, .. }) => copy_text(json, "Copied", status),
        Err(reason) => status.set(Some(reason)),
    }
}

/// The two copy buttons, and the status of the last press.
#[component]
pub fn CopyAs(
    /// Returns the texts to copy, or the reason why there are none.
    payload: Callback<(), Result<CopyPayload, &'static str>>,
) -> impl IntoView {
    let status = LiveRegion::new();
    let copy_payload = move |is_curl| copy(payload.run(()), is_curl, status);
    view! {
        <div class="copy">
            <button type="button" class="button button-small" on:click=move |_| copy_payload(true)>
                <Icon kind=IconKind::Copy /> "Copy as curl"
            </button>
            <button type="button" class="button button-small" on:click=move |_| copy_payload(false)>
                <Icon kind=IconKind::Copy /> "Copy as JSON"
            </button>
            <span class="copy-said" role="status"><ChangingText text=Signal::derive(move || status.get().unwrap_or_default().to_owned()) /></span>
        </div>
    }
}

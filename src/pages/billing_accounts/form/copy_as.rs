//! Copies a request as a curl command or as JSON, for a ticket or a script. The command names a variable instead of the
//! token.

use leptos::prelude::*;
use web_sys::MouseEvent;

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

/// The formats of a copied request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyFormat {
    /// A shell command.
    Curl,
    /// A JSON document.
    Json,
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
pub(super) fn copy(payload: Result<CopyPayload, &'static str>, format: CopyFormat, status: LiveRegion<&'static str>) {
    match (payload, format) {
        (Ok(payload), CopyFormat::Curl) => copy_text(payload.curl, "Copied. Set $ALTOSTRAT_TOKEN first", status),
        (Ok(payload), CopyFormat::Json) => copy_text(payload.json, "Copied", status),
        (Err(reason), _) => status.set(Some(reason)),
    }
}

/// The two copy buttons, and the status of the last press.
#[component]
pub fn CopyAs(
    /// Returns the texts to copy, or the reason why there are none.
    payload: Callback<(), Result<CopyPayload, &'static str>>,
) -> impl IntoView {
    let status = LiveRegion::new();
    let press = move |(_, format)| copy(payload.run(()), format, status);
    view! {
        <div class="copy">
            <CopyItems press />
            <span class="copy-said" role="status"><ChangingText text=Signal::derive(move || status.get().unwrap_or_default().to_owned()) /></span>
        </div>
    }
}

/// "Copy as curl" and "Copy as JSON", as items of a menu.
#[component]
pub(super) fn CopyItems(
    /// Copies in the format of the pressed item.
    #[prop(into)]
    press: UnsyncCallback<(MouseEvent, CopyFormat)>,
) -> impl IntoView {
    let item = move |label: &'static str, format: CopyFormat| {
        view! {
            <button type="button" class="menu-item" on:click=move |event| press.run((event, format))>
                <Icon kind=IconKind::Copy /> {label}
            </button>
        }
    };
    view! {
        {item("Copy as curl", CopyFormat::Curl)}
        {item("Copy as JSON", CopyFormat::Json)}
    }
}

//! Copies what would be sent, or what is shown, for a ticket or a script. The token stays here: the command names a
//! variable in its place.

use leptos::prelude::*;

use crate::api::{Call, Client};
use crate::domain::Field;
use crate::form::Problems;
use crate::pages::billing_accounts::form::fields::{Fields, focus_field};
use crate::ui::ChangingText;
use crate::ui::copy_button::copy as copy_text;
use crate::ui::live::LiveMessage;

/// What there is to copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// The request as a command for a shell.
    pub curl: String,
    /// Its body, or what it would answer.
    pub json: String,
}

impl Copied {
    /// A request that is built as for sending it.
    pub fn request(client: Client, call: Call<'_>) -> Self {
        Self { curl: client.curl(&call), json: call.body.unwrap_or_default() }
    }
}

/// Shows what has to be put right before a request can be copied, and says so.
pub fn point_at_problems(fields: Fields, problems: &Problems<Field>) -> &'static str {
    for control in fields.all() {
        control.submitted();
    }
    if let Some(&(field, _)) = problems.at.first() {
        focus_field(field);
    }
    "Not copied: correct the form first"
}

/// Copies one form of it, or says why there is nothing.
fn copy(copied: Result<Copied, &'static str>, is_curl: bool, said: LiveMessage<&'static str>) {
    match copied {
        Ok(Copied { curl, .. }) if is_curl => {
            copy_text(curl, "Copied. Set ALTOSTRAT_TOKEN to your token before you run it", said);
        }
        Ok(Copied { json, .. }) => copy_text(json, "Copied", said),
        Err(reason) => said.set(Some(reason)),
    }
}

/// The two buttons, and what became of the last press.
#[component]
pub fn CopyAs(
    /// What there is to copy at the moment, or why there is nothing.
    take: Callback<(), Result<Copied, &'static str>>,
) -> impl IntoView {
    let said = LiveMessage::new();
    let press = move |is_curl| copy(take.run(()), is_curl, said);
    view! {
        <div class="copy">
            <button type="button" class="button button-small" on:click=move |_| press(true)>"Copy as curl"</button>
            <button type="button" class="button button-small" on:click=move |_| press(false)>"Copy as JSON"</button>
            <span class="copy-said" role="status"><ChangingText text=Signal::derive(move || said.get().unwrap_or_default().to_owned()) /></span>
        </div>
    }
}

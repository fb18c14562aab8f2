//! The menu that copies the request of a form.

use leptos::prelude::*;
use web_sys::MouseEvent;

use crate::pages::billing_accounts::form::copy_as::{CopyPayload, copy};
use crate::ui::live_region::LiveRegion;
use crate::ui::{Icon, IconKind, MoreMenu, close_menu};

/// The menu. It closes with a choice, because the bar shows the result.
#[component]
pub fn CopyMenu(
    /// Returns the texts to copy, or the reason why there are none.
    payload: Callback<(), Result<CopyPayload, &'static str>>,
    /// Announces the result.
    message: LiveRegion<&'static str>,
) -> impl IntoView {
    let item = move |label: &'static str, is_curl: bool| {
        let press = move |event: MouseEvent| {
            close_menu(&event);
            copy(payload.run(()), is_curl, message);
        };
        view! {
            <button type="button" class="menu-item" on:click=press><Icon kind=IconKind::Copy /> {label}</button>
        }
    };
    view! {
        <MoreMenu label="More actions" opens_up=true>
            {item("Copy as curl", true)}
            {item("Copy as JSON", false)}
        </MoreMenu>
    }
}

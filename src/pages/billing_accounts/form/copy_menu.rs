//! The menu that copies the request of a form.

use leptos::prelude::*;
use web_sys::MouseEvent;

use crate::pages::billing_accounts::form::copy_as::{CopyFormat, CopyItems, CopyPayload, copy};
use crate::ui::live_region::LiveRegion;
use crate::ui::{MoreMenu, close_menu};

/// The menu. It closes with a choice, because the bar shows the result.
#[component]
pub fn CopyMenu(
    /// Returns the texts to copy, or the reason why there are none.
    payload: Callback<(), Result<CopyPayload, &'static str>>,
    /// Announces the result.
    message: LiveRegion<&'static str>,
) -> impl IntoView {
    let press = move |(event, format): (MouseEvent, CopyFormat)| {
        close_menu(&event);
        copy(payload.run(()), format, message);
    };
    view! {
        <MoreMenu label="More actions" opens_up=true>
            <CopyItems press />
        </MoreMenu>
    }
}

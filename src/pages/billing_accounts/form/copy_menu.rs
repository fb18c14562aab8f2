//! The menu that copies the request of a form.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDetailsElement, HtmlElement, MouseEvent};

use crate::pages::billing_accounts::form::copy_as::{CopyPayload, copy};
use crate::ui::live_region::LiveRegion;
use crate::ui::{Icon, IconKind, MoreMenu};

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

/// Closes the menu of a pressed item. The item is hidden then, so the menu's button takes the focus.
fn close_menu(event: &MouseEvent) {
    let item = event.current_target().and_then(|item| item.dyn_into::<Element>().ok());
    let menu = item.and_then(|item| item.closest("details").ok().flatten());
    let Some(menu) = menu.and_then(|menu| menu.dyn_into::<HtmlDetailsElement>().ok()) else { return };
    menu.set_open(false);
    let button = menu.query_selector("summary").ok().flatten();
    // Fails only for an element that cannot be focused.
    _ = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()).map(|button| button.focus());
}

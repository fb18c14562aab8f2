//! The menu that copies the request of a form.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, HtmlDetailsElement, HtmlElement, KeyboardEvent, Node};

use crate::pages::billing_accounts::form::copy_as::{CopyPayload, copy};
use crate::ui::live_region::LiveRegion;
use crate::ui::{Icon, IconKind};

/// The menu: a disclosure that closes with Escape, with a choice, and when the focus leaves it.
#[component]
pub fn CopyMenu(
    /// Returns the texts to copy, or the reason why there are none.
    payload: Callback<(), Result<CopyPayload, &'static str>>,
    /// Announces the result.
    message: LiveRegion<&'static str>,
) -> impl IntoView {
    let menu = NodeRef::<html::Details>::new();
    // Closes the menu; what had the focus in it is hidden, so its button takes the focus.
    let close = move || {
        let Some(menu) = menu.get_untracked().filter(HtmlDetailsElement::open) else { return false };
        menu.set_open(false);
        let summary = menu.query_selector("summary").ok().flatten();
        // Fails only for an element that cannot be focused.
        _ = summary.and_then(|summary| summary.dyn_into::<HtmlElement>().ok()).map(|summary| summary.focus());
        true
    };
    let close_on_escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" && close() {
            event.prevent_default();
        }
    };
    let close_on_leave = move |event: FocusEvent| {
        let target = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
        if let Some(menu) = menu.get_untracked().filter(|menu| !target.is_some_and(|at| menu.contains(Some(&at)))) {
            menu.set_open(false);
        }
    };
    let item = move |label: &'static str, is_curl: bool| {
        let press = move |_| {
            _ = close();
            copy(payload.run(()), is_curl, message);
        };
        view! {
            <button type="button" class="menu-item" on:click=press><Icon kind=IconKind::Copy /> {label}</button>
        }
    };
    view! {
        <details class="more" node_ref=menu on:keydown=close_on_escape on:focusout=close_on_leave>
            <summary class="button"><Icon kind=IconKind::More /> "More"</summary>
            <div class="menu">
                {item("Copy as curl", true)}
                {item("Copy as JSON", false)}
            </div>
        </details>
    }
}

//! A menu of further actions, which opens at its button.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDetailsElement, HtmlElement, KeyboardEvent, MouseEvent};

use crate::ui::{Icon, IconKind};

/// The menu: a `<details>` that also closes with Escape, and with a press outside of it.
#[component]
pub fn MoreMenu(
    /// The name of the button, "More actions".
    label: &'static str,
    /// Whether the menu opens above its button.
    #[prop(optional)]
    opens_up: bool,
    /// The actions.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Details>::new();
    let close = move || {
        if let Some(menu) = node.try_get_untracked().flatten() {
            menu.set_open(false);
        }
    };
    let outside = window_event_listener(ev::pointerdown, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let menu = node.try_get_untracked().flatten();
        if menu.is_some_and(|menu| !menu.contains(target.as_deref())) {
            close();
        }
    });
    on_cleanup(move || outside.remove());
    let on_keydown = move |event: KeyboardEvent| {
        let Some(menu) = node.get_untracked().filter(|menu| event.key() == "Escape" && menu.open()) else { return };
        close_and_focus(&menu);
    };
    view! {
        <details class="more" class:more-up=opens_up node_ref=node on:keydown=on_keydown>
            <summary class="button">
                <Icon kind=IconKind::More />
                <span class="visually-hidden">{label}</span>
            </summary>
            <div class="menu">{children()}</div>
        </details>
    }
}

/// Closes the menu of a pressed item. The item is hidden then, so the menu's button takes the focus.
pub fn close_menu(event: &MouseEvent) {
    let item = event.current_target().and_then(|item| item.dyn_into::<Element>().ok());
    let menu = item.and_then(|item| item.closest("details").ok().flatten());
    if let Some(menu) = menu.and_then(|menu| menu.dyn_into::<HtmlDetailsElement>().ok()) {
        close_and_focus(&menu);
    }
}

fn close_and_focus(menu: &HtmlDetailsElement) {
    menu.set_open(false);
    let button = menu.query_selector("summary").ok().flatten();
    // Fails only for an element that cannot be focused.
    _ = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()).map(|button| button.focus());
}

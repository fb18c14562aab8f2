//! Copying text to the clipboard, with an announcement of the result.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use crate::ui::live_region::LiveRegion;
use crate::ui::{ChangingText, Icon, IconKind};

/// How long the result is shown.
const SHOW_FOR: Duration = Duration::from_secs(5);

/// Copies `text` and shows the result for five seconds: `success`, or that the browser refused.
pub fn copy(text: String, success: &'static str, message: LiveRegion<&'static str>) {
    spawn_local(async move {
        // Outside a secure context `navigator.clipboard` is undefined.
        let clipboard = window().navigator().clipboard();
        let copied = !clipboard.is_undefined() && JsFuture::from(clipboard.write_text(&text)).await.is_ok();
        message.announce_for(if copied { success } else { "Couldn’t copy. Your browser blocked it" }, SHOW_FOR);
    });
}

/// A button that copies a text.
#[component]
pub fn CopyButton(
    /// The button's label, "Copy ID".
    #[prop(into)]
    label: String,
    /// The text to copy.
    #[prop(into)]
    text: Signal<String>,
    /// Whether an icon stands for the label, which screen readers still say.
    #[prop(optional)]
    icon: bool,
) -> impl IntoView {
    let message = LiveRegion::new();
    let title = icon.then(|| label.clone());
    let content = if icon {
        view! { <Icon kind=IconKind::Copy /> <span class="visually-hidden">{label}</span> }.into_any()
    } else {
        label.into_any()
    };
    view! {
        <span class="copy">
            <button
                type="button"
                class="button button-small"
                class:button-icon=icon
                title=title
                on:click=move |_| copy(text.get_untracked(), "Copied", message)
            >
                {content}
            </button>
            <span class="copy-said" role="status"><ChangingText text=Signal::derive(move || message.get().unwrap_or_default().to_owned()) /></span>
        </span>
    }
}

//! Copies a text to the clipboard, and says that it did.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use crate::ui::ChangingText;
use crate::ui::live_region::LiveRegion;

/// How long it is said.
const SHOW_FOR: Duration = Duration::from_secs(5);

/// Copies a text, and says for a while that it is `done`, or that it is not.
pub fn copy(text: String, success: &'static str, message: LiveRegion<&'static str>) {
    spawn_local(async move {
        // Outside a secure context there is no clipboard, and its getter answers undefined.
        let clipboard = window().navigator().clipboard();
        let copied = !clipboard.is_undefined() && JsFuture::from(clipboard.write_text(&text)).await.is_ok();
        message.announce_for(if copied { success } else { "Not copied: the browser does not allow it" }, SHOW_FOR);
    });
}

/// A button that copies.
#[component]
pub fn CopyButton(
    /// What it is called, "Copy id".
    label: &'static str,
    /// What it copies.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let message = LiveRegion::new();
    view! {
        <span class="copy">
            <button type="button" class="button button-small" on:click=move |_| copy(text.get_untracked(), "Copied", message)>{label}</button>
            <span class="copy-said" role="status"><ChangingText text=Signal::derive(move || message.get().unwrap_or_default().to_owned()) /></span>
        </span>
    }
}

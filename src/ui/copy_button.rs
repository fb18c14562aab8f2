//! Copies a text to the clipboard, and says that it did.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

/// How long "Copied" is shown.
const SHOWN: Duration = Duration::from_secs(3);

/// A button that copies.
#[component]
pub fn CopyButton(
    /// What it is called, "Copy id".
    label: &'static str,
    /// What it copies.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let said = RwSignal::new("");
    let copy = move |_| {
        let text = text.get_untracked();
        spawn_local(async move {
            // Outside a secure context there is no clipboard, and its getter answers undefined.
            let clipboard = window().navigator().clipboard();
            let copied = !clipboard.is_undefined() && JsFuture::from(clipboard.write_text(&text)).await.is_ok();
            said.try_set(if copied { "Copied" } else { "Not copied: the browser does not allow it" });
            set_timeout(move || _ = said.try_set(""), SHOWN);
        });
    };
    view! {
        <span class="copy">
            <button type="button" class="button button-small" on:click=copy>{label}</button>
            <span class="copy-said" role="status">{said}</span>
        </span>
    }
}

//! A text that changes while it is shown.

use leptos::prelude::*;

/// A text, each version of it in an element of its own. A text node that changes in place would be lost to the app once
/// the browser translates the page, which puts elements in the place of text nodes, or once an extension calls
/// `Node.normalize()`, which joins neighbours and removes empty ones.
#[component]
pub fn ChangingText(
    /// The text; nothing while it is empty.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! {
        <For each=move || Some(text.get()).filter(|text| !text.is_empty()) key=String::clone let:text>
            <span>{text}</span>
        </For>
    }
}

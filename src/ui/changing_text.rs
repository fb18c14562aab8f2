//! A text that changes while it is shown.

use leptos::either::EitherOf3;
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
    let text = Memo::new(move |_| text.get());
    // Two views of the same type would share their element. No keyed list: it would outlive its page by a turn.
    let version = Memo::new(move |before: Option<&(bool, String)>| (before.is_none_or(|(odd, _)| !odd), text.get()));
    move || match version.get() {
        (_, text) if text.is_empty() => EitherOf3::A(()),
        (true, text) => EitherOf3::B(view! { <span>{text}</span> }),
        (false, text) => EitherOf3::C(view! { <span>{text}</span> }),
    }
}

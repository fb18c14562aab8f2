//! Text that changes while it is on the page.

use leptos::either::EitherOf3;
use leptos::prelude::*;

/// Reactive text that renders each version in a new element.
///
/// A text node updated in place breaks when the browser translates the page, because that replaces text nodes with
/// elements, and when an extension calls `Node.normalize()`, which merges adjacent text nodes and removes empty ones.
#[component]
pub fn ChangingText(
    /// The text. An empty text renders nothing.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let text = Memo::new(move |_| text.get());
    // Alternates between two view types, because two views of one type would reuse the element. A keyed list would stay
    // in the DOM one task longer than its page.
    let version = Memo::new(move |before: Option<&(bool, String)>| (before.is_none_or(|(odd, _)| !odd), text.get()));
    move || match version.get() {
        (_, text) if text.is_empty() => EitherOf3::A(()),
        (true, text) => EitherOf3::B(view! { <span>{text}</span> }),
        (false, text) => EitherOf3::C(view! { <span>{text}</span> }),
    }
}

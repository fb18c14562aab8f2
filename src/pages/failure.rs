//! A failed request, drawn: what happened, what it means, what to do next, what the API said (E10).

use leptos::html;
use leptos::prelude::*;

use crate::api::wording::Purpose;
use crate::api::{ApiError, Outcome};
use crate::intl;
use crate::ui::CopyButton;

/// The notice of a failed request.
#[component]
pub fn FailureNotice(
    /// The failure.
    error: ApiError,
    /// What the user wanted.
    purpose: Purpose,
    /// Whether it takes the focus: after a press of the user's.
    #[prop(optional)]
    focus: bool,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    if focus {
        Effect::new(move |_| {
            if let Some(notice) = node.get() {
                _ = notice.focus();
            }
        });
    }
    let words = error.wording(purpose);
    let details = error.details(&intl::rfc3339(error.at));
    let answer = error.answer().cloned().unwrap_or_default();
    let said = answer.message.map(|message| {
        view! { <p class="api-message">"The API said: “" <bdi>{message}</bdi> "”"</p> }
    });
    let status = error.status().map(|status| format!("Status {status}"));
    let facts: Vec<String> = status.into_iter().chain(answer.code).collect();
    let facts = (!facts.is_empty()).then(|| view! { <p class="api-facts">{facts.join(" · ")}</p> });
    let doc = answer.doc_url.map(|url| {
        view! {
            <p>
                <a href=url target="_blank" rel="noopener noreferrer">"About this error"
                    <span class="visually-hidden">" (opens in a new tab)"</span>
                </a>
            </p>
        }
    });
    // It was done: what failed is only to show it.
    let class = if error.outcome() == Outcome::Done { "notice notice-warning" } else { "notice notice-error" };
    view! {
        <div class=class tabindex="-1" node_ref=node>
            <div role="alert">
                <h2 class="notice-title">{words.happened}</h2>
                <p>{words.meaning} " " {words.next}</p>
                {said}
            </div>
            {facts}
            {doc}
            <CopyButton label="Copy details" text=details />
        </div>
    }
}

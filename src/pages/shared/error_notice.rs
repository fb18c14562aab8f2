//! A failed request, drawn: what happened, what it means, what to do next, what the API said (E10).

use leptos::html;
use leptos::prelude::*;

use crate::api::{ApiError, Outcome};
use crate::browser::intl;
use crate::pages::shared::error_messages::{ErrorMessage, Operation};
use crate::session::Session;
use crate::ui::{CopyButton, Notice, Tone};

/// The notice of a failed request. Once the user has signed in again because of it, it says what is left to do.
#[component]
pub fn FailureNotice(
    /// The failure.
    error: ApiError,
    /// What the user wanted.
    operation: Operation,
    /// Whether it takes the focus: after a press of the user's.
    #[prop(optional)]
    focus: bool,
) -> impl IntoView {
    let session = use_context::<Session>().filter(|_| error.needs_sign_in());
    let failed_for = session.and_then(Session::user_untracked);
    let has_signed_in =
        Memo::new(move |_| session.and_then(Session::user).is_some_and(|user| failed_for.as_ref() != Some(&user)));
    let consequence = ErrorMessage::new(&error, operation).consequence;
    move || {
        if has_signed_in.get() {
            view! { <SignedInAgain consequence operation /> }.into_any()
        } else {
            view! { <Failure error=error.clone() operation focus /> }.into_any()
        }
    }
}

/// Says that what failed can be done now.
#[component]
fn SignedInAgain(consequence: &'static str, operation: Operation) -> impl IntoView {
    let next = match operation {
        // What is loaded is loaded again by itself.
        Operation::Load => return ().into_any(),
        Operation::Create | Operation::Update => "Save again.",
        Operation::Delete => "Press Delete again.",
    };
    view! {
        <div role="status">
            <Notice tone=Tone::Info title="You’re signed in again">
                <p>{consequence} " " {next}</p>
            </Notice>
        </div>
    }
    .into_any()
}

#[component]
fn Failure(error: ApiError, operation: Operation, focus: bool) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    if focus {
        Effect::new(move |_| {
            if let Some(notice) = node.get() {
                _ = notice.focus();
            }
        });
    }
    let words = ErrorMessage::new(&error, operation);
    let details = error.details(&intl::rfc3339(error.failed_at));
    let answer = error.response().cloned().unwrap_or_default();
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
    let class = if error.outcome() == Outcome::Applied { "notice notice-warning" } else { "notice notice-error" };
    view! {
        <div class=class tabindex="-1" node_ref=node>
            <div role="alert">
                <h2 class="notice-title">{words.title}</h2>
                <p>{words.consequence} " " {words.action}</p>
                {said}
            </div>
            {facts}
            {doc}
            <CopyButton label="Copy details" text=details />
        </div>
    }
}

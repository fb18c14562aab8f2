//! The notice of a failed request: what happened, its consequence, the next action, and the server's response.

use leptos::html;
use leptos::prelude::*;

use crate::api::{ApiError, Outcome};
use crate::browser::intl;
use crate::pages::shared::error_messages::{ErrorMessage, Operation};
use crate::session::Session;
use crate::ui::{CopyButton, Notice, Tone};

/// The notice of a failed request. When it failed because the session had ended, and the user has signed in again, the
/// notice only names the next action.
#[component]
pub fn FailureNotice(
    /// The failure.
    error: ApiError,
    /// The operation that failed.
    operation: Operation,
    /// Whether the notice takes the focus: after an action of the user.
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

/// Says that the operation can be repeated.
#[component]
fn SignedInAgain(consequence: &'static str, operation: Operation) -> impl IntoView {
    let next = match operation {
        // A query repeats its request by itself.
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
    let message = ErrorMessage::new(&error, operation);
    let details = error.details(&intl::rfc3339(error.failed_at));
    let response = error.response().cloned().unwrap_or_default();
    let server_message = response.message.map(|message| {
        view! { <p class="api-message">"The API said: “" <bdi>{message}</bdi> "”"</p> }
    });
    let status = error.status().map(|status| format!("Status {status}"));
    let facts: Vec<String> = status.into_iter().chain(response.code).collect();
    let facts = (!facts.is_empty()).then(|| view! { <p class="api-facts">{facts.join(" · ")}</p> });
    let doc_link = response.doc_url.map(|url| {
        view! {
            <p>
                <a href=url target="_blank" rel="noopener noreferrer">"About this error"
                    <span class="visually-hidden">" (opens in a new tab)"</span>
                </a>
            </p>
        }
    });
    // A warning, not an error: the operation was applied, and only its reply is incomplete.
    let class = if error.outcome() == Outcome::Applied { "notice notice-warning" } else { "notice notice-error" };
    view! {
        <div class=class tabindex="-1" node_ref=node>
            <div role="alert">
                <h2 class="notice-title">{message.title}</h2>
                <p>{message.consequence} " " {message.action}</p>
                {server_message}
            </div>
            {facts}
            {doc_link}
            <CopyButton label="Copy details" text=details />
        </div>
    }
}

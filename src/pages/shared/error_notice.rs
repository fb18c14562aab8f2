//! The notice of a failed request: what happened, its consequence and the next action. The server's response is in the
//! closed section "Details".

use leptos::html;
use leptos::prelude::*;

use crate::api::{ApiError, ErrorKind, Outcome};
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
    /// The actions.
    #[prop(optional)]
    children: Option<ChildrenFn>,
) -> impl IntoView {
    let session = use_context::<Session>().filter(|_| error.needs_sign_in());
    let failed_for = session.and_then(Session::user_untracked);
    let has_signed_in =
        Memo::new(move |_| session.and_then(Session::user).is_some_and(|user| failed_for.as_ref() != Some(&user)));
    let was_renewed = error.kind == ErrorKind::SessionRenewed;
    move || {
        if was_renewed || has_signed_in.get() {
            view! { <SignedInAgain operation /> }.into_any()
        } else {
            let actions = children.as_ref().map(|children| children());
            view! { <Failure error=error.clone() operation focus actions /> }.into_any()
        }
    }
}

/// Says that the operation can be repeated.
#[component]
fn SignedInAgain(operation: Operation) -> impl IntoView {
    // A query repeats its request by itself.
    (operation != Operation::Load).then(|| {
        let text = format!("{} Try again.", operation.not_applied());
        view! { <div role="status"><Notice tone=Tone::Info title="You’re signed in again" text /></div> }
    })
}

#[component]
fn Failure(error: ApiError, operation: Operation, focus: bool, actions: Option<AnyView>) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    if focus {
        Effect::new(move |_| {
            if let Some(notice) = node.get() {
                _ = notice.focus();
            }
        });
    }
    let message = ErrorMessage::new(&error, operation);
    // A warning, not an error: the operation was applied, and only its reply is incomplete.
    let tone = if error.outcome() == Outcome::Applied { Tone::Warning } else { Tone::Error };
    view! {
        <Notice tone title=message.title text=message.text() alert=node>
            {actions}
            <ErrorDetails error />
        </Notice>
    }
}

/// "Copy details" for a support request, and the closed section "Details" with the request and the response.
#[component]
pub fn ErrorDetails(
    /// The failure.
    error: ApiError,
) -> impl IntoView {
    let details = error.details(&intl::rfc3339(error.failed_at));
    let response = error.response().cloned().unwrap_or_default();
    let status = error.status().map(|status| format!("Status {status}"));
    let facts: Vec<String> = status.into_iter().chain(response.code).collect();
    let facts = (!facts.is_empty()).then(|| view! { <p>{facts.join(" · ")}</p> });
    let message = response.message.map(|message| view! { <p>"Response: “" <bdi>{message}</bdi> "”"</p> });
    let doc_link = response.doc_url.map(|url| {
        view! {
            <p>
                <a href=url target="_blank" rel="noopener noreferrer">"About this error"
                    <span class="visually-hidden">" (opens in a new tab)"</span>
                </a>
            </p>
        }
    });
    view! {
        <CopyButton label="Copy details" text=details />
        <details class="notice-details">
            <summary>"Details"</summary>
            <p><code>{error.method.to_string()} " " {error.path}</code></p>
            {facts}
            {message}
            {doc_link}
        </details>
    }
}

//! The messages for failed requests: what happened, its consequence for the account, and the next action. Pure.

use crate::api::error::{ApiError, ErrorKind, ErrorResponse, Outcome};
use crate::api::transport::NetworkError;

/// The operation that a request belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// Loading a page.
    Load,
    /// Creating a billing account.
    Create,
    /// Changing a billing account.
    Update,
    /// Restoring the values from before a change.
    Undo,
    /// Deleting a billing account.
    Delete,
}

impl Operation {
    /// The consequence of a request that was not applied. Empty for [`Operation::Load`].
    pub const fn not_applied(self) -> &'static str {
        match self {
            Self::Load => "",
            Self::Create => "The account wasn’t created.",
            Self::Update => "Your changes weren’t saved.",
            Self::Undo => "Your changes weren’t undone.",
            Self::Delete => "The account wasn’t deleted.",
        }
    }

    /// The consequence of a request whose outcome is unknown. Empty for [`Operation::Load`].
    pub const fn unknown(self) -> &'static str {
        match self {
            Self::Load => "",
            Self::Create => "We don’t know yet whether the account was created.",
            Self::Update => "We don’t know yet whether your changes were saved.",
            Self::Undo => "We don’t know yet whether your changes were undone.",
            Self::Delete => "We don’t know yet whether the account was deleted.",
        }
    }

    /// The text while the app checks an unknown outcome. Empty for [`Operation::Load`].
    pub const fn checking(self) -> &'static str {
        match self {
            Self::Load => "",
            Self::Create => "Checking whether the account was created…",
            Self::Update => "Checking whether your changes were saved…",
            Self::Undo => "Checking whether your changes were undone…",
            Self::Delete => "Checking whether the account was deleted…",
        }
    }

    /// The next action after a request whose outcome is unknown.
    pub const fn check_first(self) -> &'static str {
        match self {
            Self::Load => "Check your connection and try again.",
            Self::Create => "Check before trying again, so you don’t create it twice.",
            Self::Update | Self::Undo | Self::Delete => "Check before trying again.",
        }
    }

    /// The sentence above the errors of the fields.
    pub fn fix_fields(self) -> String {
        format!("{} {FIX_FIELDS}", self.not_applied())
    }
}

/// The next action after errors of fields.
const FIX_FIELDS: &str = "Fix these fields and try again.";

/// The message for a failed request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorMessage {
    /// The title: what happened.
    pub title: &'static str,
    /// The consequence for the account. Empty for [`Operation::Load`].
    pub consequence: &'static str,
    /// The next action of the user.
    pub action: String,
}

impl ErrorMessage {
    /// The message for a failure of `operation`.
    pub fn new(error: &ApiError, operation: Operation) -> Self {
        let consequence = match (operation, error.outcome()) {
            (_, Outcome::NotApplied) => operation.not_applied(),
            (_, Outcome::Unknown) => operation.unknown(),
            (Operation::Load, Outcome::Applied) => "",
            (Operation::Create, Outcome::Applied) => "The account was created, so don’t create it again.",
            (Operation::Update, Outcome::Applied) => "Your changes were saved.",
            (Operation::Undo, Outcome::Applied) => "Your changes were undone.",
            (Operation::Delete, Outcome::Applied) => "The account was deleted.",
        };
        Self { title: title(error, operation), consequence, action: action(error, operation) }
    }

    /// The consequence and the next action.
    pub fn text(&self) -> String {
        format!("{} {}", self.consequence, self.action).trim_start().to_owned()
    }
}

/// The resource that a 404 is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// The workspace.
    Workspace,
    /// The billing account.
    Account,
    /// Something else, such as the list of workspaces.
    Other,
}

impl Missing {
    /// The missing resource; `None` unless the error is a 404. The error code decides, or else the path of the request.
    pub fn of(error: &ApiError) -> Option<Self> {
        let response = error.response().filter(|response| response.status == 404)?;
        let code = response.code.as_deref().unwrap_or_default();
        Some(match error.path.split('/').count() {
            _ if code.contains("workspace") => Self::Workspace,
            // "/workspaces/{workspace}/billing-accounts/{account}"
            5.. => Self::Account,
            3..=4 => Self::Workspace,
            _ => Self::Other,
        })
    }

    /// The heading of the page that can't be shown without the resource; `None` if the page keeps its own.
    pub const fn heading(self) -> Option<&'static str> {
        match self {
            Self::Workspace => Some("Workspace not found"),
            Self::Account => Some("Billing account not found"),
            Self::Other => None,
        }
    }
}

fn title(error: &ApiError, operation: Operation) -> &'static str {
    const TIMEOUT: &str = "Altostrat took too long to respond";
    match &error.kind {
        ErrorKind::Offline => "You’re offline",
        ErrorKind::SessionEnded | ErrorKind::SessionRenewed => "Your session has ended",
        ErrorKind::NoResponse(NetworkError::Failed) => "No response from Altostrat",
        ErrorKind::NoResponse(NetworkError::Timeout) => TIMEOUT,
        ErrorKind::Incomplete { .. } if error.outcome() == Outcome::Applied => match operation {
            Operation::Delete => "Deleted, but the response was incomplete",
            _ => "Saved, but the details couldn’t be shown",
        },
        ErrorKind::Incomplete { .. } | ErrorKind::Unreadable { .. } => "The response couldn’t be read",
        _ if error.is_limit_reached() => "Billing account limit reached",
        ErrorKind::Status(response) => match response.status {
            400 => "Altostrat couldn’t read the request",
            401 => "Your session has ended",
            403 => "You don’t have permission to do this",
            404 => match Missing::of(error) {
                Some(Missing::Account) => "Account not found",
                Some(Missing::Workspace) => "Workspace not found",
                _ => "Not found",
            },
            408 => TIMEOUT,
            409 => "Something else changed at the same time",
            413 => "The request is too large",
            422 if operation == Operation::Delete => "This account can’t be deleted",
            422 => "Some details weren’t accepted",
            429 => "Too many requests",
            status if (400..500).contains(&status) => "Altostrat rejected the request",
            _ => "Something went wrong at Altostrat",
        },
    }
}

fn action(error: &ApiError, operation: Operation) -> String {
    const SUPPORT: &str = "If it keeps happening, copy the details and contact Altostrat support.";
    match (&error.kind, error.outcome()) {
        (ErrorKind::Offline, _) => "Connect to the internet and try again.".to_owned(),
        (ErrorKind::SessionEnded | ErrorKind::SessionRenewed, _) => "Sign in and try again.".to_owned(),
        (_, Outcome::Applied) => match operation {
            Operation::Update | Operation::Undo => "Open the account to see them.".to_owned(),
            Operation::Delete => "Check the list of billing accounts.".to_owned(),
            _ => "Find it in the list of billing accounts.".to_owned(),
        },
        (_, Outcome::Unknown) => operation.check_first().to_owned(),
        _ if error.is_limit_reached() => "Delete an account you no longer need, or use another workspace.".to_owned(),
        (ErrorKind::Status(response), _) => match response.status {
            401 => "Sign in and try again.".to_owned(),
            403 if operation == Operation::Load => "Ask an owner or admin of this workspace for access.".to_owned(),
            403 => "Ask an owner or admin of this workspace to do it.".to_owned(),
            404 => match Missing::of(error) {
                Some(Missing::Account) => "It may have been deleted, or you don’t have access to this workspace.",
                Some(Missing::Workspace) => "It may have been deleted, or you don’t have access to it.",
                _ => "Check the URL and try again.",
            }
            .to_owned(),
            429 => match response.retry_after {
                Some(0 | 1) => "Wait a moment and try again.".to_owned(),
                Some(seconds @ ..=90) => format!("Wait {seconds} seconds and try again."),
                Some(seconds) => format!("Wait {} minutes and try again.", seconds.div_ceil(60)),
                None => "Wait a minute and try again.".to_owned(),
            },
            409 => format!("Wait a moment and try again. {SUPPORT}"),
            422 => rejected_values(response, operation).to_owned(),
            500.. => format!("Wait a moment and try again. {SUPPORT}"),
            _ => SUPPORT.to_owned(),
        },
        (_, Outcome::NotApplied) => "Check your connection and try again.".to_owned(),
    }
}

/// The next action after a 422.
fn rejected_values(response: &ErrorResponse, operation: Operation) -> &'static str {
    let has_reason = response.message.is_some();
    let is_subscribed = response.code.as_deref().is_none_or(|code| code.contains("subscription"));
    match operation {
        Operation::Delete if is_subscribed => "Cancel its active subscriptions first, then try again.",
        Operation::Create | Operation::Update if !response.field_errors().is_empty() => FIX_FIELDS,
        _ if has_reason => "Open Details for the reason.",
        Operation::Create | Operation::Update => "Check what you entered and try again.",
        Operation::Load | Operation::Undo | Operation::Delete => "Copy the details and contact Altostrat support.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::transport::Method;

    fn error(kind: ErrorKind) -> ApiError {
        ApiError { method: Method::Post, path: "/workspaces/ws_1/billing-accounts".into(), failed_at: 0.0, kind }
    }

    fn status(status: u16) -> ApiError {
        error(ErrorKind::Status(ErrorResponse { status, ..ErrorResponse::default() }))
    }

    #[test]
    fn every_failure_says_whether_the_account_was_created() {
        let not_applied = [400, 401, 403, 404, 405, 409, 413, 415, 418, 422, 429].map(status);
        let unknown = [408, 500, 502, 503, 504, 599, 302].map(status);
        for failure in not_applied.iter().chain(&[error(ErrorKind::Offline), error(ErrorKind::SessionEnded)]) {
            assert!(
                ErrorMessage::new(failure, Operation::Create).consequence == "The account wasn’t created.",
                "{failure:?}"
            );
        }
        let no_response =
            [NetworkError::Failed, NetworkError::Timeout].map(|reason| error(ErrorKind::NoResponse(reason)));
        // A success status with the page of a gateway or static host.
        let unreadable = [200, 201, 202, 204].map(|status| error(ErrorKind::Unreadable { status }));
        for failure in unknown.iter().chain(&no_response).chain(&unreadable) {
            let message = ErrorMessage::new(failure, Operation::Create);
            assert!(message.consequence.starts_with("We don’t know yet"), "{failure:?}");
            assert!(message.action.contains("so you don’t create it twice"), "{failure:?}");
        }
        let incomplete = ErrorMessage::new(&error(ErrorKind::Incomplete { status: 201 }), Operation::Create);
        assert!(incomplete.title.starts_with("Saved"));
        assert!(incomplete.consequence.contains("was created, so don’t create it again"));
    }

    #[test]
    fn every_failure_has_an_action_and_no_banned_word() {
        let all = (400..=599).map(status).chain([
            error(ErrorKind::Offline),
            error(ErrorKind::SessionEnded),
            error(ErrorKind::NoResponse(NetworkError::Failed)),
            error(ErrorKind::NoResponse(NetworkError::Timeout)),
            error(ErrorKind::Incomplete { status: 200 }),
            error(ErrorKind::Unreadable { status: 200 }),
        ]);
        for failure in all {
            for operation in [Operation::Load, Operation::Create, Operation::Update, Operation::Undo, Operation::Delete]
            {
                let message = ErrorMessage::new(&failure, operation);
                let text = format!("{} {} {}", message.title, message.consequence, message.action).to_lowercase();
                assert!(!message.title.is_empty() && !message.action.is_empty(), "{failure:?} {operation:?}");
                for banned in ["valid", "please", "sorry"] {
                    assert!(!text.contains(banned), "{text}");
                }
            }
        }
    }
}

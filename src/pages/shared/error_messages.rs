//! The messages for failed requests: what happened, its consequence for the account, and the next action. Pure.

use crate::api::error::{ApiError, ErrorKind, Outcome};
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
    /// Deleting a billing account.
    Delete,
}

/// The message for a failed request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorMessage {
    /// The title: what happened.
    pub title: String,
    /// The consequence for the account. Empty for [`Operation::Load`].
    pub consequence: &'static str,
    /// The next action of the user.
    pub action: String,
}

impl ErrorMessage {
    /// The message for a failure of `operation`.
    pub fn new(error: &ApiError, operation: Operation) -> Self {
        Self {
            title: title(error, operation),
            consequence: consequence(error, operation),
            action: action(error, operation),
        }
    }
}

fn title(error: &ApiError, operation: Operation) -> String {
    match &error.kind {
        ErrorKind::Offline => "You are offline".to_owned(),
        ErrorKind::SessionEnded => "Your session has ended".to_owned(),
        ErrorKind::NoResponse(NetworkError::Failed) => "No answer from the API".to_owned(),
        ErrorKind::NoResponse(NetworkError::Timeout) => "The API did not answer in time".to_owned(),
        ErrorKind::Incomplete { .. } if error.outcome() == Outcome::Applied => {
            "Saved, but the details could not be shown".to_owned()
        }
        ErrorKind::Incomplete { .. } | ErrorKind::Unreadable { .. } => "The answer couldn’t be read".to_owned(),
        _ if error.is_limit_reached() => "The API refused: there is no room for another account".to_owned(),
        ErrorKind::Status(response) => match response.status {
            400 => "The API could not read the request".to_owned(),
            401 => "The API no longer accepts your session".to_owned(),
            403 => "You are not allowed to do this".to_owned(),
            404 if operation == Operation::Create => "The API does not know this workspace".to_owned(),
            404 if matches!(operation, Operation::Update | Operation::Delete) => {
                "Altostrat couldn’t find this account".to_owned()
            }
            404 => "Not found: the API knows nothing under this URL".to_owned(),
            409 => "The API refused: something else got in the way".to_owned(),
            413 => "The API refused: the request is too large".to_owned(),
            422 if operation == Operation::Delete => "The API refused to delete this account".to_owned(),
            422 => "The API refused what was entered".to_owned(),
            429 => "The API is receiving too many requests".to_owned(),
            408 => "The API gave up waiting for the request".to_owned(),
            status @ 400..=499 => format!("The API refused the request (status {status})"),
            status => format!("The API failed (status {status})"),
        },
    }
}

fn consequence(error: &ApiError, operation: Operation) -> &'static str {
    match (operation, error.outcome()) {
        (Operation::Load, _) => "",
        (Operation::Create, Outcome::NotApplied) => "No account was created. Everything you typed is still here.",
        (Operation::Update, Outcome::NotApplied) => "The account was not changed. Everything you typed is still here.",
        (Operation::Create, Outcome::Unknown) => {
            "The account may or may not have been created. Everything you typed is still here."
        }
        (Operation::Update, Outcome::Unknown) => {
            "The account may or may not have been changed. Everything you typed is still here."
        }
        (Operation::Delete, Outcome::NotApplied) => "The account was not deleted.",
        (Operation::Delete, Outcome::Unknown) => "The account may or may not have been deleted.",
        (Operation::Delete, Outcome::Applied) => "The account was deleted.",
        (Operation::Create, Outcome::Applied) => "The account was created. Do not send it again.",
        (Operation::Update, Outcome::Applied) => "The account was changed. There is no need to send it again.",
    }
}

fn action(error: &ApiError, operation: Operation) -> String {
    let retry = match operation {
        Operation::Load => "try again",
        Operation::Create | Operation::Update => "save again",
        Operation::Delete => "press Delete again",
    };
    match (&error.kind, error.outcome()) {
        (ErrorKind::Offline, _) => format!("Connect to the internet, then {retry}."),
        (ErrorKind::SessionEnded, _) => format!("Sign in again, then {retry}."),
        (_, Outcome::Applied) => match operation {
            Operation::Update => "Open the account to see it.".to_owned(),
            _ => "Open the list of billing accounts to see it.".to_owned(),
        },
        (_, Outcome::Unknown) => match operation {
            Operation::Load => "Check your connection and try again.".to_owned(),
            Operation::Delete => "Check whether it was deleted before you delete it again.".to_owned(),
            Operation::Create => {
                "Check whether it was created before you send it again: that could create a second account.".to_owned()
            }
            Operation::Update => "Check whether it was saved before you send it again.".to_owned(),
        },
        _ if error.is_limit_reached() => {
            "Delete an account that is no longer used, then save again; or choose another workspace.".to_owned()
        }
        (ErrorKind::Status(response), _) => match response.status {
            401 => format!("Sign in again, then {retry}."),
            403 => "Ask an owner or admin of this workspace to do it or to change your role.".to_owned(),
            404 if matches!(operation, Operation::Update | Operation::Delete) => {
                "It may have been deleted, or you don’t have access to this workspace.".to_owned()
            }
            404 => "Check the URL, or choose another workspace: you may not be a member of this one.".to_owned(),
            429 => match response.retry_after {
                Some(0 | 1) => format!("Wait a moment, then {retry}."),
                Some(seconds @ ..=90) => format!("Wait {seconds} seconds, then {retry}."),
                Some(seconds) => format!("Wait {} minutes, then {retry}.", seconds.div_ceil(60)),
                None => format!("Wait a minute, then {retry}."),
            },
            409 => format!("Wait a moment, then {retry}."),
            422 if operation == Operation::Delete => {
                "End what the API names, such as an active subscription, then press Delete again.".to_owned()
            }
            422 => format!("Correct what the API names, then {retry}."),
            500.. => {
                format!("Wait a moment, then {retry}. If it happens again, copy the details for Altostrat support.")
            }
            _ => "If it happens again, copy the details and send them to Altostrat support.".to_owned(),
        },
        (_, Outcome::NotApplied) => format!("Check your connection, then {retry}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::error::ErrorResponse;
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
                ErrorMessage::new(failure, Operation::Create).consequence.starts_with("No account was created"),
                "{failure:?}"
            );
        }
        let no_response =
            [NetworkError::Failed, NetworkError::Timeout].map(|reason| error(ErrorKind::NoResponse(reason)));
        // A success status with the page of a gateway or static host.
        let unreadable = [200, 201, 202, 204].map(|status| error(ErrorKind::Unreadable { status }));
        for failure in unknown.iter().chain(&no_response).chain(&unreadable) {
            let message = ErrorMessage::new(failure, Operation::Create);
            assert!(message.consequence.contains("may or may not"), "{failure:?}");
            assert!(message.action.contains("Check whether it was created"), "{failure:?}");
        }
        let incomplete = ErrorMessage::new(&error(ErrorKind::Incomplete { status: 201 }), Operation::Create);
        assert!(incomplete.title.starts_with("Saved"));
        assert!(incomplete.consequence.contains("was created. Do not send it again"));
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
            for operation in [Operation::Load, Operation::Create, Operation::Update, Operation::Delete] {
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

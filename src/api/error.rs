//! The errors of API requests, as data. Pure.
//!
//! Sentences for the user are in [`pages::shared::error_messages`](crate::pages::shared::error_messages).

use crate::api::transport::{Method, NetworkError};
use crate::domain::Field;
use crate::form::FormErrors;

/// A failed request.
#[derive(Debug, Clone, PartialEq)]
pub struct ApiError {
    /// The request's method.
    pub method: Method,
    /// The request's path.
    pub path: String,
    /// When it failed, in milliseconds since 1970.
    pub failed_at: f64,
    /// Why it failed.
    pub kind: ErrorKind,
}

/// Why a request failed.
#[derive(Debug, Clone, PartialEq)]
pub enum ErrorKind {
    /// The browser is offline. Nothing was sent.
    Offline,
    /// The token has expired, or no user is signed in. Nothing was sent.
    SessionEnded,
    /// The API rejected the token of a save with a 401. The session was renewed since, and the save was not sent again.
    SessionRenewed,
    /// No response arrived. The server may still have processed the request.
    NoResponse(NetworkError),
    /// The response's status is not a success.
    Status(ErrorResponse),
    /// The response is a success, but its JSON lacks the requested data, such as the account's ID.
    Incomplete {
        /// The status, 200 or 201.
        status: u16,
    },
    /// The response is a success, but not the API's JSON: a gateway's page, a static host's fallback page, or empty.
    Unreadable {
        /// The status, 200 to 299.
        status: u16,
    },
}

/// A response whose status is not a success. Everything but the status may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ErrorResponse {
    /// The HTTP status.
    pub status: u16,
    /// A message for people.
    pub message: Option<String>,
    /// The error's class, the JSON member `type`.
    pub error_type: Option<String>,
    /// A code for programs.
    pub code: Option<String>,
    /// The page that documents the error. Invariant: an `https:` URL, because the app links to it.
    pub doc_url: Option<String>,
    /// The messages by the key of their field, as in Laravel's 422.
    pub errors: Vec<(String, Vec<String>)>,
    /// The delay of `Retry-After`, in seconds.
    pub retry_after: Option<u32>,
}

impl ErrorResponse {
    /// The server's messages by field: those of a 422, and Stripe's message about the phone number.
    pub fn field_errors(&self) -> FormErrors<Field> {
        let mut form_errors = FormErrors::default();
        for (key, messages) in &self.errors {
            let text = messages.join(" ");
            match Field::from_key(key) {
                Some(field) => form_errors.fields.push((field, text)),
                None => form_errors.general.push(text),
            }
        }
        if let Some(message) = self.message.as_deref().filter(|message| message.contains(STRIPE_PHONE_MESSAGE))
            && self.errors.is_empty()
        {
            form_errors.fields.push((Field::Phone, message.to_owned()));
        }
        form_errors.fields.sort_by_key(|&(field, _)| field);
        form_errors
    }
}

/// A part of Stripe's message about a phone number that is too long: "Invalid string: …; must be at most 20
/// characters". The reply names no field, so this English text is the only sign. Any other message appears above the
/// form.
const STRIPE_PHONE_MESSAGE: &str = "must be at most 20 characters";

/// Whether the server applied a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The request was not applied. Sending it again is safe.
    NotApplied,
    /// The request may have been applied.
    Unknown,
    /// The request was applied. It must not be sent again.
    Applied,
}

impl ApiError {
    /// Whether the request was applied, as far as this error shows it.
    ///
    /// Only a 4xx other than 408 (request timeout) proves that the API rejected it, and only a 200 or 201 with JSON
    /// proves that the API applied it.
    pub fn outcome(&self) -> Outcome {
        // A GET changes nothing.
        if self.method == Method::Get {
            return Outcome::NotApplied;
        }
        match &self.kind {
            ErrorKind::Offline | ErrorKind::SessionEnded | ErrorKind::SessionRenewed => Outcome::NotApplied,
            ErrorKind::NoResponse(_) => Outcome::Unknown,
            ErrorKind::Status(response) => match response.status {
                408 => Outcome::Unknown,
                400..=499 => Outcome::NotApplied,
                _ => Outcome::Unknown,
            },
            ErrorKind::Incomplete { .. } => Outcome::Applied,
            // The response may come from a gateway instead of the API.
            ErrorKind::Unreadable { .. } => Outcome::Unknown,
        }
    }

    /// Whether this is the API's documented 404 for a billing account. Any other 404 may come from a gateway or be
    /// about the workspace.
    pub fn says_no_such_account(&self) -> bool {
        self.response().is_some_and(|response| {
            let is_documented = response.error_type.is_some() && response.message.is_some();
            let code = response.code.as_deref().unwrap_or_default();
            response.status == 404 && is_documented && code.contains("billing_account")
        })
    }

    /// Whether an immediate retry may succeed: after a network error, or if a gateway could not reach the API.
    pub fn is_transient(&self) -> bool {
        matches!(self.kind, ErrorKind::NoResponse(NetworkError::Failed)) || matches!(self.status(), Some(502..=504))
    }

    /// Whether the user has to sign in again.
    pub fn needs_sign_in(&self) -> bool {
        self.kind == ErrorKind::SessionEnded || self.status() == Some(401)
    }

    /// When the next request is allowed after a 429, in milliseconds since 1970: after one minute if the response has
    /// no readable `Retry-After`.
    pub fn retry_at(&self) -> Option<f64> {
        let response = self.response().filter(|response| response.status == 429)?;
        Some(self.failed_at + f64::from(response.retry_after.unwrap_or(60)) * 1000.0)
    }

    /// Whether the workspace has reached its limit of billing accounts. The API does not document this error, so any
    /// code that contains `limit_reached` counts.
    pub fn is_limit_reached(&self) -> bool {
        let code = self.response().and_then(|response| response.code.as_deref()).unwrap_or_default();
        matches!(self.status(), Some(403 | 409 | 422)) && code.contains("limit_reached")
    }

    /// The error response, if there was one.
    pub fn response(&self) -> Option<&ErrorResponse> {
        match &self.kind {
            ErrorKind::Status(response) => Some(response),
            _ => None,
        }
    }

    /// The HTTP status, if there was one.
    pub fn status(&self) -> Option<u16> {
        match &self.kind {
            ErrorKind::Status(response) => Some(response.status),
            ErrorKind::SessionRenewed => Some(401),
            ErrorKind::Incomplete { status } | ErrorKind::Unreadable { status } => Some(*status),
            _ => None,
        }
    }

    /// Text for a support request. Invariant: no token, no personal data.
    pub fn details(&self, time: &str) -> String {
        let mut text = format!("{} {}\n", self.method, self.path);
        match (&self.kind, self.status()) {
            (ErrorKind::Offline, _) => text += "not sent: offline\n",
            (ErrorKind::SessionEnded, _) => text += "not sent: session ended\n",
            (ErrorKind::NoResponse(NetworkError::Failed), _) => text += "no answer: network error\n",
            (ErrorKind::NoResponse(NetworkError::Timeout), _) => text += "no answer: deadline passed\n",
            (_, Some(status)) => text += &format!("status {status}\n"),
            (_, None) => {}
        }
        if let Some(code) = self.response().and_then(|response| response.code.as_deref()) {
            text += &format!("code {code}\n");
        }
        text + time
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn server_errors_are_sorted_by_field() {
        let errors = vec![
            ("address.postal_code".to_owned(), vec!["Bad code.".to_owned()]),
            ("vat".to_owned(), vec!["No VAT.".to_owned()]),
            ("email".to_owned(), vec!["Bad.".to_owned(), "Worse.".to_owned()]),
        ];
        let placed = ErrorResponse { errors, ..ErrorResponse::default() }.field_errors();
        assert_eq!(
            placed.fields,
            [(Field::Email, "Bad. Worse.".to_owned()), (Field::PostalCode, "Bad code.".to_owned())]
        );
        assert_eq!(placed.general, ["No VAT."]);
    }

    #[test]
    fn stripes_message_about_a_long_phone_is_a_phone_error() {
        let text = "Invalid string: +123; must be at most 20 characters";
        let field_errors =
            |text: &str| ErrorResponse { message: Some(text.to_owned()), ..ErrorResponse::default() }.field_errors();
        assert_eq!(field_errors(text).fields, [(Field::Phone, text.to_owned())]);
        for other in ["Something else", "La cadena no puede superar los 20 caracteres", ""] {
            assert!(field_errors(other).is_empty(), "{other}");
        }
    }

    #[test]
    fn details_contain_no_personal_data() {
        let kind = ErrorKind::Status(ErrorResponse {
            status: 422,
            code: Some("billing_account_limit_reached".into()),
            message: Some("jane@example.com may not".into()),
            ..ErrorResponse::default()
        });
        let path = "/workspaces/ws_1/billing-accounts".to_owned();
        let failure = ApiError { method: Method::Post, path, failed_at: 0.0, kind };
        assert_eq!(
            failure.details("2026-01-02T03:04:05Z"),
            "POST /workspaces/ws_1/billing-accounts\nstatus 422\ncode billing_account_limit_reached\n2026-01-02T03:04:05Z"
        );
    }
}

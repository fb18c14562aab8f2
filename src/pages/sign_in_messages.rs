//! The messages for a failed sign-in: what happened, and what to do. Pure.

use crate::session::oidc::callback::{CallbackError, ProviderError, RejectedCallback};
use crate::session::oidc::discovery::DiscoveryError;
use crate::session::oidc::error::{BeginError, SignInError};
use crate::session::oidc::id_token::IdTokenError;
use crate::session::oidc::provider_text::ProviderText;
use crate::session::oidc::token_response::TokenEndpointError;
use crate::session::sign_in::Failure;

const SETUP: &str = "Sign-in isn’t set up correctly";
const ASK_ADMINISTRATOR: &str = "You aren’t signed in. Ask your administrator to correct it.";
const TRY_AGAIN: &str = "You aren’t signed in. Sign in again.";
const IF_AGAIN: &str = "You aren’t signed in. Sign in again. If this keeps happening, contact your administrator.";
const UNREADABLE: &str = "The sign-in service sent an answer that couldn’t be read";

/// The current time and how times are written in the user's language. Times are in milliseconds since 1970.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    /// Now.
    pub now: f64,
    /// A day, such as "Nov 30".
    pub day: fn(f64) -> String,
    /// A time as seen from now, such as "today at 5:53 PM".
    pub at: fn(f64, f64) -> String,
}

/// The message for a failed sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailureMessage {
    /// What happened.
    pub title: String,
    /// The consequence and the next action.
    pub text: String,
    /// Facts for support. Never a secret.
    pub details: Option<String>,
}

impl FailureMessage {
    /// The message for a failure.
    pub fn new(failure: &Failure, times: Times) -> Self {
        match failure {
            Failure::SignIn(SignInError::Callback(RejectedCallback { error, .. })) => callback(error),
            Failure::SignIn(SignInError::Begin(error)) => begin(error),
            Failure::SignIn(SignInError::Token(error)) => token(error, times),
            Failure::SignOut(_) => message(
                "You’re signed out here, but may still be signed in at the sign-in service",
                "We couldn’t reach it. On a shared computer, sign out there too.",
            ),
            Failure::OtherTabGone => message("The other tab didn’t answer", "Sign in here instead."),
        }
    }

    fn with(mut self, details: Option<String>) -> Self {
        self.details = details;
        self
    }
}

fn message(title: &str, text: &str) -> FailureMessage {
    FailureMessage { title: title.to_owned(), text: text.to_owned(), details: None }
}

fn quote(text: &ProviderText) -> String {
    format!("The sign-in service said: “{text}”")
}

fn callback(error: &CallbackError) -> FailureMessage {
    match error {
        CallbackError::Provider(error, description) => provider(error).with(match (description, error) {
            (Some(description), _) => Some(quote(description)),
            (None, ProviderError::Other(Some(code))) => Some(quote(code)),
            (None, _) => None,
        }),
        CallbackError::NoTransaction => message(
            "This sign-in can’t be used again",
            "A sign-in works once, and only in the tab where it began. Sign in again.",
        ),
        CallbackError::Expired => message("The sign-in took longer than 10 minutes", TRY_AGAIN),
        CallbackError::WrongState => message("This sign-in didn’t begin in this tab", TRY_AGAIN),
        CallbackError::WrongIssuer => message("The answer came from another sign-in service", IF_AGAIN),
        CallbackError::Unreadable => message(UNREADABLE, IF_AGAIN),
    }
}

fn provider(error: &ProviderError) -> FailureMessage {
    match error {
        ProviderError::AccessDenied => message(
            "The sign-in was canceled or refused",
            "You aren’t signed in. Sign in again, or ask your administrator for access.",
        ),
        ProviderError::LoginRequired => {
            message("You need to sign in again", "You aren’t signed in. Sign in to continue.")
        }
        ProviderError::ConsentRequired => message(
            "The sign-in service needs your consent",
            "You aren’t signed in. Sign in, and give your consent there.",
        ),
        ProviderError::InteractionRequired => {
            message("The sign-in service needs more information", "You aren’t signed in. Sign in to continue there.")
        }
        ProviderError::Other(_) => message("The sign-in service reported a problem", IF_AGAIN),
    }
}

fn begin(error: &BeginError) -> FailureMessage {
    match error {
        BeginError::Unsupported => {
            message("This browser can’t sign in here", "Open this page over https, in a browser from 2024 or later.")
        }
        BeginError::NoStorage => {
            message("The browser doesn’t let this page store anything", "Allow it for this site, then sign in again.")
        }
        BeginError::NoReply(_) => {
            message("The sign-in service can’t be reached", "Check your connection, then sign in again.")
        }
        BeginError::Discovery(DiscoveryError::Status(status)) => unavailable(*status),
        BeginError::Discovery(error) => message(SETUP, ASK_ADMINISTRATOR).with(Some(match error {
            DiscoveryError::OtherIssuer { configured, found } => {
                let found = ProviderText::new(found).map(|found| found.to_string()).unwrap_or_default();
                format!("The issuer is “{found}”, not “{configured}”")
            }
            DiscoveryError::InsecureEndpoint(name) => format!("The {name} doesn’t use https"),
            DiscoveryError::NoS256 => "The service doesn’t support PKCE with S256".to_owned(),
            DiscoveryError::Status(_) | DiscoveryError::Unreadable => {
                "The openid-configuration couldn’t be read".to_owned()
            }
        })),
    }
}

fn unavailable(status: u16) -> FailureMessage {
    message("Something went wrong at the sign-in service", "You aren’t signed in. Wait a minute, then sign in again.")
        .with(Some(format!("Status {status}")))
}

fn token(error: &TokenEndpointError, times: Times) -> FailureMessage {
    match error {
        TokenEndpointError::NoReply(_) => message(
            "The sign-in service didn’t answer",
            "You aren’t signed in. Check your connection, then sign in again.",
        ),
        TokenEndpointError::Refused { error, description } => {
            message("The sign-in service refused the sign-in", IF_AGAIN)
                .with(description.as_ref().or(error.as_ref()).map(quote))
        }
        TokenEndpointError::Status(status) => unavailable(*status),
        TokenEndpointError::Unreadable => message(UNREADABLE, IF_AGAIN),
        TokenEndpointError::AccessToken(_) => {
            message(SETUP, ASK_ADMINISTRATOR).with(Some("The access token isn’t a JWT: check the audience".to_owned()))
        }
        TokenEndpointError::ExpiredOnArrival { expired_at: at }
        | TokenEndpointError::IdToken(IdTokenError::Expired { expired_at: at }) => clock("expired ", *at, "", times),
        TokenEndpointError::IdToken(IdTokenError::IssuedInFuture { issued_at: at }) => {
            clock("starts in the future (", *at, ")", times)
        }
        TokenEndpointError::IdToken(error) => {
            message("The sign-in couldn’t be verified", IF_AGAIN).with(Some(format!("Failed check: {}", check(error))))
        }
    }
}

/// The second cause of every message about an expired token. `day` is today according to this computer.
pub fn or_wrong_clock(day: &str) -> String {
    format!("or this computer’s clock ({day}) is wrong")
}

/// The message about a time that may be wrong because of this computer's clock.
fn clock(what: &str, at: f64, end: &str, Times { now, day, at: write }: Times) -> FailureMessage {
    FailureMessage {
        title: format!("This sign-in {what}{}{end}, {}", write(at, now), or_wrong_clock(&day(now))),
        text: "You aren’t signed in. Check the clock, then sign in again.".to_owned(),
        details: None,
    }
}

const fn check(error: &IdTokenError) -> &'static str {
    match error {
        IdTokenError::NotAJwt => "format",
        IdTokenError::Unsigned => "signature",
        IdTokenError::WrongIssuer => "issuer",
        IdTokenError::WrongAudience => "audience",
        IdTokenError::WrongAuthorizedParty => "authorized party",
        IdTokenError::Expired { .. } | IdTokenError::IssuedInFuture { .. } => "time",
        IdTokenError::Missing(claim) => claim,
        IdTokenError::WrongNonce => "nonce",
        IdTokenError::OtherUser => "user",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::oidc::http::NetworkError;

    const TIMES: Times = Times { now: 0.0, day: |_| "Nov 30".to_owned(), at: |_, _| "today at 5:53 PM".to_owned() };

    fn text(error: SignInError) -> String {
        let FailureMessage { title, text, details } = FailureMessage::new(&Failure::SignIn(error), TIMES);
        format!("{title} | {text} | {}", details.unwrap_or_default())
    }

    fn rejected(error: CallbackError) -> SignInError {
        SignInError::Callback(RejectedCallback { error, return_to: None, was_silent: false, remember: false })
    }

    #[test]
    fn an_expired_sign_in_names_the_clock_too() {
        let expected = "This sign-in expired today at 5:53 PM, or this computer’s clock (Nov 30) is wrong";
        for error in [
            TokenEndpointError::ExpiredOnArrival { expired_at: 1.0 },
            TokenEndpointError::IdToken(IdTokenError::Expired { expired_at: 1.0 }),
        ] {
            assert!(text(SignInError::Token(error)).starts_with(expected));
        }
    }

    #[test]
    fn a_sign_in_of_the_future_names_the_clock_too() {
        let error = TokenEndpointError::IdToken(IdTokenError::IssuedInFuture { issued_at: 1.0 });
        let expected =
            "This sign-in starts in the future (today at 5:53 PM), or this computer’s clock (Nov 30) is wrong";
        assert!(text(SignInError::Token(error)).starts_with(expected));
    }

    #[test]
    fn every_failed_sign_in_names_an_action_and_no_banned_word() {
        let provider = |error| rejected(CallbackError::Provider(error, ProviderText::new("Because.")));
        let discovery = |error| SignInError::Begin(BeginError::Discovery(error));
        let all = [
            provider(ProviderError::AccessDenied),
            provider(ProviderError::LoginRequired),
            provider(ProviderError::ConsentRequired),
            provider(ProviderError::InteractionRequired),
            provider(ProviderError::Other(None)),
            rejected(CallbackError::NoTransaction),
            rejected(CallbackError::Expired),
            rejected(CallbackError::WrongState),
            rejected(CallbackError::WrongIssuer),
            rejected(CallbackError::Unreadable),
            SignInError::Begin(BeginError::Unsupported),
            SignInError::Begin(BeginError::NoStorage),
            SignInError::Begin(BeginError::NoReply(NetworkError::Timeout)),
            discovery(DiscoveryError::Status(500)),
            discovery(DiscoveryError::Unreadable),
            discovery(DiscoveryError::NoS256),
            SignInError::Token(TokenEndpointError::NoReply(NetworkError::Failed)),
            SignInError::Token(TokenEndpointError::Refused { error: None, description: None }),
            SignInError::Token(TokenEndpointError::Status(502)),
            SignInError::Token(TokenEndpointError::Unreadable),
            SignInError::Token(TokenEndpointError::IdToken(IdTokenError::WrongNonce)),
        ];
        for error in all {
            let text = text(error).to_lowercase();
            assert!(["sign in", "ask", "open"].iter().any(|action| text.contains(action)), "{text}");
            for banned in ["valid", "please", "sorry", "the api"] {
                assert!(!text.contains(banned), "{text}");
            }
        }
    }

    #[test]
    fn the_words_of_the_service_are_quoted() {
        let error = CallbackError::Provider(ProviderError::AccessDenied, ProviderText::new("You pressed Cancel."));
        assert!(text(rejected(error)).ends_with("| The sign-in service said: “You pressed Cancel.”"));
    }
}

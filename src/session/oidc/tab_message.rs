//! Messages between the tabs of this origin about the session: versioned JSON, read as untrusted.
//!
//! Invariant: no message has a refresh token, and only [`TabMessage::AccessToken`] has an access token.

use serde::{Deserialize, Serialize};

use super::callback::CallbackQuery;
use super::error::RenewError;
use crate::lenient;
use crate::session::base64url;
use crate::session::token::{Claims, Token};

/// Changes with the shape of a message. Messages of another version are ignored.
const VERSION: u32 = 2;
/// The longest message that is read, in bytes.
const MAX_LENGTH: usize = 40_000;
/// An address: 16 random bytes in base64url.
const ADDRESS_LENGTH: usize = 22;

/// Who a message is for: a tab, or one question of a tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// An address from random bytes.
    pub fn from_random(bytes: [u8; 16]) -> Self {
        Self(base64url::encode(&bytes))
    }

    fn parse(text: String) -> Option<Self> {
        (text.len() == ADDRESS_LENGTH && base64url::decode(&text).is_some()).then_some(Self(text))
    }
}

/// A session that another tab may continue.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedSession {
    /// The access token.
    pub token: Token,
    /// Whose it is and when it ends.
    pub claims: Claims,
    /// Whether it was issued by the configured provider, not pasted.
    pub through_provider: bool,
    /// Whether the tab that has it can renew it with a refresh token.
    pub can_renew: bool,
}

impl SharedSession {
    /// The session, if it belongs to the user with these claims.
    ///
    /// # Errors
    /// It is another user's.
    pub fn of_same_user(self, claims: &Claims) -> Result<Self, RenewError> {
        if self.claims.is_same_user(claims) { Ok(self) } else { Err(RenewError::NotRenewable) }
    }
}

/// A message. Every tab of this origin hears it; those with `to` are for one tab. An answer is `to` the question's `from`.
#[derive(Debug, Clone, PartialEq)]
pub enum TabMessage {
    /// A new tab asks whether someone is signed in.
    WhoIsSignedIn {
        /// The question.
        from: Address,
    },
    /// The answer, to show "Continue as …".
    SignedIn {
        /// The question.
        to: Address,
        /// The tab that is signed in.
        from: Address,
        /// The name to show.
        name: String,
    },
    /// The user accepted: the new tab asks one tab for its access token.
    TokenRequest {
        /// The tab that is signed in.
        to: Address,
        /// The question.
        from: Address,
    },
    /// A tab without a refresh token asks for a newer access token of the same user.
    NewerToken {
        /// The question.
        from: Address,
        /// The user's ID.
        sub: Option<String>,
        /// When the present access token ends, in milliseconds since 1970.
        ends_at: Option<f64>,
        /// Whether the API rejected it.
        is_rejected: bool,
    },
    /// The access token.
    AccessToken {
        /// The question.
        to: Address,
        /// The session to continue.
        session: SharedSession,
    },
    /// The user signed out.
    SignedOut,
    /// A popup hands over the provider's answer.
    Callback {
        /// The question.
        from: Address,
        /// The query of its `/callback`.
        query: CallbackQuery,
    },
    /// The tab that opened the popup took the answer: the popup may close.
    CallbackTaken {
        /// The question.
        to: Address,
    },
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Envelope {
    version: u32,
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sub: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ends_at: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    through_provider: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    can_renew: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_rejected: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    query: Option<String>,
}

impl TabMessage {
    /// Writes the message as JSON.
    pub fn write(&self) -> String {
        let id = |id: &Address| Some(id.0.clone());
        let kind = |kind: &str| Envelope { version: VERSION, kind: kind.to_owned(), ..Envelope::default() };
        let envelope = match self {
            Self::WhoIsSignedIn { from } => Envelope { from: id(from), ..kind("who_is_signed_in") },
            Self::SignedIn { to, from, name } => {
                Envelope { to: id(to), from: id(from), name: Some(name.clone()), ..kind("signed_in") }
            }
            Self::TokenRequest { to, from } => Envelope { to: id(to), from: id(from), ..kind("token_request") },
            Self::NewerToken { from, sub, ends_at, is_rejected } => {
                let (sub, ends_at, is_rejected) = (sub.clone(), *ends_at, Some(*is_rejected));
                Envelope { from: id(from), sub, ends_at, is_rejected, ..kind("newer_token") }
            }
            Self::AccessToken { to, session: SharedSession { token, claims, through_provider, can_renew } } => {
                let Claims { sub, name, email, ends_at } = claims.clone();
                let claims = Envelope { sub, name, email, ends_at, ..kind("access_token") };
                let (through_provider, can_renew) = (Some(*through_provider), Some(*can_renew));
                Envelope { to: id(to), token: Some(token.expose().to_owned()), through_provider, can_renew, ..claims }
            }
            Self::SignedOut => kind("signed_out"),
            Self::Callback { from, query } => {
                Envelope { from: id(from), query: Some(query.expose().to_owned()), ..kind("callback") }
            }
            Self::CallbackTaken { to } => Envelope { to: id(to), ..kind("callback_taken") },
        };
        // Fails only for maps whose keys are not strings.
        serde_json::to_string(&envelope).unwrap_or_default()
    }

    /// Reads a message; `None` for one of another version or shape.
    pub fn read(message: &str) -> Option<Self> {
        if message.len() > MAX_LENGTH {
            return None;
        }
        let envelope: Envelope = lenient::parse_object(message).filter(|read: &Envelope| read.version == VERSION)?;
        let Envelope { kind, to, from, sub, name, email, ends_at, token, query, .. } = envelope;
        let Envelope { through_provider, can_renew, is_rejected, .. } = envelope;
        let (to, from) = (to.and_then(Address::parse), from.and_then(Address::parse));
        Some(match kind.as_str() {
            "who_is_signed_in" => Self::WhoIsSignedIn { from: from? },
            "signed_in" => Self::SignedIn { to: to?, from: from?, name: name? },
            "token_request" => Self::TokenRequest { to: to?, from: from? },
            "newer_token" => Self::NewerToken { from: from?, sub, ends_at, is_rejected: is_rejected? },
            "access_token" => {
                let (token, _) = Token::parse(&token?).ok()?;
                let claims = Claims { sub, name, email, ends_at };
                let (through_provider, can_renew) = (through_provider?, can_renew?);
                let session = SharedSession { token, claims, through_provider, can_renew };
                Self::AccessToken { to: to?, session }
            }
            "signed_out" => Self::SignedOut,
            "callback" => Self::Callback { from: from?, query: CallbackQuery::new(&query?)? },
            "callback_taken" => Self::CallbackTaken { to: to? },
            _ => return None,
        })
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::super::fixtures::{NOW, jwt};
    use super::*;

    fn messages() -> [TabMessage; 8] {
        let (to, from) = (Address::from_random([1; 16]), Address::from_random([2; 16]));
        let (token, claims) = Token::parse(&jwt(&json!({ "sub": "auth0|1" }))).unwrap();
        let claims = Claims { name: Some("Olivia".into()), ends_at: Some(NOW), ..claims };
        [
            TabMessage::WhoIsSignedIn { from: from.clone() },
            TabMessage::SignedIn { to: to.clone(), from: from.clone(), name: "Olivia".into() },
            TabMessage::TokenRequest { to: to.clone(), from: from.clone() },
            TabMessage::NewerToken {
                from: from.clone(),
                sub: claims.sub.clone(),
                ends_at: Some(NOW),
                is_rejected: true,
            },
            TabMessage::AccessToken {
                to: to.clone(),
                session: SharedSession { token, claims, through_provider: true, can_renew: false },
            },
            TabMessage::SignedOut,
            TabMessage::Callback { from, query: CallbackQuery::new("?code=marker").unwrap() },
            TabMessage::CallbackTaken { to },
        ]
    }

    #[test]
    fn another_tab_reads_what_was_written() {
        for message in messages() {
            assert_eq!(TabMessage::read(&message.write()), Some(message));
        }
    }

    #[test]
    fn a_message_of_another_version_or_shape_is_ignored() {
        for message in messages() {
            let written = message.write();
            for (part, other) in [("\"version\":2", "\"version\":1"), ("\"kind\":\"", "\"kind\":\"x"), ("}", "")] {
                assert_eq!(TabMessage::read(&written.replacen(part, other, 1)), None, "{part}");
            }
            for (key, other) in [("to", "x"), ("from", "x"), ("token", "y"), ("query", "z")] {
                let changed = written.replacen(&format!("\"{key}\":\"",), &format!("\"{other}_{key}\":\""), 1);
                assert!(changed == written || TabMessage::read(&changed).is_none(), "{changed}");
            }
        }
    }

    #[test]
    fn debug_redacts_the_token_and_the_query() {
        let shown = format!("{:?}", messages());
        assert!(!shown.contains("marker") && !shown.contains("eyJ"), "{shown}");
    }

    proptest! {
        #[test]
        fn any_message_is_survived(text: String, at: prop::sample::Index) {
            TabMessage::read(&text);
            for message in messages() {
                let written = message.write();
                let at = at.index(written.len());
                TabMessage::read(&written[..at]);
                TabMessage::read(&format!("{}{text}{}", &written[..at], &written[at..]));
            }
        }
    }
}

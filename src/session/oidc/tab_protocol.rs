//! A tab's replies to the messages of other tabs. Pure.
//!
//! Invariant: an access token is sent only to a tab that requested it from this one, by its ID.

use super::tab_message::{SharedSession, TabId, TabMessage};

/// The reply of the tab `me` with this session; `now` is in milliseconds since 1970.
pub fn reply(message: &TabMessage, me: &TabId, session: Option<&SharedSession>, now: f64) -> Option<TabMessage> {
    let session = session.filter(|session| session.claims.ends_at.is_none_or(|end| end > now))?;
    match message {
        TabMessage::WhoIsSignedIn { from } => Some(TabMessage::SignedIn {
            to: from.clone(),
            from: me.clone(),
            name: session.claims.display_name().to_owned(),
            ends_at: session.claims.ends_at,
        }),
        TabMessage::TokenRequest { to, from } if to == me => {
            Some(TabMessage::AccessToken { to: from.clone(), session: session.clone() })
        }
        _ => None,
    }
}

/// The answer that a tab waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Awaited {
    /// The answer to [`TabMessage::WhoIsSignedIn`].
    Offer,
    /// The answer to [`TabMessage::TokenRequest`].
    AccessToken,
    /// The answer to [`TabMessage::Callback`].
    CallbackTaken,
}

impl Awaited {
    /// Whether a message is the one that the tab `me` waits for.
    pub fn is_answered_by(self, message: &TabMessage, me: &TabId) -> bool {
        match (self, message) {
            (Self::Offer, TabMessage::SignedIn { to, .. })
            | (Self::AccessToken, TabMessage::AccessToken { to, .. })
            | (Self::CallbackTaken, TabMessage::CallbackTaken { to }) => to == me,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::callback::CallbackQuery;
    use super::super::fixtures::{NOW, jwt};
    use super::*;
    use crate::session::token::{Claims, Token};

    fn tab(byte: u8) -> TabId {
        TabId::from_random([byte; 16])
    }

    fn session() -> SharedSession {
        let (token, _) = Token::parse(&jwt(&json!({ "sub": "auth0|1" }))).unwrap();
        let claims = Claims { name: Some("Olivia Owner".into()), ends_at: Some(NOW + 1.0), ..Claims::default() };
        SharedSession { token, claims, through_provider: true }
    }

    #[test]
    fn a_signed_in_tab_offers_its_session_by_name() {
        let message = TabMessage::WhoIsSignedIn { from: tab(2) };
        let (name, ends_at) = ("Olivia Owner".to_owned(), Some(NOW + 1.0));
        let offer = TabMessage::SignedIn { to: tab(2), from: tab(1), name, ends_at };
        assert_eq!(reply(&message, &tab(1), Some(&session()), NOW), Some(offer));
    }

    #[test]
    fn the_token_goes_to_the_tab_that_requested_it_here() {
        let request = |to| TabMessage::TokenRequest { to, from: tab(2) };
        let answer = TabMessage::AccessToken { to: tab(2), session: session() };
        assert_eq!(reply(&request(tab(1)), &tab(1), Some(&session()), NOW), Some(answer));
        assert_eq!(reply(&request(tab(3)), &tab(1), Some(&session()), NOW), None);
    }

    #[test]
    fn without_a_session_that_lasts_nothing_is_sent() {
        for message in
            [TabMessage::WhoIsSignedIn { from: tab(2) }, TabMessage::TokenRequest { to: tab(1), from: tab(2) }]
        {
            assert_eq!(reply(&message, &tab(1), None, NOW), None);
            assert_eq!(reply(&message, &tab(1), Some(&session()), NOW + 1.0), None);
        }
    }

    #[test]
    fn no_other_message_is_answered() {
        let query = CallbackQuery::new("code=x").unwrap();
        for message in [
            TabMessage::SignedOut,
            TabMessage::CallbackTaken { to: tab(1) },
            TabMessage::Callback { from: tab(2), query },
            TabMessage::AccessToken { to: tab(1), session: session() },
            TabMessage::SignedIn { to: tab(1), from: tab(2), name: "x".into(), ends_at: None },
        ] {
            assert_eq!(reply(&message, &tab(1), Some(&session()), NOW), None);
        }
    }

    #[test]
    fn an_answer_counts_for_the_tab_it_is_for() {
        let answer = |to| TabMessage::AccessToken { to, session: session() };
        assert!(Awaited::AccessToken.is_answered_by(&answer(tab(1)), &tab(1)));
        assert!(!Awaited::AccessToken.is_answered_by(&answer(tab(2)), &tab(1)));
        assert!(!Awaited::Offer.is_answered_by(&answer(tab(1)), &tab(1)));
        assert!(Awaited::CallbackTaken.is_answered_by(&TabMessage::CallbackTaken { to: tab(1) }, &tab(1)));
    }
}

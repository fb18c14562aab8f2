//! A tab's replies to the messages of other tabs. Pure.
//!
//! Invariant: an access token is sent only to a tab that requested it from this one, by its address, or that asks for a newer
//! token of the same user.

use super::tab_message::{Address, SharedSession, TabMessage};

/// A tab's reaction to a question.
#[derive(Debug, PartialEq)]
pub enum Reply {
    /// It posts this message.
    Post(TabMessage),
    /// It renews its session, and then answers with the session that it has.
    Renew {
        /// The question.
        to: Address,
        /// Whether the API rejected the token of the tab that asks.
        is_rejected: bool,
    },
}

/// The reply of the tab `me` with this session; `now` is in milliseconds since 1970. `None`: it stays silent.
///
/// A tab that can renew always answers a question for a newer token of its user: that tells the other tab that its session
/// will be renewed.
pub fn reply(message: &TabMessage, me: &Address, session: Option<&SharedSession>, now: f64) -> Option<Reply> {
    let session = session?;
    let has_ended = session.claims.has_ended(now);
    let token = |to: &Address| Some(Reply::Post(TabMessage::AccessToken { to: to.clone(), session: session.clone() }));
    match message {
        TabMessage::WhoIsSignedIn { from } if !has_ended => Some(Reply::Post(TabMessage::SignedIn {
            to: from.clone(),
            from: me.clone(),
            name: session.claims.display_name().to_owned(),
        })),
        TabMessage::TokenRequest { to, from } if to == me && !has_ended => token(from),
        TabMessage::NewerToken { from, sub, ends_at, is_rejected } if *sub == session.claims.sub => {
            let is_newer = session.claims.ends_at > *ends_at && !has_ended;
            if !is_newer && session.can_renew && (*is_rejected || session.claims.is_unusable(now)) {
                return Some(Reply::Renew { to: from.clone(), is_rejected: *is_rejected });
            }
            if is_newer || session.can_renew { token(from) } else { None }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::callback::CallbackQuery;
    use super::super::fixtures::{NOW, jwt};
    use super::*;
    use crate::session::token::{Claims, EXPIRY_MARGIN, Token};

    fn tab(byte: u8) -> Address {
        Address::from_random([byte; 16])
    }

    fn session_until(ends_at: f64, can_renew: bool) -> SharedSession {
        let (token, claims) = Token::parse(&jwt(&json!({ "sub": "auth0|1" }))).unwrap();
        let claims = Claims { name: Some("Olivia Owner".into()), ends_at: Some(ends_at), ..claims };
        SharedSession { token, claims, through_provider: true, can_renew }
    }

    fn session() -> SharedSession {
        session_until(NOW + 1.0, false)
    }

    fn token(session: SharedSession) -> Option<Reply> {
        Some(Reply::Post(TabMessage::AccessToken { to: tab(2), session }))
    }

    #[test]
    fn a_signed_in_tab_offers_its_session_by_name() {
        let message = TabMessage::WhoIsSignedIn { from: tab(2) };
        let offer = TabMessage::SignedIn { to: tab(2), from: tab(1), name: "Olivia Owner".to_owned() };
        assert_eq!(reply(&message, &tab(1), Some(&session()), NOW), Some(Reply::Post(offer)));
    }

    #[test]
    fn the_token_goes_to_the_tab_that_requested_it_here() {
        let request = |to| TabMessage::TokenRequest { to, from: tab(2) };
        assert_eq!(reply(&request(tab(1)), &tab(1), Some(&session()), NOW), token(session()));
        assert_eq!(reply(&request(tab(3)), &tab(1), Some(&session()), NOW), None);
    }

    /// The reply of a tab to another one whose token ends at `NOW`.
    fn newer(session: &SharedSession, sub: &str, is_rejected: bool) -> Option<Reply> {
        let message =
            TabMessage::NewerToken { from: tab(2), sub: Some(sub.to_owned()), ends_at: Some(NOW), is_rejected };
        reply(&message, &tab(1), Some(session), NOW - 2.0 * EXPIRY_MARGIN)
    }

    #[test]
    fn a_newer_token_goes_to_the_same_user_only() {
        let later = session();
        assert_eq!(newer(&later, "auth0|1", false), token(later.clone()));
        assert_eq!(newer(&later, "auth0|1", true), token(later.clone()));
        assert_eq!(newer(&later, "auth0|2", false), None);
    }

    #[test]
    fn a_token_that_is_not_newer_comes_only_from_a_tab_that_can_renew() {
        for ends_at in [NOW, NOW - 1.0] {
            assert_eq!(newer(&session_until(ends_at, false), "auth0|1", false), None);
            assert_eq!(newer(&session_until(ends_at, false), "auth0|1", true), None);
            let renewing = session_until(ends_at, true);
            assert_eq!(newer(&renewing, "auth0|1", false), token(renewing));
        }
    }

    #[test]
    fn a_tab_that_can_renew_renews_a_token_that_is_due_or_was_rejected() {
        let renew = |is_rejected| Some(Reply::Renew { to: tab(2), is_rejected });
        assert_eq!(newer(&session_until(NOW, true), "auth0|1", true), renew(true));
        assert_eq!(newer(&session_until(NOW - EXPIRY_MARGIN, true), "auth0|1", false), renew(false));
        // Its own token has ended while the computer slept.
        assert_eq!(newer(&session_until(0.0, true), "auth0|1", false), renew(false));
        assert_eq!(newer(&session_until(NOW, true), "auth0|2", true), None);
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
            TabMessage::SignedIn { to: tab(1), from: tab(2), name: "x".into() },
        ] {
            assert_eq!(reply(&message, &tab(1), Some(&session()), NOW), None);
        }
    }
}

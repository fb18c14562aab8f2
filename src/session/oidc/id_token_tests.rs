//! Each claim of an ID token, wrong one at a time.

#![cfg(all(test, not(target_arch = "wasm32")))]

use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::fixtures::{NOW, NOW_SECONDS, config, id_claims, jwt, jwt_with, secrets, with};
use super::*;

fn verify(token: &str) -> Result<IdToken, IdTokenError> {
    IdToken::verify(token, &config(), Expected::SignIn(&secrets().nonce), NOW)
}

fn verify_with(key: &str, value: Value) -> Result<IdToken, IdTokenError> {
    verify(&jwt(&with(id_claims(), key, value)))
}

#[test]
fn a_token_for_this_sign_in_is_accepted() {
    let token = verify(&jwt(&id_claims())).unwrap();
    assert_eq!((token.sub.as_str(), token.name.as_deref()), ("auth0|1", Some("Olivia Owner")));
    assert_eq!(token.expose(), jwt(&id_claims()));
}

#[test]
fn another_issuer_is_rejected() {
    for iss in [json!("https://evil.example/"), json!("https://id.example.com"), Value::Null] {
        assert_eq!(verify_with("iss", iss), Err(IdTokenError::WrongIssuer));
    }
}

#[test]
fn another_audience_is_rejected() {
    for aud in [json!("other"), json!([]), json!(["other"]), Value::Null] {
        assert_eq!(verify_with("aud", aud), Err(IdTokenError::WrongAudience));
    }
    assert!(verify_with("aud", json!(["client"])).is_ok());
}

#[test]
fn several_audiences_need_this_client_as_authorized_party() {
    let several = with(id_claims(), "aud", json!(["client", "other"]));
    assert_eq!(verify(&jwt(&several)), Err(IdTokenError::WrongAuthorizedParty));
    assert!(verify(&jwt(&with(several, "azp", json!("client")))).is_ok());
    assert_eq!(verify_with("azp", json!("other")), Err(IdTokenError::WrongAuthorizedParty));
}

#[test]
fn an_expired_token_is_rejected_and_says_when() {
    let expired_at = (NOW_SECONDS - 300) as f64 * 1000.0;
    assert_eq!(verify_with("exp", json!(NOW_SECONDS - 300)), Err(IdTokenError::Expired { expired_at }));
    assert!(verify_with("exp", json!(NOW_SECONDS - 299)).is_ok());
    assert_eq!(verify_with("exp", Value::Null), Err(IdTokenError::Missing("exp")));
}

#[test]
fn a_token_from_the_future_is_rejected_and_says_when() {
    let issued_at = (NOW_SECONDS + 301) as f64 * 1000.0;
    assert_eq!(verify_with("iat", json!(NOW_SECONDS + 301)), Err(IdTokenError::IssuedInFuture { issued_at }));
    assert!(verify_with("iat", json!(NOW_SECONDS + 300)).is_ok());
    assert_eq!(verify_with("iat", Value::Null), Err(IdTokenError::Missing("iat")));
}

#[test]
fn another_nonce_is_rejected() {
    for nonce in [json!("x"), json!(""), Value::Null] {
        assert_eq!(verify_with("nonce", nonce), Err(IdTokenError::WrongNonce));
    }
}

#[test]
fn a_token_without_a_user_is_rejected() {
    for sub in [json!(" "), Value::Null] {
        assert_eq!(verify_with("sub", sub), Err(IdTokenError::Missing("sub")));
    }
}

#[test]
fn a_claim_of_another_type_is_rejected() {
    for (claim, value) in [
        ("iss", json!(7)),
        ("sub", json!(7)),
        ("aud", json!(7)),
        ("aud", json!(["client", 7])),
        ("azp", json!(7)),
        ("exp", json!("4102444800")),
        ("iat", json!("0")),
        ("nonce", json!(7)),
        ("nonce", json!([secrets().nonce.expose()])),
    ] {
        assert_eq!(verify_with(claim, value), Err(IdTokenError::NotAJwt), "{claim}");
    }
    assert!(verify_with("name", json!(7)).is_ok(), "the name is only shown");
}

#[test]
fn a_token_that_is_not_three_parts_of_json_is_rejected() {
    let token = jwt(&id_claims());
    let (signed, _) = token.rsplit_once('.').unwrap();
    for text in ["", "a.b.c", signed, &format!("{signed}."), &format!("{token}.x"), &format!("{signed}.!")] {
        assert_eq!(verify(text), Err(IdTokenError::NotAJwt), "{text}");
    }
    assert_eq!(verify(&jwt(&json!(["iss"]))), Err(IdTokenError::NotAJwt));
}

#[test]
fn an_unsigned_token_is_rejected() {
    for header in [json!({ "alg": "none" }), json!({ "alg": "None" }), json!({})] {
        assert_eq!(verify(&jwt_with(&header, &id_claims())), Err(IdTokenError::Unsigned));
    }
}

#[test]
fn a_renewed_token_may_lack_but_not_change_the_nonce() {
    let first = verify(&jwt(&id_claims())).unwrap();
    let renew = |claims: Value| IdToken::verify(&jwt(&claims), &config(), Expected::Renewal(&first), NOW);
    assert!(renew(id_claims()).is_ok());
    assert!(renew(with(id_claims(), "nonce", Value::Null)).is_ok());
    assert_eq!(renew(with(id_claims(), "nonce", json!("x"))), Err(IdTokenError::WrongNonce));
    assert_eq!(renew(with(id_claims(), "sub", json!("auth0|2"))), Err(IdTokenError::OtherUser));
}

#[test]
fn debug_redacts_the_token() {
    let token = verify(&jwt(&id_claims())).unwrap();
    let shown = format!("{token:?}");
    assert!(!shown.contains(token.expose()) && !shown.contains(secrets().nonce.expose()));
}

proptest! {
    #[test]
    fn any_token_is_survived(text: String, exp: f64, iat: f64) {
        _ = verify(&text);
        _ = verify(&jwt(&json!({ "iss": text })));
        _ = verify(&jwt(&with(with(id_claims(), "exp", json!(exp)), "iat", json!(iat))));
    }
}

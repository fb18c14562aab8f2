//! Queries of `/callback` that are accepted and rejected.

#![cfg(all(test, not(target_arch = "wasm32")))]

use proptest::prelude::*;

use super::super::fixtures::{NOW, config, transaction};
use super::super::transaction::MAX_AGE;
use super::*;

fn state() -> String {
    transaction().secrets.state.expose().to_owned()
}

fn check(query: &str) -> Result<CheckedCallback, CallbackError> {
    Callback::parse(query).check(Some(transaction()), &config(), NOW).map_err(|rejected| rejected.error)
}

#[test]
fn a_code_with_the_right_state_is_accepted() {
    for iss in ["", "&iss=https%3A%2F%2Fid.example.com%2F"] {
        let checked = check(&format!("?code=abc%2Bd&state={}{iss}", state())).unwrap();
        assert_eq!(checked.code.expose(), "abc+d");
        assert_eq!(*checked.return_to(), transaction().return_to);
    }
}

#[test]
fn a_wrong_or_missing_state_is_rejected() {
    let state = state();
    for query in [
        "code=x".to_owned(),
        "code=x&state=".to_owned(),
        "code=x&state=y".to_owned(),
        format!("code=x&state={}", &state[1..]),
        format!("code=x&state={state}A"),
        format!("code=x&state=%20{state}"),
        format!("code=x&State={state}"),
    ] {
        assert_eq!(check(&query), Err(CallbackError::WrongState), "{query}");
    }
}

#[test]
fn another_issuer_is_rejected() {
    for iss in ["https://evil.example/", "https://id.example.com"] {
        for answer in ["code=x", "error=access_denied&error_description=Call+555"] {
            assert_eq!(check(&format!("{answer}&state={}&iss={iss}", state())), Err(CallbackError::WrongIssuer));
        }
    }
}

#[test]
fn a_missing_issuer_is_rejected_if_the_provider_always_sends_it() {
    let transaction = Transaction { requires_iss: true, ..transaction() };
    let check = |query: String| Callback::parse(&query).check(Some(transaction.clone()), &config(), NOW);
    for answer in ["code=x", "error=access_denied"] {
        assert_eq!(check(format!("{answer}&state={}", state())).unwrap_err().error, CallbackError::WrongIssuer);
    }
    assert!(check(format!("code=x&state={}&iss=https://id.example.com/", state())).is_ok());
}

#[test]
fn a_callback_without_a_transaction_is_rejected() {
    let rejected = Callback::parse(&format!("code=x&state={}", state())).check(None, &config(), NOW).unwrap_err();
    let error = CallbackError::NoTransaction;
    assert_eq!(rejected, RejectedCallback { error, return_to: None, was_silent: false, remember: false });
}

#[test]
fn a_callback_after_ten_minutes_is_rejected_and_keeps_the_page() {
    let callback = Callback::parse(&format!("code=x&state={}", state()));
    let rejected = callback.check(Some(transaction()), &config(), NOW + MAX_AGE).unwrap_err();
    assert_eq!((rejected.error, rejected.return_to), (CallbackError::Expired, Some(transaction().return_to)));
}

#[test]
fn an_error_of_the_provider_is_named() {
    let text = |text| ProviderText::new(text);
    for (code, error) in [
        ("access_denied", ProviderError::AccessDenied),
        ("login_required", ProviderError::LoginRequired),
        ("consent_required", ProviderError::ConsentRequired),
        ("interaction_required", ProviderError::InteractionRequired),
        ("server_error", ProviderError::Other(text("server_error"))),
        ("Call+555", ProviderError::Other(None)),
        (&"x".repeat(65), ProviderError::Other(None)),
    ] {
        let query = format!("error={code}&error_description=Not+now&code=x&state={}", state());
        assert_eq!(check(&query), Err(CallbackError::Provider(error, text("Not now"))), "{code}");
    }
}

#[test]
fn a_text_without_the_right_state_is_dropped() {
    for (code, error) in [("access_denied", ProviderError::AccessDenied), ("Call+555", ProviderError::Other(None))] {
        let error = Err(CallbackError::Provider(error, None));
        let query = format!("error={code}&error_description=Call+555");
        assert_eq!(check(&query), error);
        assert_eq!(check(&format!("{query}&state=x")), error);
        assert_eq!(Callback::parse(&query).check(None, &config(), NOW).map_err(|it| it.error), error);
    }
}

#[test]
fn the_choice_to_stay_signed_in_survives_a_rejection() {
    for remember in [false, true] {
        let transaction = Transaction { remember, ..transaction() };
        let rejected = Callback::parse("error=login_required").check(Some(transaction), &config(), NOW).unwrap_err();
        assert_eq!(rejected.remember, remember);
    }
}

#[test]
fn a_silent_request_says_so_when_it_is_rejected() {
    let silent = Transaction { is_silent: true, ..transaction() };
    let rejected = |query: String| Callback::parse(&query).check(Some(silent.clone()), &config(), NOW).unwrap_err();
    assert!(rejected(format!("error=login_required&state={}", state())).was_silent);
    assert!(!rejected("error=login_required&state=x".to_owned()).was_silent);
}

#[test]
fn a_query_without_an_answer_or_with_two_is_unreadable() {
    let state = state();
    for query in [
        String::new(),
        format!("state={state}"),
        format!("code=&state={state}"),
        format!("code=a&code=b&state={state}"),
        format!("code=a&state={state}&state={state}"),
        format!("code=a&state={state}&x={}", "x".repeat(MAX_LENGTH)),
    ] {
        assert_eq!(check(&query), Err(CallbackError::Unreadable), "{query:.80}");
    }
}

#[test]
fn a_callback_belongs_to_the_transaction_with_its_state() {
    assert!(Callback::parse(&format!("error=x&state={}", state())).belongs_to(&transaction()));
    assert!(!Callback::parse("code=x&state=y").belongs_to(&transaction()));
    assert!(!Callback::parse("code=x").belongs_to(&transaction()));
}

#[test]
fn debug_redacts_the_code_and_the_state() {
    let callback = Callback::parse("code=marker1&state=marker2");
    assert!(!format!("{callback:?}").contains("marker"));
    let checked = check(&format!("code=marker1&state={}", state())).unwrap();
    let shown = format!("{checked:?}");
    assert!(!shown.contains("marker") && !shown.contains(&state()), "{shown}");
}

/// Pieces that a callback is made of, in any order and number.
fn query() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("code=abc".to_owned()),
        Just("state=".to_owned()),
        Just("error=access_denied".to_owned()),
        Just("iss=https://id.example.com/".to_owned()),
        Just(format!("state={}", "A".repeat(43))),
        "[a-z_]{0,6}=[ -~]{0,8}",
        ".{0,12}",
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| format!("?{}", pieces.join("&")))
}

proptest! {
    #[test]
    fn no_query_without_the_right_state_is_accepted(query in query()) {
        // The fixture's state never occurs in a generated query.
        prop_assert!(!query.contains(&state()));
        prop_assert!(check(&query).is_err());
    }

    #[test]
    fn no_query_is_accepted_without_a_transaction(query in query()) {
        prop_assert!(Callback::parse(&query).check(None, &config(), NOW).is_err());
        let query = format!("{query}&state={}", state());
        prop_assert!(Callback::parse(&query).check(None, &config(), NOW).is_err());
    }

    #[test]
    fn any_query_is_survived(query: String, now: f64) {
        _ = Callback::parse(&query).check(Some(transaction()), &config(), now);
    }
}

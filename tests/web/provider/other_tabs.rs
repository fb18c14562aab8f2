//! Continuing the session of another tab, and signing out together.

use billing_admin::session::oidc::tab_message::SharedSession;
use billing_admin::session::oidc::tabs::{Handlers, SessionChannel};
use billing_admin::session::token::Token;
use leptos::prelude::{Owner, window};
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::on_get;
use crate::harness::api::{requests, respond_with};
use crate::harness::app::{open, open_signed_out, open_with_provider};
use crate::harness::channel::{OtherTab, broadcast_session};
use crate::harness::fixtures::{EMPTY_LIST, NEW_PATH};
use crate::harness::page::shows;
use crate::harness::provider::{HOUR, is_token_number, open_signed_in, token_requests, visited};
use crate::harness::storage::{TOKEN_KEY, session_storage};
use crate::harness::tokens::{YEAR_2100, token, token_expiring_in};
use crate::harness::user::{find, press, see, see_page};
use crate::harness::wait::{run_timers, tick, wait_for};

/// The address of the other tab.
const OTHER: &str = "OOOOOOOOOOOOOOOOOOOOOO";
/// The address of a third tab.
const THIRD: &str = "TTTTTTTTTTTTTTTTTTTTTT";

/// The last message of this kind that the app sent.
fn received(tab: &OtherTab, kind: &str) -> Option<Value> {
    let messages = tab.received().into_iter().rev().filter_map(|text| serde_json::from_str::<Value>(&text).ok());
    messages.into_iter().find(|message| message["kind"] == kind)
}

/// Answers the app's question as a tab where Olivia Owner is signed in.
async fn offer(tab: &OtherTab) {
    wait_for("the question", || received(tab, "who_is_signed_in").is_some()).await;
    let to = received(tab, "who_is_signed_in").unwrap()["from"].clone();
    let answer = json!({ "version": 2, "kind": "signed_in", "to": to, "from": OTHER, "name": "Olivia Owner" });
    broadcast_session(&answer.to_string());
    find("Continue as Olivia Owner").await;
}

/// Accepts the offer, and hands over this token as the other tab.
async fn continue_session(tab: &OtherTab, token: &str, through_provider: bool) {
    continue_session_until(tab, token, through_provider, YEAR_2100 * 1000.0).await;
}

async fn continue_session_until(tab: &OtherTab, token: &str, through_provider: bool, ends_at: f64) {
    offer(tab).await;
    assert!(received(tab, "token_request").is_none(), "no token is asked for before the press");
    on_get("/workspaces", respond_with(200, EMPTY_LIST));
    press("Continue as Olivia Owner").await;
    wait_for("the request for the token", || received(tab, "token_request").is_some()).await;
    let request = received(tab, "token_request").unwrap();
    assert_eq!(request["to"], OTHER);
    let reply = json!({
        "version": 2, "kind": "access_token", "to": request["from"], "token": token, "sub": "auth0|1",
        "name": "Olivia Owner", "ends_at": ends_at, "through_provider": through_provider, "can_renew": true,
    });
    broadcast_session(&reply.to_string());
    see("not a member of any workspace").await;
}

#[wasm_bindgen_test]
async fn a_new_tab_continues_the_session_of_another_one() {
    for has_provider in [false, true] {
        let tab = OtherTab::on_session();
        let _app = if has_provider { open_with_provider("/") } else { open_signed_out("/") };
        let token = token("Olivia Owner", YEAR_2100);
        continue_session(&tab, &token, has_provider).await;
        assert_eq!(requests()[0].authorization, format!("Bearer {token}"));
        assert_eq!(session_storage().get_item("altostrat.jwt"), Ok(None));
        assert!(visited().is_empty() && token_requests().is_empty());
    }
}

#[wasm_bindgen_test]
async fn a_continued_session_signs_out_both_tabs_and_at_the_provider() {
    let tab = OtherTab::on_session();
    let _app = open_with_provider("/");
    continue_session(&tab, &token("Olivia Owner", YEAR_2100), true).await;
    press("Sign out").await;
    see_page("Signing out…").await;
    wait_for("the provider's sign-out page", || visited().len() == 1).await;
    assert!(visited()[0].starts_with("https://id.example.com/end?"), "{}", visited()[0]);
    wait_for("the other tab's message", || received(&tab, "signed_out").is_some()).await;
}

#[wasm_bindgen_test]
async fn a_tab_that_is_gone_is_no_longer_offered() {
    let tab = OtherTab::on_session();
    let _app = open_signed_out("/");
    offer(&tab).await;
    press("Continue as Olivia Owner").await;
    see("The other tab didn’t answer").await;
    assert!(!shows("Continue as"));
}

#[wasm_bindgen_test]
async fn a_signed_in_tab_hands_over_only_its_access_token() {
    let _app = open_signed_in(NEW_PATH, HOUR).await;
    see_page("New billing account").await;
    let tab = OtherTab::on_session();
    let ask = |kind: &str, to: &Value| {
        let message = json!({ "version": 2, "kind": kind, "to": to, "from": OTHER });
        broadcast_session(&message.to_string());
    };
    ask("token_request", &json!(THIRD));
    ask("who_is_signed_in", &Value::Null);
    wait_for("the answer", || received(&tab, "signed_in").is_some()).await;
    let answer = received(&tab, "signed_in").unwrap();
    assert_eq!(answer["name"], "Olivia Owner");
    assert!(received(&tab, "access_token").is_none(), "a request to another tab gets no token");
    ask("token_request", &answer["from"]);
    wait_for("the token", || received(&tab, "access_token").is_some()).await;
    assert!(tab.received().iter().all(|message| !message.contains("refresh-")));
}

#[wasm_bindgen_test]
async fn a_tab_that_can_renew_renews_for_a_tab_whose_token_was_rejected() {
    let _app = open_signed_in(NEW_PATH, HOUR).await;
    see_page("New billing account").await;
    let tab = OtherTab::on_session();
    let ask = |sub: &str, is_rejected: bool| {
        broadcast_session(
            &json!({
                "version": 2, "kind": "newer_token", "from": OTHER, "sub": sub, "ends_at": YEAR_2100 * 1000.0,
                "is_rejected": is_rejected,
            })
            .to_string(),
        );
    };
    ask("auth0|2", true);
    ask("auth0|1", false);
    wait_for("the answer", || received(&tab, "access_token").is_some()).await;
    let answer = received(&tab, "access_token").unwrap();
    assert!(answer["can_renew"] == true && is_token_number(answer["token"].as_str().unwrap(), 1));
    assert_eq!(token_requests().len(), 1);
    ask("auth0|1", true);
    let is_renewed = || is_token_number(received(&tab, "access_token").unwrap()["token"].as_str().unwrap(), 2);
    wait_for("the renewed token", is_renewed).await;
    assert_eq!(token_requests().len(), 2);
}

/// A tab of this origin with the session of the token, which answers as the app does.
fn real_tab(owner: &Owner, token: &str) {
    let (token, claims) = Token::parse(token).unwrap();
    let session = SharedSession { token, claims, through_provider: true, can_renew: false };
    owner.with(|| {
        SessionChannel::start(Handlers {
            session: Box::new(move || Some(session.clone())),
            renew: Box::new(|_, _| {}),
            on_signed_out: Box::new(|| {}),
            on_callback: Box::new(|_| false),
        })
    });
}

#[wasm_bindgen_test]
async fn a_continued_session_is_renewed_by_the_tab_with_a_newer_token() {
    // The first tab answers first, and has the token that is rejected or about to end.
    for (seconds, status) in [(HOUR, 401), (200.0, 200)] {
        let (stale, newer) = (token_expiring_in(seconds), token_expiring_in(2.0 * HOUR));
        let owner = Owner::new();
        real_tab(&owner, &stale);
        real_tab(&owner, &newer);
        let _app = open_with_provider("/");
        press("Stay signed in in this tab").await;
        find("Continue as Ada Lovelace").await;
        on_get("/workspaces", respond_with(status, EMPTY_LIST));
        if status == 401 {
            on_get("/workspaces", respond_with(200, EMPTY_LIST));
        }
        press("Continue as Ada Lovelace").await;
        see("not a member of any workspace").await;
        wait_for("the newer token", || session_storage().get_item(TOKEN_KEY) == Ok(Some(newer.clone()))).await;
        assert_eq!(requests()[0].authorization, format!("Bearer {stale}"));
        assert!(!shows("Your session"));
        owner.cleanup();
    }
}

#[wasm_bindgen_test]
async fn a_continued_session_warns_once_no_tab_can_renew_it() {
    let tab = OtherTab::on_session();
    let _app = open_with_provider("/");
    let ends_at = js_sys::Date::now() + 200_000.0;
    continue_session_until(&tab, &token_expiring_in(200.0), true, ends_at).await;
    wait_for("the question", || received(&tab, "newer_token").is_some()).await;
    assert_eq!(received(&tab, "newer_token").unwrap()["sub"], "auth0|1");
    assert!(!shows("Your session ends"));
    run_timers(10_000);
    see("Your session ends at").await;
}

#[wasm_bindgen_test]
async fn an_offer_stays_when_an_earlier_question_gets_no_answer() {
    let tab = OtherTab::on_session();
    let _app = open_signed_out("/");
    wait_for("the question", || received(&tab, "who_is_signed_in").is_some()).await;
    let first = received(&tab, "who_is_signed_in");
    window().dispatch_event(&web_sys::Event::new("focus").unwrap()).unwrap();
    wait_for("another question", || received(&tab, "who_is_signed_in") != first).await;
    offer(&tab).await;
    run_timers(1_000);
    tick().await;
    tick().await;
    assert!(shows("Continue as Olivia Owner"));
}

#[wasm_bindgen_test]
async fn signing_out_in_another_tab_signs_out_here() {
    for has_provider in [false, true] {
        let _app = if has_provider { open_signed_in(NEW_PATH, HOUR).await } else { open(NEW_PATH) };
        see_page("New billing account").await;
        let before = visited().len();
        broadcast_session(r#"{"version":2,"kind":"signed_out"}"#);
        see_page("Sign in").await;
        tick().await;
        assert_eq!((session_storage().length(), visited().len()), (Ok(0), before));
    }
}

#[wasm_bindgen_test]
async fn a_pasted_session_signs_out_other_tabs_too() {
    let _app = open(NEW_PATH);
    let tab = OtherTab::on_session();
    press("Sign out").await;
    wait_for("the message", || received(&tab, "signed_out").is_some()).await;
}

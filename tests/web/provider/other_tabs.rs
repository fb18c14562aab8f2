//! Continuing the session of another tab, and signing out together.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::on_get;
use crate::harness::api::{requests, respond_with};
use crate::harness::app::{open, open_signed_out, open_with_provider};
use crate::harness::channel::{OtherTab, broadcast_session};
use crate::harness::fixtures::{EMPTY_LIST, NEW_PATH};
use crate::harness::page::shows;
use crate::harness::provider::{HOUR, open_signed_in, token_requests, visited};
use crate::harness::storage::session_storage;
use crate::harness::tokens::{YEAR_2100, token};
use crate::harness::user::{find, press, see, see_page};
use crate::harness::wait::{tick, wait_for};

const OTHER: &str = "OOOOOOOOOOOOOOOOOOOOOO";

/// The last message of this kind that the app sent.
fn received(tab: &OtherTab, kind: &str) -> Option<Value> {
    let messages = tab.received().into_iter().rev().filter_map(|text| serde_json::from_str::<Value>(&text).ok());
    messages.into_iter().find(|message| message["kind"] == kind)
}

/// Answers the app's question as a tab where Olivia Owner is signed in.
async fn offer(tab: &OtherTab) {
    wait_for("the question", || received(tab, "who_is_signed_in").is_some()).await;
    let to = received(tab, "who_is_signed_in").unwrap()["from"].clone();
    let answer = json!({ "version": 1, "kind": "signed_in", "to": to, "from": OTHER, "name": "Olivia Owner" });
    broadcast_session(&answer.to_string());
    find("Continue as Olivia Owner").await;
}

/// Accepts the offer, and hands over this token as the other tab.
async fn continue_session(tab: &OtherTab, token: &str, through_provider: bool) {
    offer(tab).await;
    assert!(received(tab, "token_request").is_none(), "no token is asked for before the press");
    on_get("/workspaces", respond_with(200, EMPTY_LIST));
    press("Continue as Olivia Owner").await;
    wait_for("the request for the token", || received(tab, "token_request").is_some()).await;
    let request = received(tab, "token_request").unwrap();
    assert_eq!(request["to"], OTHER);
    let reply = json!({
        "version": 1, "kind": "access_token", "to": request["from"], "token": token, "sub": "auth0|1",
        "name": "Olivia Owner", "ends_at": YEAR_2100 * 1000.0, "through_provider": through_provider,
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
    see("The other tab is no longer signed in").await;
    assert!(!shows("Continue as"));
}

#[wasm_bindgen_test]
async fn a_signed_in_tab_hands_over_only_its_access_token() {
    let _app = open_signed_in(NEW_PATH, HOUR).await;
    see_page("New billing account").await;
    let tab = OtherTab::on_session();
    let ask = |kind: &str, to: &Value| {
        let message = json!({ "version": 1, "kind": kind, "to": to, "from": OTHER });
        broadcast_session(&message.to_string());
    };
    ask("token_request", &json!("XXXXXXXXXXXXXXXXXXXXXX"));
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
async fn signing_out_in_another_tab_signs_out_here() {
    for has_provider in [false, true] {
        let _app = if has_provider { open_signed_in(NEW_PATH, HOUR).await } else { open(NEW_PATH) };
        see_page("New billing account").await;
        let before = visited().len();
        broadcast_session(r#"{"version":1,"kind":"signed_out"}"#);
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

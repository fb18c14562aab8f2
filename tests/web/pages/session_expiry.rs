//! A session that comes to its end under one's hands: said before it does, renewed in place, and nothing typed is lost.

use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, EventInit};

use crate::harness::api::{Answer, answer, asked, is_silent, on_get, on_post, posts, release, reply};
use crate::harness::fixtures::{self as acme, ACCOUNTS, NEW, SAVE};
use crate::harness::user::{
    enter, error, fill, find, focused, maybe, press, see, see_page, see_summary, shows, value, words,
};
use crate::harness::{FAR_AWAY, Stage, open, open_signed_out, open_with, pass, session, settle, token, turn};

const KEY: &str = "altostrat.jwt";
const NOTHING: &str = r#"{"data":[],"has_more":false}"#;

/// A token that ends so many seconds from now.
fn ends_in(seconds: f64) -> String {
    token("Ada Lovelace", js_sys::Date::now() / 1000.0 + seconds)
}

fn open_for(path: &str, seconds: f64) -> Stage {
    open_with(path, Some(&ends_in(seconds)))
}

async fn see_dialog(title: &str) {
    settle(title, || maybe("dialog[open] h2").is_some_and(|heading| words(&heading) == title)).await;
}

async fn see_no_dialog() {
    settle("no dialog", || maybe("dialog").is_none()).await;
}

#[wasm_bindgen_test]
async fn an_end_that_is_near_is_said_and_takes_no_focus() {
    let _stage = open_for(NEW, 240.0);
    let name = enter("Name").await;
    see("Your session ends on").await;
    let notice = maybe(".session-end").unwrap();
    assert_eq!(notice.get_attribute("role").as_deref(), Some("status"));
    assert!(focused().is_same_node(Some(&name)));
    assert!(maybe("dialog").is_none());
}

#[wasm_bindgen_test]
async fn an_end_that_is_far_is_not_spoken_of() {
    for seconds in [310.0, 1e9, 1e300] {
        let _stage = open_for(NEW, seconds);
        see_page("New billing account").await;
        turn().await;
        assert!(!shows("Your session ends") && !shows("Sign in again"));
    }
}

/// A timer of the browser takes no more than 24 days: a longer one would fire at once, over and over.
#[wasm_bindgen_test]
async fn the_end_is_said_when_its_time_comes() {
    let _stage = open_for(NEW, 301.0);
    see_page("New billing account").await;
    assert!(!shows("Your session ends on"));
    see("Your session ends on").await;
}

#[wasm_bindgen_test]
async fn a_session_is_renewed_in_place_before_it_ends() {
    let _stage = open_for(NEW, 200.0);
    acme::fill_in_everything().await;
    press("Sign in again").await;
    see_dialog("Sign in again").await;
    press("Not now").await;
    see_no_dialog().await;
    settle("the focus back", || words(&focused()) == "Sign in again").await;
    press("Sign in again").await;
    let fresh = token("Ada Lovelace", FAR_AWAY);
    fill("Token", &fresh).await;
    press("Sign in").await;
    see_no_dialog().await;
    settle("no notice", || !shows("Your session ends on")).await;
    acme::assert_everything_is_still_typed("signing in again");
    on_post(ACCOUNTS, acme::creates());
    press(SAVE).await;
    see_page("ACME Corp Billing").await;
    assert_eq!(posts()[0].authorization, format!("Bearer {fresh}"));
}

#[wasm_bindgen_test]
async fn a_token_in_its_last_minute_is_not_sent() {
    let _stage = open_for(NEW, 61.0);
    acme::fill_in_everything().await;
    pass(1500).await;
    see("too soon to save anything with it").await;
    press(SAVE).await;
    see_dialog("Your session has ended").await;
    see("No account was created. Everything you typed is still here.").await;
    assert!(posts().is_empty());
    assert_eq!(session().get_item(KEY), Ok(None));
    fill("Token", &token("Ada Lovelace", FAR_AWAY)).await;
    press("Sign in").await;
    see_no_dialog().await;
    acme::assert_everything_is_still_typed("signing in again");
    on_post(ACCOUNTS, acme::creates());
    press(SAVE).await;
    see_page("ACME Corp Billing").await;
}

#[wasm_bindgen_test]
async fn a_token_that_ends_within_a_minute_does_not_sign_in() {
    let _stage = open_signed_out("/");
    fill("Token", &ends_in(50.0)).await;
    press("Sign in").await;
    see_summary().await;
    assert!(
        error("Token").unwrap().starts_with("This token expires in less than a minute, or this computer’s clock (")
    );
    assert!(is_silent());
    drop(_stage);
    let _stage = open_for("/", 50.0);
    see_page("Sign in").await;
    assert_eq!(session().get_item(KEY), Ok(None));
}

#[wasm_bindgen_test]
async fn somebody_else_who_signs_in_over_a_page_is_told_whose_it_was() {
    let _stage = open(NEW);
    on_post(ACCOUNTS, answer(401, ""));
    acme::fill_in_everything().await;
    press(SAVE).await;
    see_dialog("Your session has ended").await;
    let claims = serde_json::json!({ "sub": "auth0|2", "name": "Grace Hopper", "exp": FAR_AWAY });
    fill("Token", &crate::harness::token_with(&claims)).await;
    press("Sign in").await;
    see("You are now signed in as Grace Hopper").await;
    see("as Ada Lovelace").await;
    acme::assert_everything_is_still_typed("somebody else signed in");
    on_get(ACCOUNTS, answer(200, NOTHING));
    press("Cancel").await;
    if maybe("dialog").is_some() {
        press("Leave").await;
    }
    see_page("Billing accounts").await;
    settle("no notice", || !shows("You are now signed in as")).await;
}

#[wasm_bindgen_test]
async fn what_one_user_saw_is_loaded_anew_for_another() {
    let _stage = open_for(ACCOUNTS, 200.0);
    on_get(ACCOUNTS, answer(200, format!(r#"{{"data":[{}]}}"#, acme::ACCOUNT)));
    see("ACME Corp Billing").await;
    press("Sign in again").await;
    on_get(ACCOUNTS, answer(403, ""));
    let claims = serde_json::json!({ "sub": "auth0|2", "name": "Grace Hopper", "exp": FAR_AWAY });
    fill("Token", &crate::harness::token_with(&claims)).await;
    press("Sign in").await;
    see("You are not allowed to do this").await;
    assert!(!shows("ACME Corp Billing"));
    assert_eq!(asked().len(), 2);
}

#[wasm_bindgen_test]
async fn the_same_user_again_loads_nothing_anew() {
    let _stage = open_for(ACCOUNTS, 200.0);
    on_get(ACCOUNTS, answer(200, format!(r#"{{"data":[{}]}}"#, acme::ACCOUNT)));
    see("ACME Corp Billing").await;
    press("Sign in again").await;
    fill("Token", &token("Ada Lovelace", FAR_AWAY)).await;
    press("Sign in").await;
    see_no_dialog().await;
    assert!(shows("ACME Corp Billing"));
    assert_eq!(asked().len(), 1);
}

#[wasm_bindgen_test]
async fn a_session_that_ends_while_it_is_renewed_goes_on_in_the_same_dialog() {
    let _stage = open_for(ACCOUNTS, 200.0);
    on_get(ACCOUNTS, Answer::Later);
    press("Sign in again").await;
    fill("Token", "half a token").await;
    release(Ok(reply(401, ""))).await;
    see_dialog("Your session has ended").await;
    assert_eq!(value("Token"), "half a token");
    let init = EventInit::new();
    init.set_cancelable(true);
    let escape = Event::new_with_event_init_dict("cancel", &init).unwrap();
    maybe("dialog").unwrap().dispatch_event(&escape).unwrap();
    turn().await;
    see_dialog("Your session has ended").await;
    find("Sign out").await;
}

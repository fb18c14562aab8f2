//! The token field: it shows the owner of the token before any request, and hides the token from others.

use js_sys::{Date, Function, Reflect};
use leptos::prelude::{document, window};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::no_requests;
use crate::harness::app::open_signed_out;
use crate::harness::clock::WrongClock;
use crate::harness::fixtures::NEW_PATH;
use crate::harness::page::{control, error, query, query_all, shows, text_of};
use crate::harness::tokens::{YEAR_2100, token};
use crate::harness::user::{fill, press, press_key, see, see_page, see_summary};
use crate::harness::wait::wait_for;

const API_KEY: &str = "This is an API key. Sign in with your own account instead.";

/// The text below the token field about its owner.
fn owner_text() -> String {
    query(".token-owner").map(|owner| text_of(&owner)).unwrap_or_default()
}

fn in_minutes(minutes: f64) -> f64 {
    Date::now() / 1000.0 + minutes * 60.0
}

#[wasm_bindgen_test]
async fn the_token_field_is_masked_but_not_a_password_field() {
    let _app = open_signed_out("/");
    see_page("Sign in").await;
    let field = control("Token");
    assert_eq!(field.get_attribute("type").as_deref(), Some("text"));
    assert_eq!(field.get_attribute("autocomplete").as_deref(), Some("off"));
    assert_eq!(field.get_attribute("spellcheck").as_deref(), Some("false"));
    assert!(field.class_list().contains("masked"), "the token is masked");
    assert!(query_all("[type=password]").is_empty());
}

#[wasm_bindgen_test]
async fn the_owner_and_expiry_of_a_token_are_shown_at_once() {
    let _app = open_signed_out(NEW_PATH);
    see_page("Sign in").await;
    assert_eq!(owner_text(), "");
    fill("Token", &token("Olivia Owner", YEAR_2100)).await;
    wait_for("the owner", || owner_text().starts_with("Olivia Owner, until ")).await;
    assert!(owner_text().contains("2100") || owner_text().contains("2099"), "{}", owner_text());
    assert_eq!(query(".token-owner").unwrap().get_attribute("role").as_deref(), Some("status"));

    for incomplete in ["half a token", ""] {
        fill("Token", incomplete).await;
        wait_for("no owner", || owner_text().is_empty()).await;
    }
    fill("Token", &format!("Bearer {}", token("Adam Admin", in_minutes(2.0)))).await;
    wait_for("the owner", || owner_text().starts_with("Adam Admin, until ")).await;
    assert!(no_requests());
    press_key("Token", "Enter", false).await;
    see_page("New billing account").await;
}

#[wasm_bindgen_test]
async fn an_expired_token_shows_no_owner() {
    let _app = open_signed_out("/");
    fill("Token", &token("Olivia Owner", 1_000_000_000.0)).await;
    assert_eq!(owner_text(), "");
}

#[wasm_bindgen_test]
async fn an_api_key_is_recognised() {
    for key in ["alto_sk_4eC39HqLyjWDarjtT1zdp7dc", " Bearer alto_sk_x ", "alto_sk_a.b.c"] {
        let _app = open_signed_out("/");
        fill("Token", key).await;
        press("Sign in").await;
        assert_eq!(see_summary().await, [API_KEY]);
        assert_eq!(error("Token").as_deref(), Some(API_KEY));
        assert!(no_requests() && !shows("alto_sk_"));
    }
}

#[wasm_bindgen_test]
async fn the_help_explains_in_three_steps_where_to_find_a_token() {
    let _app = open_signed_out("/");
    see("Where do I find it?").await;
    assert_eq!(text_of(&query("details summary").unwrap()), "Where do I find it?");
    assert_eq!(query_all("details ol > li").len(), 3);
}

#[wasm_bindgen_test]
async fn a_site_can_link_to_its_own_token_help() {
    for (content, is_link) in [("https://help.example.com/token", true), ("javascript:alert(1)", false), ("", false)] {
        let meta = document().create_element("meta").unwrap();
        meta.set_attribute("name", "altostrat-token-help").unwrap();
        meta.set_attribute("content", content).unwrap();
        document().head().unwrap().append_child(&meta).unwrap();
        let _app = open_signed_out("/");
        see("Where do I find it?").await;
        let link = query("a[target=_blank]").and_then(|link| link.get_attribute("href"));
        assert_eq!(link.as_deref(), is_link.then_some(content));
        assert_eq!(query("details").is_some(), !is_link);
        meta.remove();
    }
}

/// When the computer's clock is ahead, every new token looks expired.
#[wasm_bindgen_test]
async fn the_message_for_an_expired_token_mentions_the_clock() {
    let _app = open_signed_out("/");
    see_page("Sign in").await;
    let fresh = token("Ada", in_minutes(60.0));
    let _clock = WrongClock::set(2.0 * 86_400_000.0);
    fill("Token", &fresh).await;
    press("Sign in").await;
    let message = see_summary().await.pop().unwrap_or_default();
    assert!(message.starts_with("This token expired on "), "{message}");
    assert!(message.contains(", or this computer’s clock (") && message.contains(") is wrong. "), "{message}");
    assert!(message.ends_with("Get a new one from Altostrat"), "{message}");
    assert!(no_requests());
}

#[wasm_bindgen_test]
async fn a_token_that_expired_today_shows_the_time() {
    let _app = open_signed_out("/");
    see_page("Sign in").await;
    fill("Token", &token("Ada", in_minutes(-0.01))).await;
    press("Sign in").await;
    let message = see_summary().await.pop().unwrap_or_default();
    assert!(message.starts_with("This token expired today at "), "{message}");
}

/// A sign-in reads the clock once. A token could expire between two reads.
#[wasm_bindgen_test]
async fn a_token_that_expires_during_the_check_is_explained() {
    let _app = open_signed_out("/");
    see_page("Sign in").await;
    fill("Token", &token("Ada", in_minutes(1.05))).await;
    wait_for("the owner", || owner_text().starts_with("Ada, until ")).await;
    let _clock = WrongClock::set(0.0);
    // The first read is in time, every later one is not.
    let date = Reflect::get(&window(), &"Date".into()).unwrap();
    let ticking = Function::new_with_args(
        "",
        "this.reads = (this.reads ?? 0) + 1; return new Date().getTime() + (this.reads > 1 ? 10_000 : 0)",
    );
    Reflect::set(&date, &"now".into(), &ticking).unwrap();
    press("Sign in").await;
    let is_signed_in = || query("h1").is_some_and(|heading| text_of(&heading) != "Sign in");
    wait_for("a result", || shows("There is a problem") || is_signed_in()).await;
}

//! The header: its size, the workspace, the user and the time left in the session.

use js_sys::Date;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};

use crate::harness::api::{MockResponse, on_get, resolve_next, respond_with, response};
use crate::harness::app::{open, open_with_token};
use crate::harness::fixtures::{ACCOUNTS_PATH, EMPTY_LIST, NEW_PATH};
use crate::harness::page::{query, text_of};
use crate::harness::tokens::{YEAR_2100, token};
use crate::harness::user::{click, open_user_menu, see, see_page};
use crate::harness::wait::wait_for;

const THREE_WORKSPACES: &str = include_str!("../../../sandbox/fixtures/workspaces.json");

/// The style sheets of the header, until they are dropped.
struct StyleSheets(Element);

impl StyleSheets {
    fn add() -> Self {
        let style = document().create_element("style").unwrap();
        let sheets = [
            include_str!("../../../style/main.css"),
            include_str!("../../../style/tokens.css"),
            include_str!("../../../style/base.css"),
            include_str!("../../../style/layout.css"),
            include_str!("../../../style/top.css"),
            include_str!("../../../style/button.css"),
        ];
        style.set_text_content(Some(&sheets.concat()));
        document().head().unwrap().append_child(&style).unwrap();
        Self(style)
    }
}

impl Drop for StyleSheets {
    fn drop(&mut self) {
        self.0.remove();
    }
}

#[wasm_bindgen_test]
async fn a_very_long_name_does_not_grow_the_header() {
    let _styles = StyleSheets::add();
    for name in ["n".repeat(3000), "no end ".repeat(400)] {
        let _app = open_with_token(NEW_PATH, Some(&token(&name, YEAR_2100)));
        see_page("New billing account").await;
        open_user_menu().await;
        let header: HtmlElement = query("header").unwrap().unchecked_into();
        assert!(header.offset_height() <= 56, "{} px", header.offset_height());
        assert_eq!(text_of(&query("#user-menu strong").unwrap()), name.trim(), "the menu has the full name");
    }
}

#[wasm_bindgen_test]
async fn the_remaining_time_is_in_the_bar_only_near_the_expiry() {
    for (minutes, is_near) in [(14.5, true), (3.0, true), (16.5, false), (300.0, false)] {
        let _app = open_with_token(NEW_PATH, Some(&token("Ada", Date::now() / 1000.0 + minutes * 60.0)));
        wait_for("the time", || query("header .top-left").is_some()).await;
        let left = query("header .top-left").unwrap();
        assert_eq!(!left.has_attribute("hidden"), is_near, "{}", text_of(&left));
    }
}

#[wasm_bindgen_test]
async fn the_header_names_the_workspace_and_links_to_others() {
    let _app = open(ACCOUNTS_PATH);
    on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
    let long = "A very long name of a workspace that has no place in a header ".repeat(4);
    on_get("/workspaces/ws_1", MockResponse::Deferred);
    wait_for("the ID", || query("header .top-name").is_some_and(|name| text_of(&name) == "ws_1")).await;
    resolve_next(Ok(response(200, format!(r#"{{"id":"ws_1","name":"{long}","billing_mode":"pooled"}}"#)))).await;
    wait_for("the name", || query("header .top-name").is_some_and(|name| text_of(&name) == long.trim())).await;
    assert_eq!(query("header .switcher").and_then(|link| link.get_attribute("title")).as_deref(), Some(long.trim()));
    on_get("/workspaces", respond_with(200, THREE_WORKSPACES));
    click(query("a.switcher").unwrap().unchecked_ref());
    see_page("Choose a workspace").await;
    assert!(query("header .top-name").is_none());
}

#[wasm_bindgen_test]
async fn the_header_shows_the_user_and_the_time_left() {
    let in_two_hours = js_sys::Date::now() / 1000.0 + 7_300.0;
    for (end, left) in [(YEAR_2100, "days"), (in_two_hours, "2 hours")] {
        let _app = open_with_token(NEW_PATH, Some(&token("Grace Hopper", end)));
        open_user_menu().await;
        for text in ["Signed in as", "Grace Hopper", "Session ends in"] {
            see(text).await;
        }
        let time = query("#user-menu time").unwrap();
        assert!(text_of(&time).ends_with(left), "{}", text_of(&time));
        if end == YEAR_2100 {
            assert_eq!(time.get_attribute("datetime").as_deref(), Some("2100-01-01T00:00:00.000Z"));
        }
    }
    // The time counts down.
    let _app = open_with_token(NEW_PATH, Some(&token("Grace Hopper", js_sys::Date::now() / 1000.0 + 7_205.0)));
    open_user_menu().await;
    see("Session ends in 2 hours").await;
    see("Session ends in 119 minutes").await;
}

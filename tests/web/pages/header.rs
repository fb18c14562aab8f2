//! The header as it looks: with a name without end, and with what is left of a session.

use js_sys::Date;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};

use crate::harness::app::open_with_token;
use crate::harness::fixtures::NEW_PATH;
use crate::harness::page::{query, text_of};
use crate::harness::tokens::{YEAR_2100, token};
use crate::harness::user::{see, see_page};

/// The style sheets that the header takes part in, until they are dropped.
struct Styled(Element);

impl Styled {
    fn add() -> Self {
        let style = document().create_element("style").unwrap();
        let sheets = [
            include_str!("../../../style/main.css"),
            include_str!("../../../style/tokens.css"),
            include_str!("../../../style/base.css"),
            include_str!("../../../style/layout.css"),
            include_str!("../../../style/button.css"),
        ];
        style.set_text_content(Some(&sheets.concat()));
        document().head().unwrap().append_child(&style).unwrap();
        Self(style)
    }
}

impl Drop for Styled {
    fn drop(&mut self) {
        self.0.remove();
    }
}

#[wasm_bindgen_test]
async fn a_very_long_name_does_not_grow_the_header() {
    let _styled = Styled::add();
    for name in ["n".repeat(3000), "no end ".repeat(400)] {
        let _app = open_with_token(NEW_PATH, Some(&token(&name, YEAR_2100)));
        see_page("New billing account").await;
        see("Signed in as").await;
        let header: HtmlElement = query("header").unwrap().unchecked_into();
        assert!(header.offset_height() < 200, "{} px", header.offset_height());
        let shown = query(".top-user strong").unwrap();
        assert_eq!(shown.get_attribute("title").as_deref(), Some(name.trim()), "the whole name can be had");
    }
}

/// Narrow screens have no room for it before.
#[wasm_bindgen_test]
async fn the_remaining_time_is_highlighted_near_the_expiry() {
    for (minutes, is_near) in [(14.5, true), (3.0, true), (16.5, false), (300.0, false)] {
        let _app = open_with_token(NEW_PATH, Some(&token("Ada", Date::now() / 1000.0 + minutes * 60.0)));
        see("Session ends in").await;
        let left = query("header .top-left").unwrap();
        assert_eq!(left.class_list().contains("top-left-near"), is_near, "{}", text_of(&left));
    }
}

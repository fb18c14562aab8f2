//! The options of the country select.

use std::collections::HashSet;

use js_sys::{Array, Intl, Object};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::app::{open, reload};
use crate::harness::fixtures::NEW_PATH;
use crate::harness::page::{control, query_in, text_of, value};
use crate::harness::scenarios::see_draft_with;
use crate::harness::user::{choose, focus, options};
use crate::harness::wait::next_frame;

#[wasm_bindgen_test]
async fn the_country_select_lists_every_country_once_and_sorted() {
    let _app = open(NEW_PATH);
    focus("Country").await;
    let options = options("Country").await;
    assert_eq!(options[0].get_attribute("value").as_deref(), Some(""), "the first option is no country");
    let countries: Vec<_> = options[1..]
        .iter()
        .map(|option| (option.get_attribute("value").unwrap_or_default(), text_of(option)))
        .collect();
    let codes: HashSet<_> = countries.iter().map(|(code, _)| code).collect();
    assert_eq!((countries.len(), codes.len()), (249, 249));
    assert!(codes.iter().all(|code| code.len() == 2), "{codes:?}");
    assert!(countries.contains(&("ZA".to_owned(), "South Africa".to_owned())));

    let compare = Intl::Collator::new(&Array::new(), &Object::new()).compare();
    for pair in countries.windows(2) {
        let [first, second] = [0, 1].map(|at| JsValue::from_str(&pair[at].1));
        let order = compare.call2(&JsValue::UNDEFINED, &first, &second).expect("texts can be compared");
        assert!(order.as_f64() < Some(0.0), "{pair:?}");
    }
}

#[wasm_bindgen_test]
async fn a_chosen_country_is_shown_before_the_others_are_listed() {
    let app = open(NEW_PATH);
    choose("Country", "ZA").await;
    see_draft_with("ZA").await;
    reload(&app);
    // The options are listed in a task after this frame.
    next_frame().await;
    let listed = query_in(&control("Country"), "option");
    assert_eq!(listed.iter().map(text_of).collect::<Vec<_>>(), ["Choose a country", "South Africa"]);
    assert_eq!(value("Country"), "ZA");
    assert_eq!(options("Country").await.len(), 250, "listed once");
    assert_eq!(value("Country"), "ZA");
}

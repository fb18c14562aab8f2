//! The countries of the picker, as the browser names and sorts them.

use std::collections::HashSet;

use billing_admin::browser::intl;
use js_sys::{Array, Intl, Object};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn every_country_is_there_once_by_its_name_in_the_readers_order() {
    let all = intl::countries();
    let codes: HashSet<_> = all.iter().map(|(code, _)| code).collect();
    assert_eq!((all.len(), codes.len()), (249, 249));
    for (code, name) in &all {
        assert_eq!(*name, intl::country_name(code));
    }
    let compare = Intl::Collator::new(&Array::new(), &Object::new()).compare();
    for pair in all.windows(2) {
        let [first, second] = [0, 1].map(|at| JsValue::from_str(&pair[at].1));
        let order = compare.call2(&JsValue::UNDEFINED, &first, &second).expect("texts can be compared");
        assert!(order.as_f64() <= Some(0.0), "{pair:?}");
    }
}

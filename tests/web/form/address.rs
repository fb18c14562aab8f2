//! The address fields follow the country. Changing the country never loses a value.

use leptos::prelude::document;
use serde_json::{Value, json};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::harness::api::{on_get, on_patch, on_post, patches, posts, respond_with};
use crate::harness::app::open;
use crate::harness::fixtures::{ACCOUNT, ACCOUNT_PATH, ACCOUNTS_PATH, CREATE, NEW_PATH, SAVE_CHANGES, account_with};
use crate::harness::form::{FIELDS, fill_required_fields};
use crate::harness::page::{
    control, control_by_name, error, focused, hint_of, is_visible, label_of, query_all, query_in, text_of, value,
    value_of,
};
use crate::harness::scenarios::open_edit_of;
use crate::harness::user::{choose, fill, find, focus, options, press, see, see_summary, set_value, type_in};
use crate::harness::wait::{tick, wait_for};

const LINES: [&str; 2] = ["Address line 1", "Address line 2"];
/// A value for each part: with inner and outer spaces, right-to-left text, and characters beyond the BMP.
const PART_VALUES: [(&str, &str); 5] = [
    ("address.line1", "  12  Long Street "),
    ("address.line2", "c/o 👩‍👩‍👧 "),
    ("address.city", " مدينة  دبي"),
    ("address.state", "W. Cape\u{200B}"),
    ("address.postal_code", " 80 01 "),
];

/// The labels of the visible parts, in order.
fn part_labels() -> Vec<String> {
    let controls = query_all("input[name^='address.']");
    controls.iter().filter(|control| is_visible(control.unchecked_ref())).map(label_of).collect()
}

async fn fill_every_part() {
    focus("Country").await;
    for (key, text) in PART_VALUES {
        set_value(&control_by_name(key), text);
    }
    tick().await;
}

fn assert_parts_are_unchanged(when: &str) {
    for (key, text) in PART_VALUES {
        assert_eq!(value_of(&control_by_name(key)), text, "{key}, {when}");
    }
}

/// The name of a country in the select.
fn country_name(code: &str) -> String {
    text_of(&query_in(&control("Country"), &format!("option[value={code}]"))[0])
}

fn has_focus(control: &HtmlElement) -> bool {
    focused().is_same_node(Some(control))
}

#[wasm_bindgen_test]
async fn address_parts_have_the_labels_and_order_of_the_country() {
    let _app = open(NEW_PATH);
    focus("Country").await;
    let lines = LINES.as_slice();
    let expected = [
        ("", [lines, &["City", "State or province", "Postal code"]].concat()),
        ("US", [lines, &["City", "State", "ZIP code"]].concat()),
        ("GB", [lines, &["Town or city", "Postcode"]].concat()),
        ("IE", [lines, &["City", "County", "Eircode"]].concat()),
        ("IN", [lines, &["City", "PIN code", "State"]].concat()),
        ("AU", [lines, &["Suburb", "State", "Postcode"]].concat()),
        ("DE", [lines, &["Postal code", "City"]].concat()),
        ("JP", [&["Postal code", "Prefecture"], lines].concat()),
        ("AE", [lines, &["Emirate"]].concat()),
        ("", [lines, &["City", "State or province", "Postal code"]].concat()),
    ];
    for (country, labels) in expected {
        choose("Country", country).await;
        assert_eq!(part_labels(), labels, "{country}");
        for (_, key) in FIELDS {
            assert_eq!(query_all(&format!("form [name='{key}']")).len(), 1, "{country}: {key}");
        }
    }
}

#[wasm_bindgen_test]
async fn the_postal_code_has_an_example_of_its_country() {
    let _app = open(NEW_PATH);
    focus("Country").await;
    let code = control_by_name("address.postal_code");
    let expected = [("US", "95014"), ("GB", "EC1Y 8SY"), ("IE", "A65 F4E2"), ("DE", "26133"), ("JP", "154-0023")];
    for (country, example) in expected {
        choose("Country", country).await;
        assert_eq!(hint_of(&code), Some(format!("Like {example}")), "{country}");
    }
    for country in ["", "AE"] {
        choose("Country", country).await;
        assert_eq!(hint_of(&code), None, "{country:?}");
    }
}

#[wasm_bindgen_test]
async fn an_unused_part_stays_visible_until_it_is_cleared() {
    let _app = open(NEW_PATH);
    focus("Country").await;
    let state = control_by_name("address.state");
    choose("Country", "DE").await;
    assert!(!is_visible(&state), "an empty unused part is hidden");
    choose("Country", "US").await;
    fill("State", "CA").await;
    choose("Country", "DE").await;
    assert!(is_visible(&state));
    assert_eq!(part_labels().last(), Some(&label_of(&state)), "an unused part comes last");
    assert_eq!(hint_of(&state), Some(format!("Not usually part of addresses in {}.", country_name("DE"))));

    press(&format!("Clear {}", label_of(&state))).await;
    assert_eq!(value_of(&state), "");
    assert!(is_visible(&state) && has_focus(&state), "the part stays while it has the focus");
    assert_eq!(hint_of(&state), None);
    assert!(query_all("button").iter().all(|button| !text_of(button).starts_with("Clear ")));
    choose("Country", "FR").await;
    assert!(!is_visible(&state), "the part disappears with the next country");
}

#[wasm_bindgen_test]
async fn an_emptied_part_stays_visible_until_the_country_changes() {
    let _app = open(NEW_PATH);
    fill("State or province", "C").await;
    choose("Country", "DE").await;
    let state = control_by_name("address.state");
    fill(&label_of(&state), "").await;
    assert!(is_visible(&state) && has_focus(&state));
    type_in(&label_of(&state), "D").await;
    fill(&label_of(&state), "").await;
    choose("Country", "GB").await;
    assert!(!is_visible(&state));
}

#[wasm_bindgen_test]
async fn another_country_keeps_every_character_and_the_focus() {
    let _app = open(NEW_PATH);
    fill_every_part().await;
    let country = control("Country");
    for code in ["US", "JP", "AE", "DE", "MO", "", "GB"] {
        choose("Country", code).await;
        assert!(has_focus(&country) && country.is_connected(), "{code}");
        assert_parts_are_unchanged(code);
        assert_eq!(part_labels().len(), 5, "a part with a value is visible: {code}");
    }
}

/// Browser autofill sets the country while another control has the focus.
#[wasm_bindgen_test]
async fn an_autofilled_country_does_not_move_the_focus() {
    let _app = open(NEW_PATH);
    fill_every_part().await;
    for (key, _) in PART_VALUES {
        for code in ["US", "JP", "DE", "CN", "AE", ""] {
            let part = control_by_name(key);
            part.focus().unwrap();
            set_value(&control("Country"), code);
            tick().await;
            assert!(has_focus(&part), "{key}, {code:?}");
        }
    }
}

#[wasm_bindgen_test]
async fn changing_the_country_changes_only_the_country_in_the_request() {
    let _app = open(NEW_PATH);
    fill_required_fields().await;
    fill_every_part().await;
    let options = options("Country").await;
    let codes: Vec<String> = options.iter().filter_map(|option| option.get_attribute("value")).collect();
    assert_eq!(codes.len(), 250, "no country, and every country");
    let button = find(CREATE).await;
    for (sent, code) in codes.iter().enumerate() {
        set_value(&control("Country"), code);
        tick().await;
        assert_parts_are_unchanged(code);
        on_post(ACCOUNTS_PATH, respond_with(409, ""));
        button.click();
        wait_for("the reply", || posts().len() == sent + 1 && text_of(&button) == CREATE).await;
    }
    for (code, post) in codes.iter().zip(posts()) {
        let mut address = json!({});
        for (key, text) in PART_VALUES {
            address[key.trim_start_matches("address.")] = text.trim_matches([' ', '\u{200B}']).into();
        }
        if !code.is_empty() {
            address["country"] = code.as_str().into();
        }
        assert_eq!(post.body, json!({ "name": "Acme", "email": "billing@acme.com", "address": address }));
    }
}

#[wasm_bindgen_test]
async fn a_hidden_part_with_a_server_error_becomes_visible() {
    let _app = open(NEW_PATH);
    fill_required_fields().await;
    choose("Country", "AE").await;
    let code = control_by_name("address.postal_code");
    assert!(!is_visible(&code));
    let refusal = json!({ "message": "No.", "errors": { "address.postal_code": ["A postal code is missing."] } });
    on_post(ACCOUNTS_PATH, respond_with(422, refusal.to_string()));
    press(CREATE).await;
    assert_eq!(see_summary().await, ["A postal code is missing."]);
    assert!(is_visible(&code));
    assert_eq!(error("Postal code").as_deref(), Some("A postal code is missing."));
    press("A postal code is missing.").await;
    assert!(has_focus(&code));
    type_in("Postal code", "0").await;
    fill("Postal code", "").await;
    assert!(is_visible(&code) && has_focus(&code) && error("Postal code").is_none());
}

#[wasm_bindgen_test]
async fn an_unlisted_stored_country_is_kept_and_sent_unchanged() {
    for code in ["XK", "ZZ", "zz1", "Narnia"] {
        let stored = account_with(&[("/address/country", code)]);
        let _app = open_edit_of(&stored).await;
        assert_eq!(value("Country"), code);
        assert_eq!(options("Country").await.len(), 251, "the stored country is an extra option: {code}");
        fill("City", "Pristina").await;
        on_get(ACCOUNT_PATH, respond_with(200, stored.clone()));
        on_patch(
            ACCOUNT_PATH,
            respond_with(200, account_with(&[("/address/country", code), ("/address/city", "Pristina")])),
        );
        press(SAVE_CHANGES).await;
        see("Billing account updated").await;
        let mut address = serde_json::from_str::<Value>(ACCOUNT).unwrap()["address"].take();
        address["country"] = code.into();
        address["city"] = "Pristina".into();
        assert_eq!(patches()[0].body, json!({ "address": address }));
    }
}

#[wasm_bindgen_test]
async fn a_stored_part_that_the_country_does_not_use_is_visible() {
    let _app = open_edit_of(&account_with(&[("/address/country", "AE")])).await;
    assert_eq!(part_labels().len(), 5);
    let code = control_by_name("address.postal_code");
    assert_eq!(value_of(&code), "94105");
    assert!(hint_of(&code).is_some_and(|hint| hint == "Not usually part of UAE addresses."), "{:?}", hint_of(&code));
    assert!(document().query_selector("input[type=hidden]").is_ok_and(|found| found.is_none()));
}

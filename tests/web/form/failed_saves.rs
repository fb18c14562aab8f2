//! A save that fails: the message, the unchanged draft, and a single request.

use billing_admin::api::transport::NetworkError;
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{MockResponse, network_error, on_get, on_post, posts, requests, resolve_next, respond_with};
use crate::harness::app::{TestApp, open, path, set_online};
use crate::harness::fixtures::{
    ACCOUNT, ACCOUNTS_PATH, CREATE, NEW_PATH, created_response, respond_created, respond_rate_limited,
};
use crate::harness::form::{FIELDS, assert_form_is_unchanged, fill_every_field};
use crate::harness::page::{control, details_text, error, focused, query, query_all, query_in, shows, text_of};
use crate::harness::user::{find, press, see, see_in_details, see_page, see_summary, type_in};
use crate::harness::wait::wait_for;

const LARAVEL_ERROR: &str = r#"{
    "message": "The email field must be a valid email address. (and 2 more errors)",
    "errors": {
        "address.postal_code": ["The postal code is odd.", "Very odd."],
        "vat": ["A VAT number is missing."],
        "email": ["The email field must be a valid email address."]
    }
}"#;
const HOSTILE: &str = "<img src=x onerror=alert(1)>";
const NOT_CREATED: &str = "The account wasn’t created.";
const UNKNOWN: &str = "We don’t know yet whether the account was created.";
const CHECKED: &str = "We couldn’t check.";

/// Saves a complete form, which gets this response.
async fn save(response: MockResponse) -> TestApp {
    let app = open(NEW_PATH);
    on_post(ACCOUNTS_PATH, response);
    fill_every_field().await;
    press(CREATE).await;
    app
}

fn documented(code: &str, doc_url: &str) -> String {
    let message = "The API gives its reason.";
    json!({ "type": "error", "code": code, "message": message, "doc_url": doc_url }).to_string()
}

#[wasm_bindgen_test]
async fn every_failed_save_is_explained_and_keeps_the_draft() {
    let html = "<!DOCTYPE html><h1>Oh no</h1>";
    let message = r#"{"message":"The API gives its reason."}"#;
    let cases: Vec<(&str, MockResponse, Vec<&str>)> = vec![
        ("400", respond_with(400, message), vec!["couldn’t read the request", NOT_CREATED]),
        ("401", respond_with(401, message), vec!["Your session has ended", NOT_CREATED, "Sign in and try again"]),
        (
            "403",
            respond_with(403, ""),
            vec!["You don’t have permission to do this", NOT_CREATED, "Ask an owner or admin"],
        ),
        ("404", respond_with(404, html), vec!["Workspace not found", NOT_CREATED, "you don’t have access to it"]),
        ("405", respond_with(405, html), vec!["rejected the request", NOT_CREATED]),
        ("408", respond_with(408, ""), vec!["took too long to respond", UNKNOWN, CHECKED]),
        ("413", respond_with(413, html), vec!["The request is too large", NOT_CREATED]),
        ("422 with nothing in it", respond_with(422, ""), vec!["Some details weren’t accepted", NOT_CREATED]),
        (
            "429",
            respond_rate_limited(Some("7")),
            vec!["Too many requests", NOT_CREATED, "Wait 7 seconds and try again."],
        ),
        ("429 without a time", respond_rate_limited(None), vec!["Too many requests", NOT_CREATED, "Wait a minute"]),
        ("500", respond_with(500, message), vec!["Something went wrong at Altostrat", UNKNOWN, CHECKED]),
        ("502", respond_with(502, html), vec!["Something went wrong at Altostrat", UNKNOWN, CHECKED]),
        ("503", respond_with(503, ""), vec!["Something went wrong at Altostrat", UNKNOWN, CHECKED]),
        ("504", respond_with(504, html), vec!["Something went wrong at Altostrat", UNKNOWN, CHECKED]),
        ("no answer", network_error(NetworkError::Failed), vec!["No response from Altostrat", UNKNOWN, CHECKED]),
        ("no answer in time", network_error(NetworkError::Timeout), vec!["took too long to respond", UNKNOWN, CHECKED]),
        ("HTML with 200", respond_with(200, html), vec!["The response couldn’t be read", UNKNOWN, CHECKED]),
        ("201 with no id", respond_with(201, "{}"), vec!["Saved, but the details couldn’t be shown", "was created"]),
    ];
    for (case, response, messages) in cases {
        let _app = save(response).await;
        for message in messages {
            see(message).await;
        }
        assert_eq!(posts().len(), 1, "{case}");
        assert_eq!(requests().len(), 1, "{case}");
        assert_form_is_unchanged(case);
        assert!(!shows("Oh no"), "HTML is not shown as a message: {case}");
        assert_eq!(path(), NEW_PATH, "{case}");
        assert_eq!(
            control("Name").closest("form").unwrap().unwrap().has_attribute("hidden"),
            case.starts_with("20"),
            "{case}"
        );
        for label in ["Name", "Email", "ZIP code"] {
            assert_eq!(error(label), None, "{case}");
        }
    }
}

#[wasm_bindgen_test]
async fn a_failure_notice_takes_the_focus_and_is_an_alert() {
    let _app = save(respond_with(409, "")).await;
    wait_for("the focus on the notice", || text_of(&focused()).starts_with("Something else changed")).await;
    assert_eq!(query_in(&focused(), "[role=alert]").len(), 1);
    find("Copy details").await;
}

#[wasm_bindgen_test]
async fn a_server_error_stays_until_its_field_is_edited() {
    let _app = save(respond_with(422, LARAVEL_ERROR)).await;
    let named = ["The email field must be a valid email address.", "The postal code is odd. Very odd."];
    assert_eq!(see_summary().await, [named[0], named[1], "A VAT number is missing."]);
    assert_eq!(query_in(&focused(), "a").len(), 2, "an error without a field has no link");
    assert_eq!(error("Email").as_deref(), Some(named[0]));
    assert_eq!(error("ZIP code").as_deref(), Some(named[1]));
    assert_eq!(posts().len(), 1);
    assert_form_is_unchanged("a 422");

    type_in("Name", "!").await;
    assert_eq!(error("Email").as_deref(), Some(named[0]), "editing another field keeps the error");
    type_in("ZIP code", "6").await;
    assert_eq!(error("ZIP code"), None);
    assert_eq!(error("Email").as_deref(), Some(named[0]));
    type_in("Email", "x").await;
    assert_eq!(error("Email"), None);

    on_post(ACCOUNTS_PATH, respond_created());
    press(CREATE).await;
    see_page("ACME Corp Billing").await;
    assert_eq!(posts()[1].body["name"], "ACME Corp (EU)!");
}

#[wasm_bindgen_test]
async fn stripes_error_for_a_long_number_is_shown_at_the_phone() {
    let sentence = "Invalid string: +44 20 7123 4567 ext. 1; must be at most 20 characters";
    let _app = save(respond_with(422, json!({ "message": sentence }).to_string())).await;
    assert_eq!(see_summary().await, [sentence]);
    assert_eq!(error("Phone").as_deref(), Some(sentence));
}

/// Stripe may reword or translate its message.
#[wasm_bindgen_test]
async fn a_reworded_stripe_error_is_shown_at_the_top() {
    for message in ["The phone number may have up to 20 characters.", "La cadena no puede superar los 20 caracteres"] {
        let _app = save(respond_with(422, json!({ "message": message }).to_string())).await;
        wait_for("the notice, with the focus", || text_of(&focused()).contains(message)).await;
        see("Open Details for the reason.").await;
        assert_eq!(error("Phone"), None);
        assert_form_is_unchanged(message);
    }
}

#[wasm_bindgen_test]
async fn a_documented_error_shows_its_message_code_and_link() {
    for status in [403, 409, 422] {
        let page = "https://docs.altostrat.io/errors/limit_reached";
        let _app = save(respond_with(status, documented("limit_reached", page))).await;
        see_in_details("Response: “The API gives its reason.”").await;
        see_in_details(&format!("Status {status} · limit_reached")).await;
        let link = find("About this error (opens in a new tab)").await;
        assert_eq!(link.get_attribute("href").as_deref(), Some(page));
        assert_eq!(link.get_attribute("rel").as_deref(), Some("noopener noreferrer"));
        assert_form_is_unchanged("a documented error");
    }
}

#[wasm_bindgen_test]
async fn only_https_documentation_is_linked() {
    for page in ["javascript:alert(1)", "http://docs.altostrat.io", "//evil.example", "data:text/html,x", ""] {
        let _app = save(respond_with(409, documented("conflict", page))).await;
        see_in_details("conflict").await;
        assert!(!details_text().contains("About this error"), "{page}");
        assert!(query_all("a").iter().all(|link| link.get_attribute("href").as_deref() != Some(page)), "{page}");
    }
}

#[wasm_bindgen_test]
async fn the_next_save_removes_the_failure_notice() {
    let _app = save(respond_with(409, "")).await;
    see("Something else changed").await;
    on_post(ACCOUNTS_PATH, MockResponse::Deferred);
    press(CREATE).await;
    see("Saving…").await;
    assert!(!shows("Something else changed"));
    resolve_next(Ok(created_response())).await;
    see_page("ACME Corp Billing").await;
    assert_eq!(posts().len(), 2, "one request for each press");
}

#[wasm_bindgen_test]
async fn an_offline_browser_sends_nothing() {
    let _app = open(NEW_PATH);
    fill_every_field().await;
    set_online(false);
    on_get(ACCOUNTS_PATH, network_error(NetworkError::Failed));
    press(CREATE).await;
    see("You’re offline").await;
    see(NOT_CREATED).await;
    assert!(posts().is_empty());
    assert_form_is_unchanged("a save offline");
}

#[wasm_bindgen_test]
async fn hostile_text_in_an_error_is_shown_as_text() {
    let body = json!({
        "message": format!("message {HOSTILE}"),
        "code": format!("code {HOSTILE}"),
        "doc_url": format!("https://docs.altostrat.io/{HOSTILE}"),
        "errors": { "name": [format!("name {HOSTILE}")], HOSTILE: [format!("other {HOSTILE}")] },
    });
    let _app = save(respond_with(422, body.to_string())).await;
    for part in ["name", "other"] {
        see(&format!("{part} {HOSTILE}")).await;
    }
    for part in ["message", "code"] {
        see_in_details(&format!("{part} {HOSTILE}")).await;
    }
    assert!(query("img").is_none());
}

#[wasm_bindgen_test]
async fn hostile_text_in_an_account_is_shown_as_text() {
    let mut account: Value = serde_json::from_str(ACCOUNT).unwrap();
    make_hostile("", &mut account);
    let _app = save(respond_with(201, account.to_string())).await;
    see_page(&format!("name {HOSTILE}")).await;
    for (label, key) in FIELDS {
        let part = key.rsplit('.').next().unwrap();
        wait_for(&format!("{label}: {part}"), || shows(&format!("{part} {HOSTILE}"))).await;
    }
    for part in ["id", "created_at", "updated_at"] {
        see(&format!("{part} {HOSTILE}")).await;
    }
    assert!(query("img").is_none());
    assert!(path().ends_with("/id%20%3Cimg%20src%3Dx%20onerror%3Dalert%281%29%3E"), "{}", path());
}

/// Replaces every string by its key and hostile text.
fn make_hostile(key: &str, json: &mut Value) {
    match json {
        Value::String(text) => *text = format!("{key} {HOSTILE}"),
        Value::Object(parts) => parts.iter_mut().for_each(|(key, part)| make_hostile(key, part)),
        _ => {}
    }
}

#[wasm_bindgen_test]
async fn hostile_text_in_a_list_is_shown_as_text() {
    let _app = open(ACCOUNTS_PATH);
    let list = json!({ "data": [{ "id": HOSTILE, "name": format!("name {HOSTILE}"), "email": HOSTILE }] });
    on_get(ACCOUNTS_PATH, respond_with(200, list.to_string()));
    find(&format!("name {HOSTILE}")).await;
    assert!(query("img").is_none());
}

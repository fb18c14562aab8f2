//! Every message has its fixed sentence, no banned word, and an action. The error summary repeats the field errors.

use billing_admin::api::error::ErrorResponse;
use billing_admin::api::transport::{Method, NetworkError};
use billing_admin::api::{ApiError, ErrorKind};
use billing_admin::domain::Field;
use billing_admin::domain::text::ValidationError;
use billing_admin::pages::shared::error_messages::{ErrorMessage, Operation};
use billing_admin::pages::shared::error_notice::FailureNotice;
use leptos::mount::mount_to;
use leptos::prelude::*;
use serde_json::{Value, json};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::harness::api::{on_post, requests, respond_with};
use crate::harness::app::open;
use crate::harness::dialog::dialog_is_open;
use crate::harness::fixtures::{ACCOUNTS_PATH, CREATE, NEW_PATH, SAVE_CHANGES};
use crate::harness::form::{WRONG_EMAIL, fill_every_field, fill_required_fields};
use crate::harness::page::{
    assert_no_banned_words, assert_reads_well, collapse_whitespace, control, control_by_name, error, label_of,
    page_text, query, shows, text_of,
};
use crate::harness::scenarios::open_edit;
use crate::harness::user::{fill, press, see_summary, set_value};
use crate::harness::wait::{tick, wait_for};

const TOO_LONG: [(Field, usize, &str); 4] = [
    (Field::Name, 100, "Name must be 100 characters or fewer"),
    (Field::Email, 150, "Email must be 150 characters or fewer"),
    (Field::Phone, 50, "Phone must be 50 characters or fewer"),
    (Field::Description, 200, "Description must be 200 characters or fewer"),
];

/// Submits the create form with this text in one field and returns its error, which the summary repeats.
async fn submit_with(field: Field, text: &str) -> String {
    let _app = open(NEW_PATH);
    fill_required_fields().await;
    let control = control_by_name(field.key());
    if control.tag_name() == "SELECT" {
        // A user cannot choose this value, but a broken extension can set it.
        let option = document().create_element("option").unwrap();
        option.set_attribute("value", text).unwrap();
        control.append_child(&option).unwrap();
    }
    set_value(&control, text);
    press(CREATE).await;
    let links = see_summary().await;
    let message = error(&label_of(&control)).unwrap_or_default();
    assert_eq!(links.as_slice(), std::slice::from_ref(&message), "{}: the summary repeats the error", field.key());
    assert_no_banned_words(&self::page_text());
    assert!(requests().is_empty());
    message
}

#[wasm_bindgen_test]
async fn every_field_error_has_its_fixed_sentence() {
    assert_eq!(submit_with(Field::Name, "").await, "Enter a name");
    assert_eq!(submit_with(Field::Name, " \u{200B} ").await, "Enter a name");
    assert_eq!(submit_with(Field::Email, "").await, "Enter an email address");
    for (field, max, sentence) in TOO_LONG {
        assert_eq!(field.max(), Some(max));
        assert_eq!(submit_with(field, &"x".repeat(max + 1)).await, sentence);
    }
    for text in ["a", "a@", "@b.c", "a@b", "a b@c.de", "a@b@c.de", "a@b..de"] {
        assert_eq!(submit_with(Field::Email, text).await, WRONG_EMAIL, "{text}");
    }
    assert_eq!(submit_with(Field::Currency, "jpy").await, "Select a currency from the list");
    assert_eq!(submit_with(Field::Country, "zz").await, "Select a country from the list");
}

#[wasm_bindgen_test]
fn no_field_error_contains_a_banned_word() {
    let kinds = [
        ValidationError::Empty,
        ValidationError::TooLong { max: 1, actual: 2 },
        ValidationError::NotAnEmail,
        ValidationError::NotACurrency,
        ValidationError::NotACountry,
    ];
    for field in Field::ALL {
        for kind in kinds {
            let message = field.error_message(kind);
            assert_no_banned_words(&message);
            assert!(message.starts_with(char::is_uppercase) && !message.ends_with('.'), "{message}");
        }
    }
}

#[wasm_bindgen_test]
async fn the_summary_lists_all_errors_in_field_order() {
    let _app = open_edit().await;
    for (field, max, _) in TOO_LONG {
        set_value(&control_by_name(field.key()), &"x".repeat(max + 1));
    }
    tick().await;
    press(SAVE_CHANGES).await;
    let links = see_summary().await;
    assert_eq!(links, TOO_LONG.map(|(_, _, sentence)| sentence));
    let message: Vec<_> = TOO_LONG.iter().filter_map(|(field, ..)| error(field.label())).collect();
    assert_eq!(links, message);
    fill("Name", "").await;
    assert_eq!(error("Name").as_deref(), Some("Enter a name"), "the edit form has the same sentence");
    assert_no_banned_words(&page_text());
}

/// A 422 that names each field without a message.
#[wasm_bindgen_test]
async fn a_server_error_without_a_message_gets_one() {
    let _app = open(NEW_PATH);
    fill_every_field().await;
    let errors: serde_json::Map<String, Value> =
        Field::ALL.iter().map(|field| (field.key().to_owned(), json!([]))).chain([("x".into(), json!(7))]).collect();
    on_post(ACCOUNTS_PATH, respond_with(422, json!({ "errors": errors }).to_string()));
    press(CREATE).await;
    assert_eq!(see_summary().await, ["This value wasn’t accepted"; 12]);
    for field in Field::ALL {
        let message = error(&label_of(&control_by_name(field.key())));
        assert_eq!(message.as_deref(), Some("This value wasn’t accepted"), "{}", field.key());
    }
    assert_no_banned_words(&page_text());
}

#[wasm_bindgen_test]
async fn every_failure_states_its_consequence_and_an_action() {
    let replies = (300..=599).map(|status| ErrorKind::Status(ErrorResponse { status, ..ErrorResponse::default() }));
    let waits = [0, 1, 7].map(|seconds| {
        ErrorKind::Status(ErrorResponse { status: 429, retry_after: Some(seconds), ..ErrorResponse::default() })
    });
    let silence = [NetworkError::Failed, NetworkError::Timeout].map(ErrorKind::NoResponse);
    let others = [
        ErrorKind::Offline,
        ErrorKind::SessionEnded,
        ErrorKind::Incomplete { status: 200 },
        ErrorKind::Unreadable { status: 200 },
    ];
    for kind in replies.chain(waits).chain(silence).chain(others) {
        for (operation, method) in [
            (Operation::Load, Method::Get),
            (Operation::Create, Method::Post),
            (Operation::Update, Method::Patch),
            // An update refetches the account first.
            (Operation::Update, Method::Get),
            (Operation::Undo, Method::Patch),
            (Operation::Undo, Method::Get),
            (Operation::Delete, Method::Delete),
        ] {
            let error = ApiError { method, path: "/workspaces/ws_1".into(), failed_at: 0.0, kind: kind.clone() };
            let words = ErrorMessage::new(&error, operation);
            let case = format!("{kind:?}, {operation:?} by {method}");
            let message = rendered(error, operation);
            for part in [words.title, words.consequence, &*words.action] {
                assert!(message.contains(part), "{case}: {message}");
            }
            assert!(!words.title.is_empty() && !words.action.is_empty(), "{case}: {message}");
            // A failed load has no consequence for the account.
            assert_eq!(words.consequence.is_empty(), operation == Operation::Load, "{case}: {message}");
            assert_reads_well(&message, &case);
            assert!(message.contains("Copy details"), "{case}: {message}");
            let about = match operation {
                Operation::Load => "",
                Operation::Create => "created",
                Operation::Update => "saved",
                Operation::Undo => "undone",
                Operation::Delete => "deleted",
            };
            assert!(words.consequence.contains(about), "{case}: {}", words.consequence);
            assert!(words.action.ends_with('.') && !words.title.ends_with('.'), "{case}: {message}");
        }
    }
}

/// The text of a failure notice, without its section "Details".
fn rendered(error: ApiError, operation: Operation) -> String {
    let container: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    let _mounted = mount_to(container.clone(), move || view! { <FailureNotice error operation /> });
    container.query_selector("details").unwrap().unwrap().remove();
    collapse_whitespace(&container.text_content().unwrap_or_default())
}

#[wasm_bindgen_test]
async fn the_dialog_of_an_expired_session_has_no_banned_word() {
    let _app = open(NEW_PATH);
    fill_required_fields().await;
    on_post(ACCOUNTS_PATH, respond_with(401, ""));
    press(CREATE).await;
    wait_for("the dialog", dialog_is_open).await;
    press("Sign in").await;
    assert_eq!(see_summary().await, ["Enter a token"]);
    assert!(control("Token").is_connected() && shows("Your session has ended"));
    assert_no_banned_words(&text_of(&query("dialog").unwrap()));
    assert_no_banned_words(&page_text());
}

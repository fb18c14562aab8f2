//! Possible duplicates: an account with the same name or email is pointed out, and never blocks the save.

use leptos::prelude::window;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{MockResponse, on_get, on_post, posts, respond_with};
use crate::harness::app::{TestApp, open};
use crate::harness::fixtures::{ACCOUNTS_PATH, CREATE, NEW_PATH, respond_created};
use crate::harness::page::{focused, query_all, shows, text_of, value};
use crate::harness::scenarios::{COPY_AS_NEW, open_edit};
use crate::harness::user::{choose, fill, find, press, see, see_page, type_in};
use crate::harness::wait::{sleep, wait_for};

const NOTICE: &str = "Possible duplicate";
const THREE_ACCOUNTS: &str = r#"{"data":[
    {"id":"cus_1","name":"Café Müller GmbH","email":"rechnung@mueller.example"},
    {"id":"cus_2","name":"ACME","email":"Billing@ACME.com"},
    {"id":"cus_3"}
]}"#;

/// The create form in a workspace with three accounts.
async fn open_new() -> TestApp {
    let app = open(NEW_PATH);
    on_get(ACCOUNTS_PATH, respond_with(200, THREE_ACCOUNTS));
    see_page("New billing account").await;
    app
}

async fn fill_in(name: &str, email: &str) {
    fill("Name", name).await;
    fill("Email", email).await;
}

/// The items of the duplicate notice.
fn listed_duplicates() -> Vec<String> {
    query_all("#duplicates li").iter().map(text_of).collect()
}

#[wasm_bindgen_test]
async fn a_duplicate_is_announced_while_the_user_types() {
    let _app = open_new().await;
    fill("Name", " cafe  MULLER gmbh").await;
    see(NOTICE).await;
    assert_eq!(listed_duplicates(), ["Café Müller GmbH has nearly the same name. View account Café Müller GmbH"]);
    assert_eq!(query_all("[role=status] #duplicates").len(), 1, "the notice is in a status region");
    assert!(focused().id() == "name", "the focus stays in the field");
    fill("Name", "Café Mueller").await;
    see("No similar account in this workspace").await;
    assert!(!shows(NOTICE));
    fill("Email", "BILLING@acme.com ").await;
    see("ACME uses the same email.").await;
    fill("Name", "acme").await;
    see("ACME: same email, nearly the same name.").await;
}

#[wasm_bindgen_test]
async fn the_duplicate_check_is_debounced() {
    let _app = open_new().await;
    type_in("Name", "ACME").await;
    // Shorter than the debounce delay, and long enough for a notice without one.
    sleep(50).await;
    assert!(!shows(NOTICE));
    type_in("Name", " Sales").await;
    sleep(1000).await;
    assert!(!shows(NOTICE), "no notice for an intermediate text");
}

#[wasm_bindgen_test]
async fn a_possible_duplicate_does_not_block_a_save() {
    let _app = open_new().await;
    fill_in("New", "billing@acme.com").await;
    see(NOTICE).await;
    on_post(ACCOUNTS_PATH, respond_created());
    press(CREATE).await;
    see("Billing account created").await;
    assert_eq!(posts().len(), 1);
}

#[wasm_bindgen_test]
async fn field_errors_are_shown_before_duplicates() {
    let _app = open_new().await;
    fill_in("Acme", "billing").await;
    press(CREATE).await;
    see("There is a problem").await;
    assert!(posts().is_empty());
}

#[wasm_bindgen_test]
async fn without_the_list_the_save_works_and_no_duplicate_is_shown() {
    for list in [respond_with(500, ""), respond_with(403, ""), respond_with(200, "{}"), MockResponse::Deferred] {
        let _app = open(NEW_PATH);
        on_get(ACCOUNTS_PATH, list);
        fill_in("Acme", "billing@acme.com").await;
        on_post(ACCOUNTS_PATH, respond_created());
        press(CREATE).await;
        see("Billing account created").await;
        assert_eq!(posts().len(), 1);
    }
}

#[wasm_bindgen_test]
async fn the_notice_links_to_the_other_account() {
    let _app = open_new().await;
    fill_in("Acme", "new@acme.com").await;
    let link = find("View account ACME").await;
    assert_eq!(link.get_attribute("href"), Some(format!("{ACCOUNTS_PATH}/cus_2")));
}

#[wasm_bindgen_test]
async fn the_draft_survives_a_visit_to_the_other_account() {
    let _app = open_new().await;
    fill_in("Acme", "new@acme.com").await;
    see(NOTICE).await;
    on_get(&format!("{ACCOUNTS_PATH}/cus_2"), respond_with(200, r#"{"id":"cus_2","name":"ACME"}"#));
    press("View account ACME").await;
    see_page("ACME").await;
    window().history().unwrap().back().unwrap();
    see_page("New billing account").await;
    assert_eq!([value("Name"), value("Email")], ["Acme", "new@acme.com"]);
}

#[wasm_bindgen_test]
async fn a_copy_is_not_reported_as_a_duplicate_of_its_original() {
    let _app = open_edit().await;
    on_get(
        ACCOUNTS_PATH,
        respond_with(200, r#"{"data":[{"id":"cus_9","name":"ACME Corp Billing","email":"billing@acme.com"}]}"#),
    );
    press(COPY_AS_NEW).await;
    see_page("New billing account").await;
    choose("Currency", "eur").await;
    sleep(1000).await;
    assert!(!shows(NOTICE));
    fill("Name", "Other").await;
    see("uses the same email.").await;
    fill("Name", "ACME Corp Billing").await;
    wait_for("no notice", || !shows(NOTICE)).await;
    on_post(ACCOUNTS_PATH, respond_created());
    press(CREATE).await;
    see("Billing account created").await;
}

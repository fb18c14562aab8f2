//! Which account of the list an unanswered create made. The IDs from before the save decide, never the timestamps. An
//! uncertain match needs the user's consent.

use billing_admin::api::transport::NetworkError;
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{MockResponse, gets, network_error, on_get, on_post, posts, respond_with, response};
use crate::harness::app::{TestApp, open, path};
use crate::harness::fixtures::{ACCOUNTS_PATH, CREATE, NEW_PATH, account_created_at, list_of, respond_created};
use crate::harness::form::fill_required_fields;
use crate::harness::page::{query_all, shows, text_of};
use crate::harness::scenarios::{CHECK_CREATED, open_unknown_outcome};
use crate::harness::storage::{NEW_DRAFT, stored_draft};
use crate::harness::user::{choose, find, press, see, see_page};
use crate::harness::wait::wait_for;

const NOT_FOUND: &str = "It isn’t in the list of accounts yet";
const MAY_BE_YOURS: &str = "This account may be yours";
const INCOMPLETE: &str = "The list of billing accounts is incomplete";

/// A page of the list that is not the last one.
fn list_with_more(accounts: &[Value]) -> MockResponse {
    respond_with(200, json!({ "data": accounts, "has_more": true }).to_string())
}

/// Presses the button that accepts the account with this ID.
async fn accept(id: &str) {
    let button = || {
        let mut buttons = query_all("button").into_iter().map(|button| text_of(&button));
        buttons.rfind(|name| name.starts_with("This is it") && name.contains(id))
    };
    wait_for("the button that accepts the account", || button().is_some()).await;
    press(&button().unwrap()).await;
}

/// A create in euros that got no reply, in a workspace without accounts.
async fn create_in_euros_without_reply() -> TestApp {
    let app = open(NEW_PATH);
    on_get(ACCOUNTS_PATH, list_of(&[]));
    fill_required_fields().await;
    choose("Currency", "eur").await;
    on_post(ACCOUNTS_PATH, network_error(NetworkError::Failed));
    press(CREATE).await;
    find(CHECK_CREATED).await;
    app
}

#[wasm_bindgen_test]
async fn a_new_id_is_matched_whatever_its_timestamp() {
    for seconds in [-86_400.0, -3600.0, 3600.0] {
        let _app = open_unknown_outcome(list_of(&[account_created_at("cus_1", "Acme", 0.0)])).await;
        on_get(
            ACCOUNTS_PATH,
            list_of(&[account_created_at("cus_1", "Acme", 0.0), account_created_at("cus_2", "Acme", seconds)]),
        );
        press(CHECK_CREATED).await;
        see("Billing account created").await;
        assert_eq!(path(), format!("{ACCOUNTS_PATH}/cus_2"));
    }
}

#[wasm_bindgen_test]
async fn without_the_earlier_list_a_match_must_be_accepted() {
    for seconds in [-3600.0, -10.0, 1.0] {
        let _app = open_unknown_outcome(respond_with(403, "")).await;
        on_get(ACCOUNTS_PATH, list_of(&[account_created_at("cus_2", "Acme", seconds)]));
        press(CHECK_CREATED).await;
        see(MAY_BE_YOURS).await;
        assert!(!shows("existed before") && path() == NEW_PATH);
        assert!(stored_draft(NEW_DRAFT).is_some(), "the draft stays until the account is accepted");
        accept("cus_2").await;
        see_page("Acme").await;
        assert_eq!((posts().len(), path()), (1, format!("{ACCOUNTS_PATH}/cus_2")));
        assert_eq!(stored_draft(NEW_DRAFT), None);
    }
}

#[wasm_bindgen_test]
async fn a_match_that_differs_in_a_field_must_be_accepted() {
    let _app = create_in_euros_without_reply().await;
    let mut theirs = account_created_at("cus_2", "Acme", -120.0);
    theirs["currency"] = "zar".into();
    on_get(ACCOUNTS_PATH, list_of(&[theirs.clone()]));
    press(CHECK_CREATED).await;
    see(MAY_BE_YOURS).await;
    see("Different: Currency").await;
    assert!(path() == NEW_PATH && stored_draft(NEW_DRAFT).is_some());

    let mut mine = account_created_at("cus_3", "ACME", -3600.0);
    mine["currency"] = "EUR".into();
    on_get(ACCOUNTS_PATH, list_of(&[mine, theirs]));
    press("Check again").await;
    see_page("ACME").await;
    see("Another account may be yours too: Acme, cus_2.").await;
    assert_eq!((posts().len(), path()), (1, format!("{ACCOUNTS_PATH}/cus_3")));
}

#[wasm_bindgen_test]
async fn one_of_several_matches_must_be_accepted() {
    let _app = open_unknown_outcome(list_of(&[])).await;
    on_get(
        ACCOUNTS_PATH,
        list_of(&[account_created_at("cus_2", "Acme", 1.0), account_created_at("cus_3", "Acme", 2.0)]),
    );
    press(CHECK_CREATED).await;
    see("These accounts may be yours").await;
    assert!(path() == NEW_PATH && stored_draft(NEW_DRAFT).is_some());
    accept("cus_3").await;
    see("Another account may be yours too: Acme, cus_2.").await;
    assert_eq!((posts().len(), path()), (1, format!("{ACCOUNTS_PATH}/cus_3")));
}

#[wasm_bindgen_test]
async fn the_check_reads_every_page_of_the_list() {
    let _app = open_unknown_outcome(list_of(&[])).await;
    on_get(ACCOUNTS_PATH, list_with_more(&[account_created_at("cus_1", "Other", 1.0)]));
    on_get(&format!("{ACCOUNTS_PATH}?after=cus_1"), list_of(&[account_created_at("cus_2", "Acme", 1.0)]));
    press(CHECK_CREATED).await;
    see("Billing account created").await;
    assert_eq!(path(), format!("{ACCOUNTS_PATH}/cus_2"));
}

#[wasm_bindgen_test]
async fn an_incomplete_list_is_reported() {
    let first = [account_created_at("cus_1", "Other", 1.0)];
    for rest in [respond_with(400, ""), respond_with(404, ""), respond_with(500, ""), list_with_more(&first)] {
        let _app = open_unknown_outcome(list_of(&[])).await;
        on_get(ACCOUNTS_PATH, list_with_more(&first));
        on_get(&format!("{ACCOUNTS_PATH}?after=cus_1"), rest.clone());
        press(CHECK_CREATED).await;
        see(NOT_FOUND).await;
        see(INCOMPLETE).await;
        assert_eq!(gets().len(), 3, "the list from before the save, and two pages");
    }
    let _app = open_unknown_outcome(list_of(&[])).await;
    on_get(ACCOUNTS_PATH, list_of(&[]));
    press(CHECK_CREATED).await;
    see(NOT_FOUND).await;
    assert!(!shows(INCOMPLETE));
}

#[wasm_bindgen_test]
async fn a_resend_warns_that_the_first_attempt_may_exist() {
    let _app = open_unknown_outcome(respond_with(403, "")).await;
    on_get(ACCOUNTS_PATH, list_of(&[]));
    press(CHECK_CREATED).await;
    see(NOT_FOUND).await;
    on_post(ACCOUNTS_PATH, respond_created());
    press("Create anyway").await;
    see("Billing account created").await;
    see("An earlier attempt got no response and may have created an account too").await;
}

/// When a kept-alive connection breaks, a browser may repeat a request, and no page can prevent that.
#[wasm_bindgen_test]
async fn a_second_account_from_one_save_is_reported() {
    let _app = open(NEW_PATH);
    on_get(ACCOUNTS_PATH, list_of(&[account_created_at("cus_1", "Acme", -1.0)]));
    fill_required_fields().await;
    on_post(
        ACCOUNTS_PATH,
        MockResponse::Immediate(Ok(response(201, account_created_at("cus_3", "Acme", 1.0).to_string()))),
    );
    on_get(ACCOUNTS_PATH, list_of(&["cus_1", "cus_2", "cus_3"].map(|id| account_created_at(id, "Acme", 1.0))));
    press(CREATE).await;
    see("Billing account created").await;
    see("Two accounts may have been created").await;
    assert_eq!((posts().len(), path()), (1, format!("{ACCOUNTS_PATH}/cus_3")));
    let links: Vec<_> = query_all("a[href]").into_iter().filter_map(|link| link.get_attribute("href")).collect();
    assert!(links.contains(&format!("{ACCOUNTS_PATH}/cus_2")) && !links.contains(&format!("{ACCOUNTS_PATH}/cus_1")));
    on_get(ACCOUNTS_PATH, list_of(&[account_created_at("cus_2", "Acme", 1.0)]));
    press("Billing accounts").await;
    see_page("Billing accounts").await;
    see("Two accounts may have been created").await;
    press("Dismiss").await;
    wait_for("no notice", || !shows("Two accounts may have been created")).await;
}

//! The dialog that deletes the default account.

use leptos::prelude::document;

use crate::harness::api::{MockResponse, deletes, on_delete, on_get, respond_with};
use crate::harness::app::{TestApp, open, path};
use crate::harness::fixtures::{ACCOUNT, ACCOUNT_PATH, ACCOUNTS_PATH};
use crate::harness::page::{query_in, text_of};
use crate::harness::user::{fill, press, see, see_focus_on_heading, see_page};
use crate::harness::wait::wait_for;

/// The name of the default account.
pub(crate) const ACCOUNT_NAME: &str = "ACME Corp Billing";
pub(crate) const CONFIRM_NAME: &str = "Type the account’s name to confirm";
pub(crate) const DELETE: &str = "Delete billing account";
pub(crate) const CHECK_DELETED: &str = "Check now";

/// The page of an account, with the dialog open.
pub(crate) async fn open_delete_dialog(account: &str) -> TestApp {
    let app = open(ACCOUNT_PATH);
    on_get(ACCOUNT_PATH, respond_with(200, account));
    press("Delete").await;
    see("Delete this billing account?").await;
    app
}

/// The dialog of the default account, with the name typed.
pub(crate) async fn open_confirmed_delete() -> TestApp {
    let app = open_delete_dialog(ACCOUNT).await;
    fill(CONFIRM_NAME, ACCOUNT_NAME).await;
    app
}

/// The dialog while the delete waits for its reply.
pub(crate) async fn open_delete_in_flight() -> TestApp {
    let app = open_confirmed_delete().await;
    on_delete(ACCOUNT_PATH, MockResponse::Deferred);
    press(DELETE).await;
    wait_for("the delete", || deletes().len() == 1).await;
    app
}

/// Waits for the list of accounts after one delete, with this message in a status region.
pub(crate) async fn see_list_with(message: &str) {
    see_page("Billing accounts").await;
    see(message).await;
    assert_eq!(path(), ACCOUNTS_PATH);
    see_focus_on_heading().await;
    let regions = query_in(&document().body().expect("a body"), "[role=status]");
    assert!(regions.iter().any(|region| text_of(region).contains(message)));
    assert_eq!(deletes().len(), 1);
}

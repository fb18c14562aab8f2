//! States of the app from which several tests start.

use billing_admin::api::transport::NetworkError;
use leptos::prelude::window;

use crate::harness::api::{MockResponse, network_error, on_get, on_patch, on_post, patches, respond_with};
use crate::harness::app::{TestApp, open};
use crate::harness::dialog::see_dialog;
use crate::harness::fixtures::{ACCOUNT, ACCOUNT_PATH, ACCOUNTS_PATH, CREATE, NEW_PATH, SAVE_CHANGES, edit_path};
use crate::harness::form::{fill_every_field, fill_required_fields};
use crate::harness::provider::{HOUR, on_token, open_signed_in, refused};
use crate::harness::storage::{NEW_DRAFT, stored_draft};
use crate::harness::user::{fill, find, press, see, see_page};
use crate::harness::wait::{tick, wait_for};

pub(crate) const UNKNOWN_CREATE: &str = "We don’t know yet whether the account was created.";
pub(crate) const CHECK_CREATED: &str = "Check again";
pub(crate) const INTERRUPTED: &str = "You left before we heard back";
pub(crate) const EARLIER_ATTEMPT: &str = "An earlier attempt got no response";
pub(crate) const DRAFT_RESTORED: &str = "Draft restored";
pub(crate) const COPY_AS_NEW: &str = "Duplicate in another currency";
pub(crate) const EDIT_HEADING: &str = "Edit billing account";

/// The edit page of the default account.
pub(crate) async fn open_edit() -> TestApp {
    open_edit_of(ACCOUNT).await
}

/// The edit page of an account with this JSON.
pub(crate) async fn open_edit_of(account: &str) -> TestApp {
    let app = open(&edit_path());
    on_get(ACCOUNT_PATH, respond_with(200, account));
    see_page(EDIT_HEADING).await;
    see(SAVE_CHANGES).await;
    app
}

/// The edit page with a changed name, while the save fetches the account again.
pub(crate) async fn open_edit_during_refetch() -> TestApp {
    let app = open_edit().await;
    fill("Name", "Mine").await;
    on_get(ACCOUNT_PATH, MockResponse::Deferred);
    press(SAVE_CHANGES).await;
    see("Saving…").await;
    app
}

/// The edit page with a changed name, while the save waits for its reply.
pub(crate) async fn open_edit_during_save() -> TestApp {
    let app = open_edit().await;
    fill("Name", "Mine").await;
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    on_patch(ACCOUNT_PATH, MockResponse::Deferred);
    press(SAVE_CHANGES).await;
    wait_for("the save", || patches().len() == 1).await;
    app
}

/// The edit page, reached from the list and the account's page, so that the browser can go back.
pub(crate) async fn open_edit_with_history() -> TestApp {
    let app = open(ACCOUNTS_PATH);
    on_get(ACCOUNTS_PATH, respond_with(200, format!(r#"{{"data":[{ACCOUNT}]}}"#)));
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    press("ACME Corp Billing").await;
    press("Edit").await;
    see_page(EDIT_HEADING).await;
    see(SAVE_CHANGES).await;
    app
}

/// The same, with an unsaved change of the name.
pub(crate) async fn open_changes_with_history() -> TestApp {
    let app = open_edit_with_history().await;
    fill("Name", "Mine").await;
    app
}

/// Goes back or forward in the browser's history.
pub(crate) fn go(steps: i32) {
    window().history().expect("a history").go_with_delta(steps).expect("a browser can go there");
}

/// A new account with this name in the form and in the stored draft.
pub(crate) async fn open_with_draft(name: &str) -> TestApp {
    let app = open(NEW_PATH);
    fill("Name", name).await;
    see_draft_with(name).await;
    app
}

/// Waits until the stored draft of the new account contains a text.
pub(crate) async fn see_draft_with(text: &str) {
    wait_for("the stored draft", || stored_draft(NEW_DRAFT).is_some_and(|draft| draft.contains(text))).await;
}

/// A new account named "Acme" whose save got no reply; `before` is the list of accounts before the save.
pub(crate) async fn create_without_reply(before: MockResponse) -> TestApp {
    let app = open(NEW_PATH);
    on_get(ACCOUNTS_PATH, before);
    fill_required_fields().await;
    on_post(ACCOUNTS_PATH, network_error(NetworkError::Failed));
    press(CREATE).await;
    app
}

/// The same, once the page has checked the outcome by itself, without success.
pub(crate) async fn open_unknown_outcome(before: MockResponse) -> TestApp {
    let app = create_without_reply(before).await;
    see(UNKNOWN_CREATE).await;
    find(CHECK_CREATED).await;
    app
}

/// A filled-in form whose save got a 401, and whose session can't be renewed.
pub(crate) async fn open_expired_with_provider() -> TestApp {
    let app = open_signed_in(NEW_PATH, HOUR).await;
    fill_every_field().await;
    on_post(ACCOUNTS_PATH, respond_with(401, ""));
    on_token(refused("Revoked."));
    press(CREATE).await;
    see_dialog("Your session has ended").await;
    // Lets the popup be prepared.
    tick().await;
    app
}

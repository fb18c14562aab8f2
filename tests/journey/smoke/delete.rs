//! An account is deleted: its name is typed, one request is sent, and what became of it is said.

use fantoccini::key::Key;
use sandbox::{Demo, Fault, FaultKind, Sandbox};
use serde_json::json;

use crate::harness::fixtures::{
    CHECK_DELETED, CONFIRM_DELETE, DELETE, GERMANY, GERMANY_NAME, POOLED, SUBSCRIBED, list_of,
};
use crate::harness::requests::ReceivedRequests;
use crate::harness::stage::story;
use crate::harness::user::User;

fn is_there(sandbox: &Sandbox) -> bool {
    sandbox.accounts(POOLED).iter().any(|account| account["id"] == GERMANY)
}

/// The dialog over the account, with its name typed.
async fn confirm(user: &User, id: &str, name: &str) {
    user.goto(&format!("{}/{id}", list_of(POOLED))).await;
    user.sign_in(Demo::Owner).await;
    user.press("Delete").await;
    user.see_focus_on(CONFIRM_DELETE).await;
    user.type_text(name).await;
}

#[tokio::test]
async fn a_double_click_deletes_an_account_once_and_the_list_says_so() {
    story(async |user| {
        user.sandbox.fault(Fault::once(FaultKind::None).on("DELETE", GERMANY).late(3000));
        confirm(user, GERMANY, GERMANY_NAME).await;
        user.double_click(DELETE).await;
        user.see("Deleting…").await;
        // Nor does Escape take away what waits for its answer.
        user.press_key(Key::Escape, 2).await;
        user.see("Deleting…").await;
        user.see("Billing account deleted").await;
        user.see_heading("Billing accounts").await;
        user.see_path(&list_of(POOLED)).await;
        assert_eq!((user.sandbox.deletes(), is_there(&user.sandbox)), (1, false));
    })
    .await;
}

#[tokio::test]
async fn escape_leaves_the_account_and_gives_the_focus_back() {
    story(async |user| {
        confirm(user, GERMANY, "Acme").await;
        user.press_key(Key::Enter, 1).await;
        user.see_error(CONFIRM_DELETE, "Enter “Acme Netzwerke GmbH” to confirm").await;
        user.press_key(Key::Escape, 1).await;
        user.see_no(DELETE).await;
        user.see_focus_on("Delete").await;
        assert_eq!((user.sandbox.deletes(), is_there(&user.sandbox)), (0, true));
    })
    .await;
}

#[tokio::test]
async fn an_account_that_somebody_else_deleted_is_said_to_be_gone() {
    story(async |user| {
        confirm(user, GERMANY, GERMANY_NAME).await;
        let script = format!(
            "fetch('/api{}/{GERMANY}', {{ method: 'DELETE', headers: {{ authorization: 'Bearer {}' }} }})
                .then(reply => arguments[0](reply.status))",
            list_of(POOLED),
            user.sandbox.token(Demo::Admin)
        );
        assert_eq!(user.evaluate_async(&script).await, json!(204));
        user.press_key(Key::Enter, 1).await;
        user.see("This billing account was already gone").await;
        user.see_path(&list_of(POOLED)).await;
    })
    .await;
}

#[tokio::test]
async fn an_account_with_a_subscription_is_kept_with_the_reason_and_the_way_to_it() {
    story(async |user| {
        confirm(user, SUBSCRIBED, "ACME Corp Billing").await;
        user.press_key(Key::Enter, 1).await;
        user.see("Cannot delete a billing account that has active subscriptions.").await;
        let link = "link('About this error (opens in a new tab)')?.href";
        user.expect(link, "https://docs.altostrat.io/errors/active_subscriptions_exist").await;
        user.see_value(CONFIRM_DELETE, "ACME Corp Billing").await;
        assert_eq!((user.sandbox.deletes(), user.sandbox.accounts(POOLED).len()), (1, 3));
    })
    .await;
}

#[tokio::test]
async fn a_deletion_without_an_answer_is_found_to_have_been_done() {
    story(async |user| {
        user.sandbox.fault(Fault::once(FaultKind::CutAfter).on("DELETE", GERMANY));
        confirm(user, GERMANY, GERMANY_NAME).await;
        user.press_key(Key::Enter, 1).await;
        user.see("The account may or may not have been deleted.").await;
        user.see_no(DELETE).await;
        user.press(CHECK_DELETED).await;
        user.see("Billing account deleted").await;
        assert_eq!((user.sandbox.deletes(), is_there(&user.sandbox)), (1, false));
    })
    .await;
}

#[tokio::test]
async fn a_deletion_without_an_answer_that_was_not_done_is_sent_again() {
    story(async |user| {
        user.sandbox.fault(Fault::once(FaultKind::CutBefore).on("DELETE", GERMANY));
        confirm(user, GERMANY, GERMANY_NAME).await;
        user.press_key(Key::Enter, 1).await;
        user.press(CHECK_DELETED).await;
        user.see("The account is still there").await;
        user.see_focus_on(CONFIRM_DELETE).await;
        assert_eq!((user.sandbox.deletes(), is_there(&user.sandbox)), (1, true));
        user.press(DELETE).await;
        user.see("Billing account deleted").await;
        assert_eq!((user.sandbox.deletes(), is_there(&user.sandbox)), (2, false));
    })
    .await;
}

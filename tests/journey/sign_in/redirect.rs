//! Signing in by leaving for the provider: there and back, canceled, used again, and after a reload.

use serde_json::{Value, json};

use crate::harness::driver::devtools;
use crate::harness::fixtures::{GERMANY_NAME, POOLED, list_of};
use crate::harness::requests::ReceivedRequests;
use crate::harness::sign_in::{OLIVIA, SIGN_IN};
use crate::harness::stage::story_with_provider;
use crate::harness::user::User;

/// A JavaScript expression: the path of the page with its query.
const PAGE: &str = "location.pathname + location.search";
/// The requests to the provider when a tab signs in again by itself.
const SILENT: [&str; 4] = ["GET openid-configuration", "GET authorize", "GET openid-configuration", "POST token"];

fn page() -> String {
    format!("{}?from=mail", list_of(POOLED))
}

/// Waits for the sign-in page and its reason.
async fn see_rejected(user: &User, title: &str, page: &str) {
    user.see(title).await;
    user.see_heading("Sign in").await;
    user.expect(PAGE, page).await;
    user.expect("sessionStorage.getItem('altostrat.sign_in')", Value::Null).await;
}

#[tokio::test]
async fn two_presses_lead_from_a_new_browser_to_the_page() {
    story_with_provider(async |user| {
        user.goto(&page()).await;
        user.press("Sign in").await;
        user.press(OLIVIA).await;
        user.see(GERMANY_NAME).await;
        user.see("Owner").await;
        user.expect(PAGE, page()).await;
        assert_eq!(user.sandbox.to_provider(), SIGN_IN);
    })
    .await;
}

#[tokio::test]
async fn a_used_callback_is_explained_and_sends_nothing() {
    story_with_provider(async |user| {
        const USED: &str = "This sign-in can’t be used again";
        user.open_through_provider(&page()).await;
        user.see(GERMANY_NAME).await;
        // The browser keeps the address that a page was opened with, though not in its history.
        let opened = user.evaluate("performance.getEntriesByType('navigation')[0].name").await;
        let callback = opened.and_then(|it| it.as_str()?.split_once("/callback?").map(|(_, query)| query.to_owned()));
        let callback = format!("/callback?{}", callback.expect("the page was opened at the callback"));
        user.sandbox.clear_requests();

        user.go_back().await;
        user.press(OLIVIA).await;
        see_rejected(user, USED, "/").await;
        assert_eq!(user.sandbox.to_provider(), ["GET authorize", "POST authorize"]);

        user.goto(&callback).await;
        see_rejected(user, USED, "/").await;
        assert_eq!(user.sandbox.to_provider().len(), 2);
        user.press("Sign in").await;
        user.press(OLIVIA).await;
        user.see("Northwind Operations").await;
    })
    .await;
}

#[tokio::test]
async fn a_canceled_sign_in_is_explained_and_can_be_repeated() {
    story_with_provider(async |user| {
        user.goto(&page()).await;
        user.press("Sign in").await;
        user.press("Cancel").await;
        see_rejected(user, "The sign-in was canceled or refused", &page()).await;
        user.see("“You pressed Cancel.”").await;
        assert_eq!(user.sandbox.to_provider(), SIGN_IN[..3]);
        user.press("Sign in").await;
        user.press(OLIVIA).await;
        user.see(GERMANY_NAME).await;
        user.expect(PAGE, page()).await;
    })
    .await;
}

#[tokio::test]
async fn a_reload_signs_in_by_itself_and_tries_once() {
    story_with_provider(async |user| {
        user.open_through_provider(&page()).await;
        user.see(GERMANY_NAME).await;
        user.expect("sessionStorage.getItem('altostrat.jwt')", Value::Null).await;

        user.sandbox.clear_requests();
        user.reload().await;
        user.see(GERMANY_NAME).await;
        user.expect(PAGE, page()).await;
        assert_eq!(user.sandbox.to_provider(), SILENT);

        // The provider's session ends.
        devtools(&user.client, "Network.clearBrowserCookies", json!({})).await;
        user.sandbox.clear_requests();
        user.reload().await;
        user.see_heading("Sign in").await;
        user.expect(PAGE, page()).await;
        user.expect("document.querySelector('[role=alert]').textContent", "").await;
        user.reload().await;
        user.see_heading("Sign in").await;
        assert_eq!(user.sandbox.to_provider(), SILENT[..2]);
        user.press("Sign in").await;
        user.press(OLIVIA).await;
        user.see(GERMANY_NAME).await;
    })
    .await;
}

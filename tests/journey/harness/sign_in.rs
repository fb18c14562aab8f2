//! Signing in through the sandbox's provider, in this tab or in a popup.

use sandbox::{Fault, FaultKind};
use serde_json::json;

use super::replies::reply;
use super::user::User;

/// The owner's button on the provider's page.
pub(crate) const OLIVIA: &str = "Olivia (owner) olivia@acme.com";
/// What [`super::requests::ReceivedRequests::to_provider`] names while a user signs in: the discovery document, the page
/// of the provider, the press there, and on the callback's page the discovery document and the code's exchange.
pub(crate) const SIGN_IN: [&str; 5] =
    ["GET openid-configuration", "GET authorize", "POST authorize", "GET openid-configuration", "POST token"];

impl User {
    /// Opens a page and signs in there as the owner, through the provider.
    pub(crate) async fn open_through_provider(&self, path: &str) {
        self.goto(path).await;
        self.press("Sign in").await;
        self.press(OLIVIA).await;
    }

    /// Makes the API reject the token of the next request with this method, and the provider the refresh token.
    pub(crate) fn end_session_at(&self, method: &str) {
        self.sandbox.fault(Fault::once(reply(401, "application/json", "{}")).on(method, "/api/"));
        let refused = FaultKind::json(400, &json!({ "error": "invalid_grant", "error_description": "Revoked." }));
        self.sandbox.fault(Fault::once(refused).on("POST", "/oidc/token"));
    }

    /// Continues in the window, tab or popup, that was opened at this position.
    pub(crate) async fn switch_to_window(&self, position: usize) {
        self.wait_until(format!("switch to window {position}"), async || {
            let window = self.client.windows().await.ok()?.get(position)?.clone();
            self.client.switch_to_window(window).await.ok()
        })
        .await;
    }

    /// Waits until the browser has this number of windows.
    pub(crate) async fn see_windows(&self, count: usize) {
        self.wait_until(format!("see {count} windows"), async || {
            (self.client.windows().await.ok()?.len() == count).then_some(())
        })
        .await;
    }
}

//! Two tabs of one browser share a session, and signing out in one signs out both and ends the provider's session.

use crate::harness::fixtures::{GERMANY_NAME, POOLED, USER_MENU, list_of};
use crate::harness::requests::ReceivedRequests;
use crate::harness::stage::story_with_provider;

#[tokio::test]
async fn a_second_tab_continues_and_signing_out_signs_out_both() {
    story_with_provider(async |user| {
        user.open_through_provider(&list_of(POOLED)).await;
        user.see(GERMANY_NAME).await;
        user.sandbox.clear_requests();
        user.follow_in_new_tab(GERMANY_NAME).await;
        user.switch_to_window(1).await;
        user.press("Continue as Olivia Owner").await;
        user.see_heading(GERMANY_NAME).await;
        assert!(user.sandbox.to_provider().is_empty(), "the other tab hands over its token");

        user.press("Sign out").await;
        user.see_heading("Sign in").await;
        user.see_path("/").await;
        assert_eq!(user.sandbox.to_provider(), ["GET openid-configuration", "GET end_session"]);
        user.switch_to_window(0).await;
        user.see_heading("Sign in").await;
        user.see_no(GERMANY_NAME).await;
        user.expect(&format!("!!button('{USER_MENU}')"), false).await;

        user.reload().await;
        user.see_heading("Sign in").await;
        assert_eq!(user.sandbox.to_provider().len(), 2, "neither tab signs in by itself");
    })
    .await;
}

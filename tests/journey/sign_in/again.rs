//! Signing in again over a form: nothing is lost, and nothing is sent until the user presses the button again.

use crate::harness::fixtures::{ASSIGNED, CREATE, SAVE, edit_germany, new_in};
use crate::harness::requests::ReceivedRequests;
use crate::harness::sign_in::OLIVIA;
use crate::harness::stage::story_with_provider;
use crate::harness::user::User;

const ENDED: &str = "Your session has ended";
/// A browser that blocks popups returns no window.
const BLOCK_POPUPS: &str = "window.open = () => null";

/// Presses a button of the form and waits for the dialog.
async fn press_too_late(user: &User, method: &str, button: &str) {
    user.end_session_at(method);
    user.press(button).await;
    user.see(ENDED).await;
    user.sandbox.clear_requests();
}

#[tokio::test]
async fn a_popup_signs_in_over_the_form_and_nothing_is_repeated() {
    story_with_provider(async |user| {
        user.open_through_provider(&new_in(ASSIGNED)).await;
        user.fill_required().await;
        user.fill("Description", "Half of a sentence").await;
        user.choose("Country", "South Africa").await;
        press_too_late(user, "POST", CREATE).await;
        user.press("Sign in again").await;
        user.see("Waiting for sign-in.").await;
        user.switch_to_window(1).await;
        user.press(OLIVIA).await;
        user.see_windows(1).await;
        user.switch_to_window(0).await;
        user.see_no_dialog().await;
        for (label, value) in [
            ("Name", "Karoo Broadband"),
            ("Email", "billing@karoo.example.com"),
            ("Description", "Half of a sentence"),
            ("Country", "ZA"),
        ] {
            user.see_value(label, value).await;
        }
        user.see_path(&new_in(ASSIGNED)).await;
        assert_eq!(user.sandbox.to_provider(), ["GET authorize", "POST authorize", "POST token"]);
        assert!(user.sandbox.posts().is_empty(), "the app repeats no save by itself");
        user.press(CREATE).await;
        user.see("Billing account created").await;
        assert_eq!((user.sandbox.posts().len(), user.sandbox.accounts(ASSIGNED).len()), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn a_blocked_popup_leaves_and_restores_the_changes() {
    story_with_provider(async |user| {
        user.run_before_each_page(BLOCK_POPUPS).await;
        user.open_through_provider(&edit_germany()).await;
        user.fill("Name", "Acme Netze").await;
        user.clear("Phone").await;
        press_too_late(user, "PATCH", SAVE).await;
        user.press("Sign in again").await;
        user.press(OLIVIA).await;
        user.see_heading("Edit billing account").await;
        user.see_path(&edit_germany()).await;
        user.see_value("Name", "Acme Netze").await;
        user.see_value("Phone", "").await;
        user.see_windows(1).await;
        assert!(user.sandbox.patches().is_empty(), "the app repeats no save by itself");
        user.press(SAVE).await;
        user.see("Billing account updated").await;
        assert_eq!(user.sandbox.patches(), [serde_json::json!({ "name": "Acme Netze", "phone": null })]);
    })
    .await;
}

//! Leaving a page with unsaved changes, by each way that a browser offers.

use crate::harness::fixtures::{GERMANY_NAME, POOLED, edit_germany, germany, list_of};
use crate::harness::stage::story;
use crate::harness::user::User;

const QUESTION: &str = "Leave without saving?";
const STAY: &str = "Keep editing";

async fn see_question(user: &User) {
    user.see(QUESTION).await;
    user.see_focus_on(STAY).await;
    user.see_path(&edit_germany()).await;
}

async fn stay(user: &User) {
    see_question(user).await;
    user.press(STAY).await;
    user.see_no(QUESTION).await;
    user.see_value("Name", "Mine").await;
}

#[tokio::test]
async fn links_back_and_sign_out_ask_about_unsaved_changes() {
    story(async |user| {
        user.open_signed_in(&list_of(POOLED)).await;
        user.follow(GERMANY_NAME).await;
        user.follow("Edit").await;
        user.see_value("Name", GERMANY_NAME).await;
        // Without a change there is no question.
        user.go_back().await;
        user.see_heading(GERMANY_NAME).await;
        user.go_forward().await;
        user.fill("Name", "Mine").await;
        user.follow("Cancel").await;
        stay(user).await;
        // A click on a link leaves the focus in the field.
        user.see_focus_on("Name").await;
        user.go_back().await;
        stay(user).await;
        user.press("Sign out").await;
        stay(user).await;

        user.go_back().await;
        see_question(user).await;
        user.press("Discard changes").await;
        user.see_heading(GERMANY_NAME).await;
        user.see_path(&germany()).await;
        user.go_forward().await;
        user.see_value("Name", GERMANY_NAME).await;
        user.reload().await;
        user.see_value("Name", GERMANY_NAME).await;
        user.fill("Name", "Mine").await;
        user.press("Sign out").await;
        see_question(user).await;
        user.press("Sign out").await;
        user.see_heading("Sign in").await;
        assert!(user.sandbox.requests().iter().all(|request| request.method == "GET"));
    })
    .await;
}

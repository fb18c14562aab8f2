//! Leaving a page with changes on it, in every way there is; and a press of the mouse, which is never lost.

use sandbox::Demo;

use crate::harness::fixtures::{GERMANY, POOLED, list_of};
use crate::harness::requests::ReceivedRequests;
use crate::harness::stage::story;
use crate::harness::user::User;

const QUESTION: &str = "Leave without saving?";
const NAME: &str = "Acme Netzwerke GmbH";

async fn is_asked(user: &User) {
    user.see(QUESTION).await;
    user.see_focus_on("Stay").await;
    user.see_path(&format!("{}/{GERMANY}/edit", list_of(POOLED))).await;
}

async fn stays(user: &User) {
    is_asked(user).await;
    user.press("Stay").await;
    user.see_no(QUESTION).await;
    user.see_value("Name", "Mine").await;
}

#[tokio::test]
async fn changes_are_asked_about_by_link_back_forward_and_sign_out() {
    story(async |user| {
        let account = format!("{}/{GERMANY}", list_of(POOLED));
        user.goto(&list_of(POOLED)).await;
        user.sign_in_and_stay(&user.sandbox.token(Demo::Owner)).await;
        user.follow(NAME).await;
        user.follow("Edit").await;
        user.see_value("Name", NAME).await;
        // Nothing is changed yet, so nothing is asked.
        user.client.back().await.expect("there is a page to go back to");
        user.see_heading(NAME).await;
        user.client.forward().await.expect("there is a page to go forward to");
        user.fill("Name", "Mine").await;
        user.follow("Cancel").await;
        stays(user).await;
        // A press of the mouse leaves the focus where the user was typing.
        user.see_focus_on("Name").await;
        user.client.back().await.expect("there is a page to go back to");
        stays(user).await;
        user.press("Sign out").await;
        stays(user).await;

        user.client.back().await.expect("there is a page to go back to");
        is_asked(user).await;
        user.press("Leave").await;
        user.see_heading(NAME).await;
        user.see_path(&account).await;
        user.client.forward().await.expect("there is a page to go forward to");
        user.see_value("Name", NAME).await;
        user.reload().await;
        user.see_value("Name", NAME).await;
        user.fill("Name", "Mine").await;
        user.press("Sign out").await;
        is_asked(user).await;
        user.press("Sign out").await;
        user.see_heading("Sign in").await;
        assert!(user.sandbox.requests().iter().all(|seen| seen.method == "GET"));
    })
    .await;
}

/// The field showed its error when it lost the focus, the button moved from under the mouse, and the press was lost.
#[tokio::test]
async fn the_first_press_of_the_mouse_counts_though_an_error_appears_above_the_button() {
    story(async |user| {
        user.goto("/").await;
        user.fill("Token", "my password").await;
        user.press("Sign in").await;
        user.expect("document.activeElement.className", "summary").await;
        user.see("There is a problem").await;
        assert!(user.sandbox.requests().is_empty() && user.sandbox.posts().is_empty());
    })
    .await;
}

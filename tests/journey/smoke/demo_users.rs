//! The sandbox signs its demo users in with one press.

use crate::harness::fixtures::{POOLED, list_of};
use crate::harness::stage::story;

#[tokio::test]
async fn one_press_signs_in_as_a_demo_user() {
    story(async |user| {
        for (name, text) in [
            ("Olivia (owner)", "New billing account"),
            ("Adam (admin)", "New billing account"),
            ("Vera (viewer)", "View only. Ask an owner or admin to make changes."),
        ] {
            user.goto(&list_of(POOLED)).await;
            user.press(name).await;
            user.see_heading("Billing accounts").await;
            user.see(text).await;
        }
    })
    .await;
}

//! Without a network nothing is sent, and the form is kept until the next press of the button.

use crate::harness::fixtures::{ASSIGNED, CREATE, new_in};
use crate::harness::requests::ReceivedRequests;
use crate::harness::stage::story;

#[tokio::test]
async fn nothing_is_sent_offline_and_the_next_press_sends() {
    story(async |user| {
        user.open_signed_in(&new_in(ASSIGNED)).await;
        user.fill_required().await;
        user.set_online(false).await;
        user.press(CREATE).await;
        user.see("You’re offline").await;
        user.see("The account wasn’t created.").await;
        user.see("Connect to the internet and try again.").await;
        user.see_value("Name", "Karoo Broadband").await;
        user.set_online(true).await;
        user.see("You’re offline").await;
        assert!(user.sandbox.posts().is_empty());
        user.press(CREATE).await;
        user.see("Billing account created").await;
        assert_eq!((user.sandbox.posts().len(), user.sandbox.accounts(ASSIGNED).len()), (1, 1));
    })
    .await;
}

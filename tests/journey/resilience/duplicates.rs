//! An account like one that is there is pointed out before it is sent; it is created all the same.

use fantoccini::key::Key;
use sandbox::Demo;

use crate::harness::fixtures::{GERMANY, POOLED, list_of, new_in};
use crate::harness::requests::ReceivedRequests;
use crate::harness::stage::story;

const NAME: &str = "ACME NETZWERKE GMBH";

#[tokio::test]
async fn a_likely_duplicate_is_pointed_out_and_created_anyway() {
    story(async |user| {
        user.goto(&new_in(POOLED)).await;
        user.sign_in(Demo::Owner).await;
        user.fill("Name", NAME).await;
        user.see("Acme Netzwerke GmbH, rechnung@acme.de. The name is the same, or differs only in case").await;
        user.see_focus_on("Name").await;
        user.fill("Email", "new@acme.example.com").await;
        user.expect("link('Open it: Acme Netzwerke GmbH')?.pathname", format!("{}/{GERMANY}", list_of(POOLED))).await;
        assert!(user.sandbox.posts().is_empty());
        // Once more after the create, which is compared with it.
        assert_eq!(user.sandbox.gets(&format!("/api{}", list_of(POOLED))), 1, "the list is asked for once");

        // By keyboard: it is on the way to the button.
        user.focus("Postal code").await;
        user.press_key(Key::Tab, 1).await;
        user.see_focus_on("Open it: Acme Netzwerke GmbH").await;
        user.press_key(Key::Tab, 1).await;
        user.see_focus_on("Create anyway").await;
        user.press_key(Key::Enter, 1).await;
        user.see("Billing account created").await;
        assert_eq!((user.sandbox.posts().len(), user.sandbox.accounts(POOLED).len()), (1, 4));
    })
    .await;
}

//! However often and fast a button or Enter is pressed, one request is sent.

use fantoccini::key::Key;
use sandbox::{Fault, FaultKind};
use serde_json::json;

use crate::harness::fixtures::{ASSIGNED, CREATE, GERMANY, SAVE, germany, new_in};
use crate::harness::requests::ReceivedRequests;
use crate::harness::stage::story;
use crate::harness::user::User;

/// Milliseconds of delay for a reply, so that it comes after every press.
const REPLY_AFTER: u64 = 700;

#[derive(Debug, Clone, Copy)]
enum Presses {
    DoubleClick,
    FiveEnters,
    ClickAndEnter,
}

impl Presses {
    const ALL: [Self; 3] = [Self::DoubleClick, Self::FiveEnters, Self::ClickAndEnter];

    async fn perform(self, user: &User, button: &str) {
        match self {
            Self::DoubleClick => user.double_click(button).await,
            Self::FiveEnters => user.press_key(Key::Enter, 5).await,
            Self::ClickAndEnter => {
                user.press(button).await;
                user.press_key(Key::Enter, 1).await;
            }
        }
    }
}

#[tokio::test]
async fn repeated_presses_create_one_account_and_lock_the_form() {
    story(async |user| {
        user.open_signed_in(&new_in(ASSIGNED)).await;
        for (index, presses) in Presses::ALL.into_iter().enumerate() {
            user.sandbox.fault(Fault::once(FaultKind::None).on("POST", "/billing-accounts").late(REPLY_AFTER));
            user.goto(&new_in(ASSIGNED)).await;
            user.fill("Name", "Karoo").await;
            user.fill("Email", &format!("billing{index}@karoo.example.com")).await;
            presses.perform(user, CREATE).await;
            user.see("Saving…").await;
            user.insert_text(" and more").await;
            user.click_option("Currency", "EUR – Euro").await;
            user.see_value("Currency", "").await;
            user.see("Billing account created").await;
            let sent = user.sandbox.posts();
            let body = json!({ "name": "Karoo", "email": format!("billing{index}@karoo.example.com") });
            assert_eq!((sent.len(), sent.last()), (index + 1, Some(&body)), "{presses:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn repeated_presses_send_a_change_once() {
    story(async |user| {
        user.open_signed_in(&germany()).await;
        for (index, presses) in Presses::ALL.into_iter().enumerate() {
            user.sandbox.fault(Fault::once(FaultKind::None).on("PATCH", GERMANY).late(REPLY_AFTER));
            user.sandbox.clear_requests();
            user.follow("Edit").await;
            user.fill("Phone", &format!("021 {index}")).await;
            presses.perform(user, SAVE).await;
            user.see("Billing account updated").await;
            user.see_detail("Phone", &format!("021 {index}")).await;
            assert_eq!(user.sandbox.patches().len(), 1, "{presses:?}");
        }
    })
    .await;
}

//! However often and however fast it is pressed, one account is created.

use fantoccini::key::Key;
use sandbox::{Demo, Fault, FaultKind};
use serde_json::json;

use crate::harness::fixtures::{ASSIGNED, CREATE, GERMANY, POOLED, list_of, new_in};
use crate::harness::requests::ReceivedRequests;
use crate::harness::stage::story;
use crate::harness::user::User;

/// Long enough for every press to come before the reply.
const REPLY_AFTER_MS: u64 = 700;

async fn one_account(press: impl AsyncFnOnce(&User)) {
    story(async |user| {
        user.sandbox.fault(Fault::once(FaultKind::None).on("POST", "/billing-accounts").late(REPLY_AFTER_MS));
        user.goto(&new_in(ASSIGNED)).await;
        user.sign_in(Demo::Owner).await;
        user.fill("Name", "Karoo Broadband").await;
        user.fill("Email", "billing@karoo.example.com").await;
        press(user).await;
        user.see("Saving…").await;
        user.see("Billing account created").await;
        assert_eq!((user.sandbox.posts().len(), user.sandbox.accounts(ASSIGNED).len()), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn a_double_click_creates_one_account() {
    one_account(async |user| user.double_click(CREATE).await).await;
}

#[tokio::test]
async fn five_enters_create_one_account() {
    one_account(async |user| user.press_key(Key::Enter, 5).await).await;
}

#[tokio::test]
async fn a_click_and_an_enter_create_one_account() {
    one_account(async |user| {
        user.press(CREATE).await;
        user.press_key(Key::Enter, 1).await;
    })
    .await;
}

#[tokio::test]
async fn however_a_change_is_sent_it_is_sent_once() {
    story(async |user| {
        let account = format!("{}/{GERMANY}", list_of(POOLED));
        user.goto(&account).await;
        user.sign_in(Demo::Owner).await;
        for way in 0..3 {
            user.sandbox.fault(Fault::once(FaultKind::None).on("PATCH", GERMANY).late(REPLY_AFTER_MS));
            user.sandbox.clear_requests();
            user.follow("Edit").await;
            user.fill("Phone", &format!("021 {way}")).await;
            match way {
                0 => user.double_click("Save changes").await,
                1 => user.press_key(Key::Enter, 5).await,
                _ => {
                    user.press("Save changes").await;
                    user.press_key(Key::Enter, 1).await;
                }
            }
            user.see("Billing account updated").await;
            user.see_detail("Phone", &format!("021 {way}")).await;
            assert_eq!(user.sandbox.requests().iter().filter(|seen| seen.method == "PATCH").count(), 1, "{way}");
        }
    })
    .await;
}

/// What was typed while a save was on its way was neither sent nor kept.
#[tokio::test]
async fn what_is_being_saved_takes_no_typing() {
    story(async |user| {
        user.sandbox.fault(Fault::once(FaultKind::None).on("POST", "/billing-accounts").late(10_000));
        user.goto(&new_in(ASSIGNED)).await;
        user.sign_in(Demo::Owner).await;
        user.fill("Email", "billing@acme.com").await;
        user.fill("Name", "Acme").await;
        user.press_key(Key::Enter, 1).await;
        user.see("Saving…").await;
        user.insert_text(" and more").await;
        user.click_option("Currency", "EUR – Euro").await;
        user.see_value("Currency", "").await;
        user.double_click("Saving…").await;
        user.press_key(Key::Enter, 5).await;
        user.see_value("Name", "Acme").await;
        user.see_heading("Acme").await;
        assert_eq!(user.sandbox.posts(), [json!({ "name": "Acme", "email": "billing@acme.com" })]);
    })
    .await;
}

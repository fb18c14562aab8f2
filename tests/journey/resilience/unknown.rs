//! An outcome that is not known, to its end: the check, a reload in the middle, another attempt, another tab.

use fantoccini::key::Key;
use sandbox::{Demo, Fault, FaultKind};
use serde_json::json;

use crate::harness::fixtures::{ASSIGNED, CHECK_CREATED, CREATE, GERMANY, POOLED, list_of, new_in};
use crate::harness::requests::ReceivedRequests;
use crate::harness::stage::story;
use crate::harness::user::User;

const DRAFTS: &str = "Object.keys(sessionStorage).filter(key => key.startsWith('altostrat.draft.')).length";

async fn fill_in(user: &User, name: &str) {
    user.goto(&new_in(ASSIGNED)).await;
    user.sign_in_and_stay(&user.sandbox.token(Demo::Owner)).await;
    user.fill("Name", name).await;
    user.fill("Email", "billing@karoo.example.com").await;
}

#[tokio::test]
async fn a_reload_in_mid_flight_hides_nothing_and_sends_nothing() {
    story(async |user| {
        user.sandbox.fault(Fault::once(FaultKind::None).on("POST", "/billing-accounts").late(3000));
        fill_in(user, "Karoo Broadband").await;
        user.fill("City", "Prince Albert").await;
        user.press(CREATE).await;
        user.see("Saving…").await;
        user.reload().await;
        user.see("The page was left before the API answered").await;
        user.see_value("Name", "Karoo Broadband").await;
        user.see_value("City", "Prince Albert").await;
        user.press(CREATE).await;
        user.see_focus_on(CHECK_CREATED).await;
        user.press_key(Key::Enter, 1).await;
        user.see("Billing account created").await;
        user.see_heading("Karoo Broadband").await;
        assert_eq!((user.sandbox.posts().len(), user.sandbox.accounts(ASSIGNED).len()), (1, 1));
        user.expect(DRAFTS, 0).await;
    })
    .await;
}

/// The tab is duplicated while it is not known: each of the two knows that it is not.
#[tokio::test]
async fn a_copy_of_the_tab_does_not_create_a_second_account() {
    story(async |user| {
        user.sandbox.fault(Fault::once(FaultKind::CutAfter).on("POST", "/billing-accounts"));
        fill_in(user, "Karoo Broadband").await;
        user.press(CREATE).await;
        user.see("may or may not").await;
        // It copies the storage, as "Duplicate tab" does.
        user.evaluate("!!window.open(location.href)").await;
        let windows = user.client.windows().await.expect("windows");
        let here = user.client.window().await.expect("a window");
        let other = windows.into_iter().find(|window| *window != here).expect("a second tab");
        for window in [other, here] {
            user.client.switch_to_window(window).await.expect("a tab");
            user.press(CHECK_CREATED).await;
            user.see("Billing account created").await;
        }
        assert_eq!((user.sandbox.posts().len(), user.sandbox.accounts(ASSIGNED).len()), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn an_older_account_of_the_same_name_is_not_taken_for_the_new_one() {
    story(async |user| {
        fill_in(user, "Karoo Broadband").await;
        user.press(CREATE).await;
        user.see("Billing account created").await;
        user.goto(&new_in(ASSIGNED)).await;
        user.fill("Name", "Karoo Broadband").await;
        user.fill("Email", "billing@karoo.example.com").await;
        user.sandbox.fault(Fault::once(FaultKind::CutBefore).on("POST", "/billing-accounts"));
        user.press(CREATE).await;
        user.press(CHECK_CREATED).await;
        user.see("The account was not found").await;
        user.see("Karoo Broadband, created").await;
        user.press("Send again").await;
        user.see("Billing account created").await;
        assert_eq!((user.sandbox.posts().len(), user.sandbox.accounts(ASSIGNED).len()), (3, 2));
    })
    .await;
}

#[tokio::test]
async fn a_check_that_is_refused_or_fails_does_not_lock_the_form_for_ever() {
    story(async |user| {
        fill_in(user, "Karoo Broadband").await;
        user.sandbox.fault(Fault::once(FaultKind::Html { status: 502 }).on("POST", "/billing-accounts"));
        user.press(CREATE).await;
        user.see("may or may not").await;
        for (status, says) in [(403, "You are not allowed to do this"), (500, "The API failed (status 500)")] {
            user.sandbox.fault(Fault::once(FaultKind::Empty { status }).on("GET", "/billing-accounts"));
            user.expect("(button('Check whether it was created') ?? button('Check again'))?.click(), 0", 0).await;
            user.see("It could not be checked").await;
            user.see(says).await;
            user.see("there may be two accounts").await;
        }
        user.press("Back to the form").await;
        user.see("An earlier attempt had no answer").await;
        user.fill("Name", "Karoo Fibre").await;
        let refusal = json!({ "message": "No.", "errors": { "name": ["Not this one."] } });
        user.sandbox.fault(Fault::once(FaultKind::json(422, &refusal)).on("POST", "/billing-accounts"));
        user.press(CREATE).await;
        user.see_error("Name", "Not this one.").await;
        user.see("An earlier attempt had no answer").await;
        user.fill("Name", "Karoo Broadband").await;
        user.press(CREATE).await;
        user.see("Billing account created").await;
        assert_eq!((user.sandbox.posts().len(), user.sandbox.accounts(ASSIGNED).len()), (3, 1));
        user.expect(DRAFTS, 0).await;
    })
    .await;
}

#[tokio::test]
async fn a_change_survives_a_reload_in_mid_flight_too() {
    story(async |user| {
        let account = format!("{}/{GERMANY}", list_of(POOLED));
        user.goto(&format!("{account}/edit")).await;
        user.sign_in_and_stay(&user.sandbox.token(Demo::Owner)).await;
        user.sandbox.fault(Fault::once(FaultKind::CutBefore).on("PATCH", GERMANY).late(2000));
        user.fill("Name", "Acme Netze GmbH").await;
        user.clear("Phone").await;
        user.press("Save changes").await;
        user.see("Saving…").await;
        user.wait_until("see the request", async || {
            user.sandbox.requests().iter().any(|seen| seen.method == "PATCH").then_some(())
        })
        .await;
        user.reload().await;
        user.see("The page was left before the API answered").await;
        user.see_value("Name", "Acme Netze GmbH").await;
        user.see_value("Phone", "").await;
        user.press("Check whether it was saved").await;
        user.see("Name was sent as “Acme Netze GmbH” and is “Acme Netzwerke GmbH”.").await;
        user.press("Send again").await;
        user.see("Billing account updated").await;
        let patches = user.sandbox.requests().into_iter().filter(|seen| seen.method == "PATCH");
        let bodies: Vec<_> = patches.map(|seen| seen.body.unwrap_or_default()).collect();
        assert_eq!(
            bodies,
            [json!({ "name": "Acme Netze GmbH", "phone": null }), json!({ "name": "Acme Netze GmbH", "phone": null })]
        );
    })
    .await;
}

//! A save without an answer that the app can rely on: it is sent once, nothing typed is lost, and a check finds out
//! whether it was done. Only a real connection can break, redirect or stall in these ways.

use fantoccini::key::Key;
use sandbox::{Fault, FaultKind};

use crate::harness::emulation::SHORT_DEADLINE;
use crate::harness::fixtures::{
    ASSIGNED, CHECK_AGAIN, CREATE, DRAFT_COUNT, GERMANY, NEVER_MS, POOLED, REMOVE_DRAFTS, SAVE, edit_germany, new_in,
};
use crate::harness::requests::ReceivedRequests;
use crate::harness::stage::story;
use crate::harness::user::User;

const UNKNOWN: &str = "We don’t know yet whether";
/// Milliseconds of delay for each check, so that the page shows the unknown outcome before the first check ends.
const CHECK_MS: u64 = 1_000;

/// Opens a page as in a new tab, without drafts or unanswered saves.
async fn open_without_drafts(user: &User, path: &str) {
    // A form that is left still writes its draft, so it has to be gone before the drafts are removed.
    user.goto("/").await;
    user.see_heading("Choose a workspace").await;
    user.evaluate(REMOVE_DRAFTS).await;
    user.goto(path).await;
}

/// Delays each check of the outcome, and every other load of accounts, until the faults are cleared.
fn slow_checks(user: &User) {
    user.sandbox.fault(Fault::always(FaultKind::None).on("GET", "/billing-accounts").late(CHECK_MS));
}

/// The faults, and whether the sandbox saves all the same.
fn lost_replies() -> [(Fault, bool); 4] {
    let redirect = |to: &str| FaultKind::Redirect { to: to.into() };
    [
        (Fault::once(FaultKind::CutBefore), false),
        (Fault::once(FaultKind::CutAfter), true),
        (Fault::once(redirect("/api/workspaces")), false),
        (Fault::once(redirect("https://example.com/")).after_work(), true),
    ]
}

#[tokio::test]
async fn a_create_without_a_reply_is_sent_once_and_checked() {
    story(async |user| {
        user.open_signed_in("/").await;
        for (index, (fault, saved)) in lost_replies().into_iter().enumerate() {
            let (name, accounts) = (format!("Karoo Broadband {index}"), user.sandbox.accounts(ASSIGNED).len());
            open_without_drafts(user, &new_in(ASSIGNED)).await;
            user.fill_required().await;
            user.fill("Name", &name).await;
            user.sandbox.clear_requests();
            user.sandbox.fault(fault.clone().on("POST", "/billing-accounts"));
            slow_checks(user);
            user.press(CREATE).await;
            user.see(UNKNOWN).await;
            user.see_value("Name", &name).await;
            assert_eq!(user.sandbox.accounts(ASSIGNED).len(), accounts + usize::from(saved), "{fault:?}");
            if saved {
                user.see("Billing account created").await;
                user.expect(DRAFT_COUNT, 0).await;
            } else {
                user.see("It isn’t in the list of accounts yet").await;
                user.see(CHECK_AGAIN).await;
                user.see("Create anyway").await;
            }
            user.sandbox.clear_faults();
            assert_eq!(user.sandbox.posts().len(), 1, "{fault:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_change_without_a_reply_is_sent_once_and_checked() {
    story(async |user| {
        user.open_signed_in("/").await;
        for (index, (fault, saved)) in lost_replies().into_iter().enumerate() {
            let name = format!("Acme Netze {index}");
            open_without_drafts(user, &edit_germany()).await;
            user.fill("Name", &name).await;
            user.sandbox.clear_requests();
            user.sandbox.fault(fault.clone().on("PATCH", GERMANY));
            slow_checks(user);
            user.press(SAVE).await;
            user.see(UNKNOWN).await;
            user.see_value("Name", &name).await;
            let stored = user.sandbox.accounts(POOLED).iter().any(|account| account["name"] == *name);
            assert_eq!(stored, saved, "{fault:?}");
            if saved {
                user.see("Billing account updated").await;
                user.expect(DRAFT_COUNT, 0).await;
            } else {
                user.see("They aren’t in the account yet").await;
                user.see(CHECK_AGAIN).await;
                user.see("Send again").await;
            }
            user.sandbox.clear_faults();
            assert_eq!(user.sandbox.patches().len(), 1, "{fault:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_reply_after_the_deadline_is_not_waited_for() {
    story(async |user| {
        user.run_before_each_page(SHORT_DEADLINE).await;
        user.open_signed_in("/").await;
        let late_reply = Fault::once(FaultKind::None).late(NEVER_MS);
        let slow_body = Fault::once(FaultKind::SlowBytes { ms_per_byte: 200 });
        for (index, fault) in [late_reply, slow_body].into_iter().enumerate() {
            open_without_drafts(user, &new_in(ASSIGNED)).await;
            user.fill_required().await;
            user.fill("Name", &format!("Karoo Broadband {index}")).await;
            user.sandbox.fault(fault.on("POST", "/billing-accounts"));
            slow_checks(user);
            user.press(CREATE).await;
            user.see(UNKNOWN).await;
            if index == 0 {
                user.see("Altostrat took too long to respond").await;
            }
            assert_eq!(user.sandbox.accounts(ASSIGNED).len(), index + 1, "the sandbox saved before the deadline");
            user.see("Billing account created").await;
            user.sandbox.clear_faults();
            assert_eq!((user.sandbox.posts().len(), user.sandbox.accounts(ASSIGNED).len()), (index + 1, index + 1));
        }
    })
    .await;
}

#[tokio::test]
async fn a_reload_during_a_save_hides_nothing_and_sends_nothing() {
    story(async |user| {
        user.sandbox.fault(Fault::once(FaultKind::None).on("POST", "/billing-accounts").late(1500));
        user.open_signed_in(&new_in(ASSIGNED)).await;
        user.fill_required().await;
        user.fill("City", "Prince Albert").await;
        user.press(CREATE).await;
        user.see("Saving…").await;
        let sent = async || (!user.sandbox.posts().is_empty()).then_some(());
        user.wait_until("see the request", sent).await;
        // Until the checks that the app makes by itself are over, so that the user makes the last one.
        user.sandbox.fault(Fault::always(FaultKind::CutBefore).on("GET", "/billing-accounts"));
        user.reload().await;
        user.see("You left before we heard back").await;
        user.see_value("Name", "Karoo Broadband").await;
        user.see_value("City", "Prince Albert").await;
        user.see(CHECK_AGAIN).await;
        user.sandbox.clear_faults();
        user.press(CREATE).await;
        user.see_focus_on(CHECK_AGAIN).await;
        user.press_key(Key::Enter, 1).await;
        user.see("Billing account created").await;
        user.see_heading("Karoo Broadband").await;
        assert_eq!((user.sandbox.posts().len(), user.sandbox.accounts(ASSIGNED).len()), (1, 1));
        user.expect(DRAFT_COUNT, 0).await;
    })
    .await;
}

#[tokio::test]
async fn a_duplicated_tab_does_not_create_a_second_account() {
    story(async |user| {
        user.sandbox.fault(Fault::once(FaultKind::CutAfter).on("POST", "/billing-accounts"));
        user.open_signed_in(&new_in(ASSIGNED)).await;
        user.fill_required().await;
        // Until the checks that both tabs make by themselves are over.
        user.sandbox.fault(Fault::always(FaultKind::CutBefore).on("GET", "/billing-accounts"));
        user.press(CREATE).await;
        user.see(UNKNOWN).await;
        // `window.open` copies the tab's storage, as "Duplicate tab" does.
        user.evaluate("!!window.open(location.href)").await;
        let tabs = user.client.windows().await.expect("the tabs");
        let original = user.client.window().await.expect("a tab");
        let duplicate = tabs.into_iter().find(|tab| *tab != original).expect("a second tab");
        for tab in [&duplicate, &original] {
            user.client.switch_to_window(tab.clone()).await.expect("a tab");
            user.see(CHECK_AGAIN).await;
        }
        user.sandbox.clear_faults();
        for tab in [duplicate, original] {
            user.client.switch_to_window(tab).await.expect("a tab");
            user.press(CHECK_AGAIN).await;
            user.see("Billing account created").await;
        }
        assert_eq!((user.sandbox.posts().len(), user.sandbox.accounts(ASSIGNED).len()), (1, 1));
    })
    .await;
}

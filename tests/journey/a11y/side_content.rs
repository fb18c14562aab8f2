//! The accessibility audit of dialogs, hints, waits and notices, and of an app that cannot continue.

use sandbox::{Demo, Fault, FaultKind};

use crate::harness::audit::audit;
use crate::harness::driver;
use crate::harness::fixtures::{
    ASSIGNED, CHECK_DELETED, CONFIRM_DELETE, CREATE, DELETE, FORM_LOCKED, GERMANY, GERMANY_NAME, NEVER_MS, POOLED,
    SAVE, SINGLE, SUBSCRIBED, edit_germany, germany, list_of, new_in,
};
use crate::harness::replies::too_many_requests;
use crate::harness::site::answer_chunk_with;

#[tokio::test]
async fn the_delete_dialog_passes_the_audit() {
    audit(async |audit| {
        let user = audit.user;
        user.open_signed_in(&format!("{}/{SUBSCRIBED}", list_of(POOLED))).await;
        user.press("Delete").await;
        audit.state("delete", CONFIRM_DELETE).await;
        user.fill(CONFIRM_DELETE, "ACME").await;
        user.press(DELETE).await;
        user.see_error(CONFIRM_DELETE, "Enter “ACME Corp Billing” to confirm").await;
        audit.state("delete, with an error", "Enter “ACME Corp Billing” to confirm").await;
        user.fill(CONFIRM_DELETE, "ACME Corp Billing").await;
        user.press(DELETE).await;
        audit.state("delete, refused", "Cancel its active subscriptions first").await;
        user.sandbox.fault(Fault::once(too_many_requests()).on("DELETE", SUBSCRIBED));
        user.press(DELETE).await;
        audit.state("delete, too many requests", "Too many requests").await;

        user.goto(&germany()).await;
        user.press("Delete").await;
        user.fill(CONFIRM_DELETE, GERMANY_NAME).await;
        user.sandbox.fault(Fault::once(FaultKind::CutBefore).on("DELETE", GERMANY));
        user.press(DELETE).await;
        audit.state("delete, unknown outcome", "We don’t know yet whether the account was deleted.").await;
        user.press(CHECK_DELETED).await;
        audit.state("delete, still there", "The account wasn’t deleted").await;
        user.sandbox.fault(Fault::once(FaultKind::None).on("DELETE", GERMANY).late(3000));
        user.press(DELETE).await;
        user.see("Billing account deleted").await;
        audit.state("list, just deleted", "Billing account deleted").await;
    })
    .await;
}

#[tokio::test]
async fn hints_and_waits_of_the_form_pass_the_audit() {
    audit(async |audit| {
        let user = audit.user;
        user.open_signed_in("/").await;
        user.fill("Search workspaces", "north").await;
        audit.state("workspaces, narrowed", "Press Enter to open").await;
        user.fill("Search workspaces", "zzz").await;
        user.see_no("Press Enter to open").await;
        audit.state("workspaces, none matches", "Search workspaces").await;

        user.goto(&new_in(SINGLE)).await;
        audit.state("create, no room", "Billing account limit reached").await;
        user.goto(&format!("{}?name=Karoo&email=billing%40karoo&country=za", new_in(ASSIGNED))).await;
        audit.state("create, from a link", "This form was filled in by a link").await;
        user.goto(&new_in(POOLED)).await;
        user.fill("Name", GERMANY_NAME).await;
        audit.state("create, likely duplicate", "has nearly the same name").await;

        user.fill("Email", "billing@acme.example.com").await;
        user.set_online(false).await;
        user.press(CREATE).await;
        audit.state("offline", "You’re offline").await;
        user.set_online(true).await;

        user.sandbox.fault(Fault::once(too_many_requests()).on("POST", "/billing-accounts"));
        user.goto(&new_in(ASSIGNED)).await;
        user.fill_required().await;
        user.press(CREATE).await;
        audit.state("too many requests", "Too many requests").await;

        user.goto(&new_in(POOLED)).await;
        user.fill_required().await;
        user.see("No similar account in this workspace").await;
        user.sandbox.fault(Fault::once(FaultKind::CutAfter).on("POST", "/billing-accounts"));
        // It checks by itself.
        user.sandbox.fault(Fault::once(too_many_requests()).on("GET", "/billing-accounts"));
        user.press(CREATE).await;
        audit.state("not checked, too many requests", "We couldn’t check. Too many requests.").await;
    })
    .await;
}

#[tokio::test]
async fn leaving_and_saving_an_edit_pass_the_audit() {
    audit(async |audit| {
        let user = audit.user;
        let edit = edit_germany();
        user.open_signed_in(&edit).await;
        user.fill("Name", "Acme Netze GmbH").await;
        user.follow("Cancel").await;
        audit.state("leave with changes", "Leave without saving?").await;
        user.press("Keep editing").await;

        user.sandbox.fault(Fault::once(FaultKind::CutBefore).on("PATCH", GERMANY));
        user.press(SAVE).await;
        audit.state("edit, unknown outcome", "We don’t know yet whether your changes were saved.").await;
        // It checks by itself for some seconds.
        audit.state("edit, checked, not saved", "They aren’t in the account yet").await;
        user.press("Send again").await;
        audit.state("account, just updated", "Billing account updated").await;
        user.press("Undo").await;
        audit.state("account, changes undone", "Changes undone").await;

        user.goto(&edit).await;
        user.see("No changes yet").await;
        let saved = format!(r#"{{"version":1,"event":"saved","workspace":"{POOLED}","account":"{GERMANY}"}}"#);
        user.evaluate(&format!("new BroadcastChannel('altostrat').postMessage('{saved}')")).await;
        audit.state("edit, changed in another tab", "This billing account was changed in another tab").await;
        user.sandbox.fault(Fault::once(FaultKind::None).on("PATCH", GERMANY).late(NEVER_MS));
        user.fill("Name", "Acme").await;
        user.press(SAVE).await;
        user.expect(FORM_LOCKED, true).await;
        audit.state("edit, saving", "Saving…").await;
    })
    .await;
}

#[tokio::test]
async fn a_missing_chunk_passes_the_audit() {
    audit(async |audit| {
        let user = audit.user;
        user.run_before_each_page(&answer_chunk_with("Promise.reject(new TypeError('cut'))")).await;
        user.open_signed_in(&list_of(ASSIGNED)).await;
        user.reload().await;
        audit.state("page not loaded", "Part of the app is missing").await;
        // The failed chunk is logged as an error.
        driver::console_log(&user.client).await;
    })
    .await;
}

#[tokio::test]
async fn session_expiry_and_a_crash_pass_the_audit() {
    audit(async |audit| {
        let user = audit.user;
        user.goto(&new_in(ASSIGNED)).await;
        user.sign_in(Demo::EndsSoon).await;
        audit.state("session ends soon", "Your session ends at").await;
        user.press("Sign in again").await;
        user.see_dialog().await;
        audit.state("sign in again", "Not now").await;
        user.sign_in(Demo::Owner).await;
        user.see_no_dialog().await;

        user.fill_required().await;
        // In one script: anything else that reads the clock would crash before the press.
        user.evaluate("(Date.now = null, document.querySelector('form [type=submit]').click(), 0)").await;
        audit.state("stopped", "This page has stopped.").await;
        // The crash is logged as an error.
        driver::console_log(&user.client).await;
        user.evaluate("(window.violations.length = 0)").await;
    })
    .await;
}

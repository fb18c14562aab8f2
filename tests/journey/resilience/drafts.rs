//! What is typed into a new account survives a reload of the shipped page, and goes when it should.

use sandbox::Demo;

use crate::harness::fixtures::{ASSIGNED, POOLED, new_in};
use crate::harness::stage::story;

/// The draft in that workspace, whoever's it is: its key holds a hash of the user.
const KEPT: &str = "(Object.entries(sessionStorage).find(([key]) => \
    key.startsWith('altostrat.draft.') && key.endsWith('/ws_n0r7hw1nd0p3r8t5')) ?? [])[1]";

#[tokio::test]
async fn a_draft_survives_a_reload_and_is_discarded_saved_or_signed_out_of() {
    story(async |user| {
        user.goto(&new_in(ASSIGNED)).await;
        user.sign_in_and_stay(&user.sandbox.token(Demo::Owner)).await;
        user.fill("Name", "Karoo Broadband").await;
        user.choose("Country", "South Africa").await;
        // At once: the page that goes keeps the last keystroke.
        user.reload().await;
        user.see("Draft restored").await;
        user.see_value("Name", "Karoo Broadband").await;
        user.see_value("Country", "ZA").await;

        // A page that nobody touched is left without a question, and Chromium says so in the console.
        user.focus("Phone").await;
        user.goto(&new_in(POOLED)).await;
        user.see_value("Name", "").await;
        user.goto(&new_in(ASSIGNED)).await;
        user.press("Discard").await;
        user.see_focus_on("Name").await;
        user.expect(&format!("{KEPT} === undefined"), true).await;
        user.reload().await;
        user.see_value("Name", "").await;
        user.see_no("Draft restored").await;

        user.fill("Name", "Karoo Fibre").await;
        user.fill("Email", "billing@karoo.example.com").await;
        user.expect(&format!("!!{KEPT}?.includes('billing@karoo')"), true).await;
        user.press("Create billing account").await;
        user.see("Billing account created").await;
        user.expect(&format!("{KEPT} === undefined"), true).await;
    })
    .await;
}

#[tokio::test]
async fn a_storage_full_of_garbage_or_of_everything_does_not_stop_the_form() {
    story(async |user| {
        user.goto(&new_in(ASSIGNED)).await;
        user.sign_in_and_stay(&user.sandbox.token(Demo::Owner)).await;
        user.see_heading("New billing account").await;
        // A draft of its own, spoilt where it is kept.
        user.fill("Name", "Karoo").await;
        user.expect(&format!("!!{KEPT}?.includes('Karoo')"), true).await;
        let spoil = "(Object.keys(sessionStorage).filter(key => key.startsWith('altostrat.draft.')) \
            .forEach(key => sessionStorage.setItem(key, '{\"version\":2,\"user\":7,\"fields\":[[['))), 0";
        user.expect(spoil, 0).await;
        user.reload().await;
        user.see_value("Name", "").await;
        // To the last byte.
        let fill = "(() => { for (let size = 1 << 22; size; size >>= 1) for (;;)
            try { sessionStorage.setItem('x' + Math.random(), 'x'.repeat(size)); } catch { break; } })(), 0";
        user.expect(fill, 0).await;
        user.fill("Name", "Karoo Broadband").await;
        user.fill("Email", "billing@karoo.example.com").await;
        user.press("Create billing account").await;
        user.see("Billing account created").await;
        assert_eq!(user.sandbox.accounts(ASSIGNED).len(), 1);
    })
    .await;
}

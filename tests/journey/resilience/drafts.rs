//! The draft of a new account survives a real reload, and is removed once it is discarded or saved.

use crate::harness::fixtures::{ASSIGNED, CREATE, POOLED, new_in};
use crate::harness::stage::story;

/// A JavaScript expression: the stored draft of a new account in the workspace [`ASSIGNED`]. Its key contains a hash of
/// the user.
const DRAFT: &str = "(Object.entries(sessionStorage).find(([key]) => \
    key.startsWith('altostrat.draft.') && key.endsWith('/ws_n0r7hw1nd0p3r8t5')) ?? [])[1]";

#[tokio::test]
async fn a_draft_survives_a_reload_until_discarded_or_saved() {
    story(async |user| {
        user.open_signed_in(&new_in(ASSIGNED)).await;
        user.fill("Name", "Karoo Broadband").await;
        user.choose("Country", "South Africa").await;
        // Without a pause, to see that the last keystroke is stored when the page goes.
        user.reload().await;
        user.see("Draft restored").await;
        user.see_value("Name", "Karoo Broadband").await;
        user.see_value("Country", "ZA").await;

        // Chromium lets a page ask before it is left only after an interaction, and logs an error otherwise.
        user.focus("Phone").await;
        user.goto(&new_in(POOLED)).await;
        user.see_value("Name", "").await;
        user.goto(&new_in(ASSIGNED)).await;
        user.press("Discard").await;
        user.see_focus_on("Name").await;
        user.expect(&format!("{DRAFT} === undefined"), true).await;
        user.reload().await;
        user.see_value("Name", "").await;
        user.see_no("Draft restored").await;

        user.fill_required().await;
        user.expect(&format!("!!{DRAFT}?.includes('billing@karoo')"), true).await;
        user.press(CREATE).await;
        user.see("Billing account created").await;
        user.expect(&format!("{DRAFT} === undefined"), true).await;
    })
    .await;
}

//! The list of a workspace's accounts: capacity, failures, and the view of a viewer.

use sandbox::{Demo, Fault, FaultKind};
use serde_json::json;

use crate::harness::fixtures::{ASSIGNED, CREATE, POOLED, SAVE, SINGLE, edit_germany, germany, list_of};
use crate::harness::stage::story;

/// A JavaScript expression: whether the bar names the workspace.
const SWITCHER: &str = "!!link('Workspace: Acme Networks. Switch workspace')";

#[tokio::test]
async fn the_list_shows_its_accounts_and_its_capacity() {
    story(async |user| {
        user.open_signed_in(&list_of(POOLED)).await;
        user.see("3 of 10 accounts used").await;
        user.see("Acme Networks South Africa accounts.za@acme.com South Africa ZAR").await;
        user.expect(SWITCHER, true).await;
        user.expect("!!link('New billing account')", true).await;

        user.goto(&list_of(SINGLE)).await;
        user.see("1 of 1 account used. Billing account limit reached.").await;
        user.see_no("New billing account").await;

        user.goto(&list_of(ASSIGNED)).await;
        user.see("No billing accounts yet").await;
        user.see("0 of 10 accounts used").await;
    })
    .await;
}

#[tokio::test]
async fn the_list_and_its_workspace_load_independently() {
    story(async |user| {
        let workspace = format!("/workspaces/{POOLED}");
        let incomplete = json!({ "has_more": true, "data": [{ "id": "cus_1", "name": "One" }, "not one"] });
        user.sandbox.fault(Fault::once(FaultKind::json(200, &incomplete)).on("GET", &list_of(POOLED)));
        user.sandbox.fault(Fault::always(FaultKind::Empty { status: 403 }).on("GET", &workspace));
        user.open_signed_in(&list_of(POOLED)).await;
        user.see("One").await;
        user.see("There are more billing accounts than are listed here.").await;
        user.see_no("of 10 accounts used").await;

        user.sandbox.clear_faults();
        user.sandbox.fault(Fault::always(FaultKind::Empty { status: 500 }).on("GET", &list_of(POOLED)));
        user.goto(&list_of(POOLED)).await;
        user.see("Something went wrong at Altostrat").await;
        user.see_in_details("Status 500").await;
        user.expect(SWITCHER, true).await;
        user.sandbox.clear_faults();
        user.press("Try again").await;
        user.see("3 of 10 accounts used").await;
        user.see_focus_on("Billing accounts").await;
    })
    .await;
}

#[tokio::test]
async fn a_viewer_sees_accounts_but_no_way_to_change_them() {
    story(async |user| {
        user.open_signed_in_as(Demo::Viewer, &germany()).await;
        user.see("View only. Ask an owner or admin to make changes.").await;
        user.see_detail("Email", "rechnung@acme.de").await;
        user.see_no("Edit").await;
        user.goto(&edit_germany()).await;
        user.see("You can’t edit this billing account").await;
        user.see_path(&germany()).await;
        user.see_detail("Email", "rechnung@acme.de").await;
        user.see_no(SAVE).await;
        user.goto(&list_of(ASSIGNED)).await;
        user.see("View only. Ask an owner or admin to make changes.").await;
        user.see("No billing accounts yet").await;
        user.see_no(CREATE).await;
    })
    .await;
}

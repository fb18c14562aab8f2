//! The list of a workspace's accounts: capacity, failures, and the view of a viewer.

use sandbox::{Demo, Fault, FaultKind};
use serde_json::json;

use crate::harness::fixtures::{ASSIGNED, POOLED, SAVE, SINGLE, edit_germany, germany, list_of};
use crate::harness::stage::story;

#[tokio::test]
async fn the_list_shows_its_accounts_and_its_capacity() {
    story(async |user| {
        user.open_signed_in(&list_of(POOLED)).await;
        user.see("3 of 10 used, pooled billing.").await;
        user.see("Acme Networks South Africa").await;
        user.see("accounts.za@acme.com").await;
        user.see("South Africa ZAR Created").await;
        user.see("Workspaces / Acme Networks").await;
        user.expect("!!link('New billing account')", true).await;

        user.goto(&list_of(SINGLE)).await;
        user.see("1 of 1 used: single billing allows one account.").await;
        user.see("This workspace has all the billing accounts it may have.").await;
        user.see_no("New billing account").await;

        user.goto(&list_of(ASSIGNED)).await;
        user.see("No billing account yet").await;
        user.see("0 of 10 used, assigned billing.").await;
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
        user.see_no("of 10 used").await;

        user.sandbox.clear_faults();
        user.sandbox.fault(Fault::always(FaultKind::Empty { status: 500 }).on("GET", &list_of(POOLED)));
        user.goto(&list_of(POOLED)).await;
        user.see("The API failed (status 500)").await;
        user.see("Workspaces / Acme Networks").await;
        user.sandbox.clear_faults();
        user.press("Try again").await;
        user.see("3 of 10 used, pooled billing.").await;
        user.see_focus_on("Billing accounts").await;
    })
    .await;
}

#[tokio::test]
async fn a_viewer_sees_accounts_but_no_way_to_change_them() {
    story(async |user| {
        user.open_signed_in_as(Demo::Viewer, &germany()).await;
        user.see("You are a viewer of this workspace").await;
        user.see_detail("Email", "rechnung@acme.de").await;
        user.see_no("Edit").await;
        user.goto(&edit_germany()).await;
        user.see("You can view billing accounts here, but not change them").await;
        user.see_detail("Email", "rechnung@acme.de").await;
        user.see_no(SAVE).await;
        user.goto(&list_of(ASSIGNED)).await;
        user.see("You are a viewer of this workspace").await;
        user.see("No billing account yet").await;
        user.see_no("Create the first billing account").await;
    })
    .await;
}

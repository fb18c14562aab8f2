//! A workspace's accounts, how many more it may have, and who may only look.

use sandbox::{Demo, Fault, FaultKind};
use serde_json::json;

use crate::harness::fixtures::{ASSIGNED, POOLED, SINGLE, list_of};
use crate::harness::stage::story;

#[tokio::test]
async fn the_list_says_what_there_is_and_how_many_more_there_may_be() {
    story(async |user| {
        user.goto(&list_of(POOLED)).await;
        user.sign_in(Demo::Owner).await;
        user.see("3 of 10 used, pooled billing.").await;
        user.see("Acme Networks South Africa").await;
        user.see("accounts.za@acme.com").await;
        user.see("South Africa ZAR Created").await;
        user.see("Workspaces / Acme Networks").await;
        user.follow("New billing account").await;
        user.see_heading("New billing account").await;
    })
    .await;
}

#[tokio::test]
async fn a_full_workspace_explains_why_there_is_no_new_account() {
    story(async |user| {
        user.goto(&list_of(SINGLE)).await;
        user.sign_in(Demo::Owner).await;
        user.see("1 of 1 used: single billing allows one account.").await;
        user.see("This workspace has all the billing accounts it may have.").await;
        user.see_no("New billing account").await;
    })
    .await;
}

#[tokio::test]
async fn an_empty_workspace_leads_to_its_first_account() {
    story(async |user| {
        user.goto(&list_of(ASSIGNED)).await;
        user.sign_in(Demo::Owner).await;
        user.see("No billing account yet").await;
        user.see("0 of 10 used, assigned billing.").await;
        user.follow("Create the first billing account").await;
        user.see_heading("New billing account").await;
    })
    .await;
}

#[tokio::test]
async fn the_list_stands_without_the_workspace_and_says_when_it_is_not_whole() {
    story(async |user| {
        let workspace = format!("/workspaces/{POOLED}");
        let part = json!({ "has_more": true, "data": [{ "id": "cus_1", "name": "One" }, "not one"] });
        let list = format!("{workspace}/billing-accounts");
        user.sandbox.fault(Fault::once(FaultKind::json(200, &part)).on("GET", &list));
        user.sandbox.fault(Fault::always(FaultKind::Empty { status: 403 }).on("GET", &workspace));
        user.goto(&list_of(POOLED)).await;
        user.sign_in(Demo::Owner).await;
        user.see("One").await;
        user.see("There are more billing accounts than are listed here.").await;
        user.see_no("of 10 used").await;
    })
    .await;
}

#[tokio::test]
async fn the_workspace_is_named_when_the_list_is_not_to_be_had() {
    story(async |user| {
        let list = format!("/workspaces/{POOLED}/billing-accounts");
        user.sandbox.fault(Fault::always(FaultKind::Empty { status: 500 }).on("GET", &list));
        user.goto(&list_of(POOLED)).await;
        user.sign_in(Demo::Owner).await;
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
async fn a_viewer_of_an_empty_workspace_is_not_offered_its_first_account() {
    story(async |user| {
        user.goto(&list_of(ASSIGNED)).await;
        user.sign_in(Demo::Viewer).await;
        user.see("You are a viewer of this workspace").await;
        user.see("No billing account yet").await;
        user.see_no("Create the first billing account").await;
    })
    .await;
}

#[tokio::test]
async fn a_viewer_sees_everything_and_the_reason_why_nothing_can_be_changed() {
    story(async |user| {
        let account = format!("{}/cus_d3w6r1t8y2u5p0l9", list_of(POOLED));
        user.goto(&account).await;
        user.sign_in_and_stay(&user.sandbox.token(Demo::Viewer)).await;
        user.see("You are a viewer of this workspace").await;
        user.see_detail("Email", "rechnung@acme.de").await;
        user.see_no("Edit").await;
        user.goto(&format!("{account}/edit")).await;
        user.see("You can view billing accounts here, but not change them").await;
        user.see_detail("Email", "rechnung@acme.de").await;
        user.see_no("Save changes").await;
    })
    .await;
}

//! Every page can be linked to, and reloaded.

use sandbox::Demo;

use crate::harness::fixtures::{GERMANY, POOLED, list_of, new_in};
use crate::harness::stage::story;

#[tokio::test]
async fn every_page_is_there_by_its_link_and_after_a_reload() {
    story(async |user| {
        let account = format!("{}/{GERMANY}", list_of(POOLED));
        let list = list_of(POOLED);
        let new = new_in(POOLED);
        user.goto("/").await;
        user.sign_in_and_stay(&user.sandbox.token(Demo::Owner)).await;
        user.see("Northwind Operations").await;
        for (path, heading, text) in [
            ("/", "Choose a workspace", "Northwind Operations"),
            (&list, "Billing accounts", "Acme Netzwerke GmbH"),
            (&new, "New billing account", "Postal code"),
            (&account, "Acme Netzwerke GmbH", "Für alle Standorte in Deutschland."),
        ] {
            user.goto(path).await;
            for _ in 0..2 {
                user.see_heading(heading).await;
                user.see(text).await;
                user.see_path(path).await;
                user.expect("document.title", format!("{heading} – Altostrat Billing")).await;
                user.reload().await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_page_that_is_not_there_says_so() {
    story(async |user| {
        user.goto("/workspaces/nowhere/at-all").await;
        user.sign_in(Demo::Owner).await;
        user.see_heading("Page not found").await;
        user.see("/workspaces/nowhere/at-all").await;
        user.follow("Choose a workspace").await;
        user.see_heading("Choose a workspace").await;
        user.see("Acme Networks").await;
    })
    .await;
}

#[tokio::test]
async fn an_account_or_a_workspace_that_is_not_there_says_so() {
    story(async |user| {
        user.goto(&format!("{}/cus_nobody", list_of(POOLED))).await;
        user.sign_in_and_stay(&user.sandbox.token(Demo::Owner)).await;
        user.see("There is no such billing account in this workspace.").await;
        user.see("billing_account_not_found").await;
        user.goto(&list_of("ws_nobody")).await;
        user.see("There is no such workspace, or not for this user.").await;
    })
    .await;
}

#[tokio::test]
async fn a_workspace_opens_by_its_id_and_back_leads_back() {
    story(async |user| {
        user.goto("/").await;
        user.sign_in(Demo::Owner).await;
        user.fill("Workspace id", POOLED).await;
        user.press("Open workspace").await;
        user.see("Acme Netzwerke GmbH").await;
        user.follow("Acme Netzwerke GmbH").await;
        user.see("13353 Berlin").await;
        user.client.back().await.expect("there is a page to go back to");
        user.see_heading("Billing accounts").await;
        user.see_path(&list_of(POOLED)).await;
        user.see_focus_on("Billing accounts").await;
    })
    .await;
}

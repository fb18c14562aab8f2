//! Every page can be opened by its URL and reloaded.

use crate::harness::fixtures::{GERMANY_NAME, POOLED, SAVE, edit_germany, germany, list_of, new_in};
use crate::harness::stage::story;

#[tokio::test]
async fn every_page_opens_by_its_url_and_survives_a_reload() {
    story(async |user| {
        user.open_signed_in("/").await;
        user.see("Northwind Operations").await;
        for (path, heading, text) in [
            ("/", "Choose a workspace", "Northwind Operations"),
            (&list_of(POOLED), "Billing accounts", GERMANY_NAME),
            (&new_in(POOLED), "New billing account", "Postal code"),
            (&germany(), GERMANY_NAME, "Für alle Standorte in Deutschland."),
            (&edit_germany(), "Edit billing account", SAVE),
            ("/workspaces/nowhere/at-all", "Page not found", "/workspaces/nowhere/at-all"),
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

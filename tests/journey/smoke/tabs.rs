//! Several tabs of one browser, which tell each other about changes.

use sandbox::Demo;

use crate::harness::fixtures::{GERMANY_NAME, POOLED, SAVE, edit_germany, list_of};
use crate::harness::stage::story;
use crate::harness::user::User;

/// Opens another tab on a page and signs in there.
async fn open_tab(user: &User, path: &str) {
    let tab = user.client.new_window(true).await.expect("a tab");
    user.client.switch_to_window(tab.handle).await.expect("the tab");
    user.goto(path).await;
    user.sign_in(Demo::Owner).await;
}

#[tokio::test]
async fn a_save_in_one_tab_reaches_the_others() {
    story(async |user| {
        user.goto(&list_of(POOLED)).await;
        user.sign_in(Demo::Owner).await;
        user.see(GERMANY_NAME).await;
        open_tab(user, &edit_germany()).await;
        user.fill("Description", "Mine").await;
        open_tab(user, &edit_germany()).await;
        user.fill("Name", "Acme Netze").await;
        user.press(SAVE).await;
        user.see("Billing account updated").await;

        let tabs = user.client.windows().await.expect("the tabs");
        user.client.switch_to_window(tabs[1].clone()).await.expect("the form");
        user.see("This billing account was changed in another tab").await;
        user.see_value("Description", "Mine").await;
        user.client.switch_to_window(tabs[0].clone()).await.expect("the list");
        user.see("Acme Netze rechnung@acme.de").await;
    })
    .await;
}

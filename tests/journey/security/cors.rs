//! The API on another origin. A browser that refuses or hides a reply does not prove that nothing was saved.

use sandbox::{Cors, Options};

use crate::harness::driver;
use crate::harness::fixtures::{ASSIGNED, CHECK_AGAIN, CREATE, new_in};
use crate::harness::requests::ReceivedRequests;
use crate::harness::stage::story_with_api;

const UNKNOWN: &str = "We don’t know yet whether the account was created";

#[tokio::test]
async fn a_reply_hidden_by_cors_leaves_the_outcome_unknown() {
    let api = sandbox::start(Options::default()).await.expect("a free port");
    api.cors(Cors::Allowed);
    story_with_api(&api, async |user| {
        user.open_signed_in(&new_in(ASSIGNED)).await;
        user.fill_required().await;
        api.cors(Cors::Denied);
        user.press(CREATE).await;
        user.see(UNKNOWN).await;
        user.see_value("Name", "Karoo Broadband").await;
        // The last of the checks that the app makes by itself.
        user.see("We couldn’t check").await;
        assert!(api.posts().is_empty());

        api.cors(Cors::Allowed);
        user.press(CHECK_AGAIN).await;
        user.see("It isn’t in the list of accounts yet").await;
        user.press("Create anyway").await;
        user.see("Billing account created").await;
        assert_eq!((api.posts().len(), api.accounts(ASSIGNED).len()), (1, 1));

        user.goto(&new_in(ASSIGNED)).await;
        user.fill_required().await;
        user.fill("Name", "Karoo Fibre").await;
        api.cors(Cors::SendOnly);
        user.press(CREATE).await;
        user.see(UNKNOWN).await;
        user.see("We couldn’t check").await;
        assert_eq!((api.posts().len(), api.accounts(ASSIGNED).len()), (2, 2));
        api.cors(Cors::Allowed);
        user.press(CHECK_AGAIN).await;
        user.see("Billing account created").await;
        user.see_heading("Karoo Fibre").await;
        assert_eq!(api.posts().len(), 2);

        // The browser logs each refused request as an error.
        driver::console_log(&user.client).await;
        assert!(user.sandbox.requests().is_empty(), "the site's own origin receives no request to the API");
    })
    .await;
}

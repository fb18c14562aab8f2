//! The API on another origin. The browser hides from the page what it does not allow to be read: that never proves
//! that nothing was done.

use sandbox::{Cors, Demo, Options, Sandbox};

use crate::harness::driver;
use crate::harness::fixtures::{ASSIGNED, CHECK_CREATED, CREATE, new_in};
use crate::harness::requests::ReceivedRequests;
use crate::harness::stage::story_with_api;
use crate::harness::user::User;

/// A form filled in on a site of one origin, whose API is on another.
async fn across(steps: impl AsyncFnOnce(&User, &Sandbox)) {
    let api = sandbox::start(Options::default()).await.expect("a free port");
    api.cors(Cors::Allowed);
    story_with_api(&api, async |user| {
        user.goto(&new_in(ASSIGNED)).await;
        user.sign_in(Demo::Owner).await;
        user.fill("Name", "Karoo Broadband").await;
        user.fill("Email", "billing@karoo.example.com").await;
        steps(user, &api).await;
        // What a browser refuses it also writes there, as an error.
        driver::console_log(&user.client).await;
        assert!(user.sandbox.requests().is_empty(), "the site's own origin is asked nothing");
    })
    .await;
}

#[tokio::test]
async fn a_request_that_the_browser_refuses_to_send_is_not_known_then_not_found_then_sent() {
    across(async |user, api| {
        api.cors(Cors::Denied);
        user.press(CREATE).await;
        user.see("may or may not").await;
        user.see_value("Name", "Karoo Broadband").await;
        user.press(CHECK_CREATED).await;
        user.see("It could not be checked").await;
        assert!(api.posts().is_empty());

        api.cors(Cors::Allowed);
        user.press("Check again").await;
        user.see("The account was not found").await;
        user.press("Send again").await;
        user.see("Billing account created").await;
        assert_eq!((api.posts().len(), api.accounts(ASSIGNED).len()), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_the_browser_hides_is_not_known_and_the_account_is_found() {
    across(async |user, api| {
        api.cors(Cors::SendOnly);
        user.press(CREATE).await;
        user.see("may or may not").await;
        assert_eq!((api.posts().len(), api.accounts(ASSIGNED).len()), (1, 1));
        api.cors(Cors::Allowed);
        user.press(CHECK_CREATED).await;
        user.see("Billing account created").await;
        assert_eq!((api.posts().len(), api.accounts(ASSIGNED).len()), (1, 1));
    })
    .await;
}

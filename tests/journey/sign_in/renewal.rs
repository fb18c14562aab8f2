//! The token is renewed without the user: before it expires, and after the API rejected it.

use sandbox::{Fault, FaultKind, IssuerFault};

use crate::harness::fixtures::{ASSIGNED, CREATE, list_of, new_in};
use crate::harness::replies::reply;
use crate::harness::requests::ReceivedRequests;
use crate::harness::stage::story_with_provider;
use crate::harness::user::User;

fn token_requests(user: &User) -> usize {
    user.sandbox.to_provider().iter().filter(|line| *line == "POST token").count()
}

#[tokio::test]
async fn a_token_is_renewed_in_time_and_no_save_is_repeated() {
    story_with_provider(async |user| {
        user.sandbox.fault(Fault::once(FaultKind::Issuer(IssuerFault::Lifetime { seconds: 600 })));
        user.open_through_provider(&new_in(ASSIGNED)).await;
        user.fill_required().await;
        assert_eq!(token_requests(user), 1);
        user.let_time_pass(9 * 60 + 30).await;
        user.wait_until("see a renewal", async || (token_requests(user) == 2).then_some(())).await;
        user.see_no("Your session").await;

        // A token that has just been renewed is not renewed again.
        user.let_time_pass(10).await;
        user.sandbox.clear_requests();
        user.sandbox.fault(Fault::once(reply(401, "application/json", "{}")).on("POST", &list_of(ASSIGNED)));
        user.press(CREATE).await;
        user.see("You’re signed in again").await;
        assert_eq!((user.sandbox.posts().len(), user.sandbox.to_provider()), (1, vec!["POST token".to_owned()]));
        user.press(CREATE).await;
        user.see("Billing account created").await;
        let posts = user.sandbox.posts();
        assert!(posts.len() == 2 && posts[0] == posts[1] && user.sandbox.accounts(ASSIGNED).len() == 1);
    })
    .await;
}

#[tokio::test]
async fn a_rejected_load_is_repeated_once_with_a_new_token() {
    story_with_provider(async |user| {
        user.open_through_provider("/").await;
        user.see("Northwind Operations").await;
        let list = list_of(ASSIGNED);
        user.sandbox.clear_requests();
        user.sandbox.fault(Fault::once(reply(401, "application/json", "{}")).on("GET", &list));
        user.follow("Northwind Operations").await;
        user.see("No billing accounts yet").await;
        assert_eq!((user.sandbox.gets(&format!("/api{list}")), token_requests(user)), (2, 1));
    })
    .await;
}

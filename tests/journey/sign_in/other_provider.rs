//! Signing in with an independent, certified provider on another origin, under the policy that permits it. `OIDC_PROVIDER`
//! names the file of the npm package; without it the story is skipped, and a line says so.

use sandbox::{Fault, Options};
use serde_json::Value;

use crate::harness::audit::print;
use crate::harness::driver::Logs;
use crate::harness::fixtures::{GERMANY_NAME, POOLED, list_of};
use crate::harness::oidc_provider::{CLIENT_ID, OidcProvider, SIGN_IN_AS_OLIVIA, installed};
use crate::harness::replies::reply;
use crate::harness::site::SiteCopy;
use crate::harness::stage::play_with;
use crate::harness::user::User;

/// Waits until the provider has answered this number of token requests, each with tokens.
async fn see_token_requests(user: &User, provider: &OidcProvider, count: usize) {
    let answered = async || (provider.requests("/token").len() >= count).then_some(());
    user.wait_until(format!("see {count} token requests"), answered).await;
    assert_eq!(provider.requests("/token"), vec!["POST /token 200"; count]);
}

#[tokio::test]
async fn a_certified_provider_signs_in_renews_and_signs_out() {
    let Some(module) = installed() else { return print("oidc-provider: skipped, OIDC_PROVIDER is not set") };
    let site = SiteCopy::of_dist();
    let options = Options { dist: Some(site.folder()), ..Options::default() };
    play_with(options, Logs::Console, async |user| {
        let provider = OidcProvider::start(&module, user.sandbox.origin()).await;
        site.set_provider(&provider.issuer, CLIENT_ID);
        let page = format!("{}?from=mail", list_of(POOLED));
        user.goto(&page).await;
        user.press("Sign in").await;
        user.press(SIGN_IN_AS_OLIVIA).await;
        user.see(GERMANY_NAME).await;
        user.expect("location.pathname + location.search", page.as_str()).await;
        see_token_requests(user, &provider, 1).await;

        // A refresh token works once. The second renewal succeeds only with the token that came with the first one.
        for count in 2..=3 {
            let rejected = reply(401, "application/json", "{}");
            user.sandbox.fault(Fault::once(rejected).on("GET", "/billing-accounts"));
            user.follow("New billing account").await;
            user.follow("Billing accounts").await;
            user.see(GERMANY_NAME).await;
            see_token_requests(user, &provider, count).await;
            // A token that has just been renewed is not renewed again.
            user.let_time_pass(10).await;
        }

        user.reload().await;
        user.see(GERMANY_NAME).await;
        see_token_requests(user, &provider, 4).await;

        user.press("Sign out").await;
        user.press("Yes, sign me out").await;
        user.see_heading("Sign in").await;
        user.see_path("/").await;
        user.expect("sessionStorage.length", 0).await;
        user.press("Sign in").await;
        // The provider's session has ended too, so it asks.
        user.press(SIGN_IN_AS_OLIVIA).await;
        user.see("Northwind Operations").await;
        user.expect("sessionStorage.getItem('altostrat.jwt')", Value::Null).await;
        user.assert_clean_console().await;
    })
    .await;
}

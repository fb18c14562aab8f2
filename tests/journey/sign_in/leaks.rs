//! After signing in through the provider, renewing, signing in again and signing out, no code, verifier, `state`, `nonce` or
//! token is anywhere but in the requests to the provider and the API.

use sandbox::{Fault, FaultKind};
use serde_json::{Value, json};

use crate::harness::clipboard::copy;
use crate::harness::driver::{self, Logs};
use crate::harness::fixtures::TOKEN_KEY;
use crate::harness::fixtures::{ASSIGNED, CREATE, list_of};
use crate::harness::replies::reply;
use crate::harness::secrets::{Secrets, remove_authorization};
use crate::harness::sign_in::OLIVIA;
use crate::harness::stage::{play_with, with_provider};
use crate::harness::user::User;

/// The key of the record that lasts until the callback.
const TRANSACTION_KEY: &str = "altostrat.sign_in";

/// Everything that the provider received and issued so far.
fn issued(user: &User) -> Secrets {
    Secrets::new(user.sandbox.issuer_secrets())
}

/// Checks that no secret is on the page. The tab's storage may hold one under these keys.
async fn assert_nowhere(user: &User, secrets: &Secrets, may_be_stored: &[&str]) {
    assert_eq!(secrets.places(user, may_be_stored).await, [""; 0]);
}

/// The texts of an object, which are secrets of a sign-in that has not ended.
fn texts(object: &Value, names: &[&str]) -> Vec<String> {
    names.iter().map(|name| object[*name].as_str().unwrap_or_else(|| panic!("{name}: {object}")).to_owned()).collect()
}

/// Checks every request of the story: only the provider's endpoints, the callback, and `Authorization` at the API may have
/// a secret.
async fn assert_sent_nowhere_else(user: &User) {
    let (secrets, origin) = (issued(user), user.sandbox.origin());
    let mut others = 0;
    for event in driver::network_log(&user.client).await {
        let mut request = event["params"]["request"].clone();
        let Some(url) = request["url"].as_str().map(str::to_owned) else { continue };
        let path = url.strip_prefix(origin).unwrap_or(&url);
        if path.starts_with("/oidc/") || path.starts_with("/callback?") {
            continue;
        }
        if path.starts_with("/api/") {
            remove_authorization(&mut request);
        }
        others += 1;
        assert!(!secrets.is_in(&request.to_string()), "{request:#}");
    }
    assert!(others > 20, "{others} requests");
}

#[tokio::test]
async fn no_secret_of_a_sign_in_appears_anywhere() {
    play_with(with_provider(), Logs::Network, async |user| {
        let list = list_of(ASSIGNED);
        user.goto(&list).await;
        user.press("Sign in").await;
        user.see("Sign in to the sandbox as").await;
        // Back on the app's page, the record is the only place.
        user.go_back().await;
        user.see_heading("Sign in").await;
        let record = user.evaluate(&format!("JSON.parse(sessionStorage.getItem('{TRANSACTION_KEY}'))")).await;
        let begun = texts(&record.unwrap_or_default(), &["state", "nonce", "verifier"]);
        assert_nowhere(user, &Secrets::new(begun.clone()), &[TRANSACTION_KEY]).await;
        user.go_forward().await;
        user.press(OLIVIA).await;
        user.see("No billing accounts yet").await;
        assert!(
            begun.iter().all(|secret| user.sandbox.issuer_secrets().contains(secret)),
            "the search has the secrets"
        );
        assert_nowhere(user, &issued(user), &[]).await;

        // A popup, whose sign-in stays in the memory of this tab.
        user.follow("New billing account").await;
        user.fill_required().await;
        user.end_session_at("POST");
        user.press(CREATE).await;
        user.see("Your session has ended").await;
        user.focus("Stay signed in in this tab").await;
        user.press("Sign in again").await;
        user.see("Waiting for sign-in.").await;
        user.switch_to_window(1).await;
        user.see("Sign in to the sandbox as").await;
        let request = user.evaluate("Object.fromEntries(new URLSearchParams(location.search))").await;
        let begun = texts(&request.unwrap_or_default(), &["state", "nonce"]);
        user.switch_to_window(0).await;
        assert_nowhere(user, &Secrets::new(begun), &[]).await;
        assert_nowhere(user, &issued(user), &[]).await;
        user.switch_to_window(1).await;
        user.press(OLIVIA).await;
        user.see_windows(1).await;
        user.switch_to_window(0).await;
        user.see_no_dialog().await;
        assert_nowhere(user, &issued(user), &[TOKEN_KEY]).await;
        let stored = user.evaluate(&format!("sessionStorage.getItem('{TOKEN_KEY}')")).await;
        let stored = stored.unwrap_or_default();
        assert!(user.sandbox.issuer_secrets().iter().any(|secret| stored == secret.as_str()), "the box was ticked");
        user.press(CREATE).await;
        user.see("Billing account created").await;
        assert_nowhere(user, &issued(user), &[TOKEN_KEY]).await;

        // A renewal, and an error whose details are copied.
        user.sandbox.fault(Fault::once(reply(401, "application/json", "{}")).on("GET", &list));
        user.sandbox.fault(Fault::always(FaultKind::Html { status: 500 }).on("GET", &list));
        user.follow("Billing accounts").await;
        let details = copy(user, "Copy details").await;
        assert!(!issued(user).is_in(&details), "{details}");
        assert_nowhere(user, &issued(user), &[TOKEN_KEY]).await;
        user.sandbox.clear_faults();
        user.press("Try again").await;
        user.see("Karoo Broadband").await;

        user.press("Sign out").await;
        user.see_path("/").await;
        user.see_heading("Sign in").await;
        assert_nowhere(user, &issued(user), &[]).await;
        user.expect("sessionStorage.length", json!(0)).await;
        assert!(!issued(user).is_in_console(user).await, "the console has a secret");
        assert_sent_nowhere_else(user).await;
    })
    .await;
}

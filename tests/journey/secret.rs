//! A whole journey leaves the token nowhere, breaks no rule of the page and has no error in the console.

use serde_json::{Value, json};

use crate::driver;
use crate::stage::{Seen, story};
use crate::user::User;
use crate::{ASSIGNED, OWNER, list_of};

/// Everywhere that a page can put something; the sandbox's own panel shows tokens on purpose.
const EVERYWHERE: &str = "JSON.stringify([
    { ...localStorage }, { ...sessionStorage }, document.cookie, location.href, document.title, history.state, window.name,
    performance.getEntries().map(entry => entry.name),
    [...document.querySelectorAll('input, textarea')].filter(control => !control.closest('.sandbox')).map(control => control.value),
    (page => (page.querySelector('.sandbox')?.remove(), page.outerHTML))(document.documentElement.cloneNode(true)),
])";

struct Secret {
    token: String,
    /// The parts by which a piece of it is known.
    parts: Vec<String>,
}

impl Secret {
    fn new(user: &User) -> Self {
        let claims = json!({
            "sub": OWNER, "name": "Olivia Owner", "exp": 4_102_444_800_u64, "marker": "never-to-be-seen",
        });
        let token = user.sandbox.token_with(claims);
        let parts = token.split('.').skip(1).map(str::to_owned).chain(["never-to-be-seen".to_owned()]).collect();
        Self { token, parts }
    }

    #[track_caller]
    fn is_not_in(&self, text: &str) {
        for part in &self.parts {
            assert!(!text.contains(part.as_str()), "the token is in {text}");
        }
    }

    async fn is_nowhere(&self, user: &User) {
        let everywhere = user.ask(EVERYWHERE).await.unwrap_or_default();
        self.is_not_in(everywhere.as_str().expect("the page can be searched"));
        assert_eq!(user.cookies().await, 0);
    }
}

/// From the list of workspaces to a created account, with a look at each page.
async fn journey(user: &User, look: impl AsyncFn()) {
    look().await;
    user.follow("Northwind Operations").await;
    user.see("No billing account yet").await;
    look().await;
    user.follow("New billing account").await;
    user.press("Create billing account").await;
    user.see("There is a problem").await;
    look().await;
    user.fill("Name", "Karoo Broadband").await;
    user.fill("Email", "billing@karoo.example.com").await;
    user.choose("Country", "South Africa").await;
    user.press("Create billing account").await;
    user.see("Billing account created").await;
    user.press("Copy id").await;
    look().await;
    user.follow("Billing accounts").await;
    user.see("Karoo Broadband").await;
    look().await;
}

#[tokio::test]
async fn the_token_is_kept_in_memory_alone() {
    story(async |user| {
        let secret = Secret::new(user);
        user.goto("/").await;
        user.sign_in_with(&secret.token).await;
        user.see("Northwind Operations").await;
        journey(user, async || secret.is_nowhere(user).await).await;
        user.expect("sessionStorage.getItem('altostrat.jwt')", Value::Null).await;
        secret.is_not_in(&format!("{:?}", driver::console(&user.client).await));
        let requests = user.sandbox.requests();
        assert!(requests.len() > 2 && requests.iter().all(|seen| seen.authorization));
        for seen in requests {
            secret.is_not_in(&format!("{} {:?}", seen.path, seen.body));
        }
    })
    .await;
}

#[tokio::test]
async fn asked_to_stay_the_tab_keeps_the_token_under_one_name() {
    story(async |user| {
        let secret = Secret::new(user);
        user.goto("/").await;
        user.sign_in_to_stay(&format!("Bearer {}", secret.token)).await;
        user.see("Northwind Operations").await;
        journey(user, async || {}).await;
        user.expect("sessionStorage.getItem('altostrat.jwt')", secret.token.as_str()).await;
        user.ask("sessionStorage.removeItem('altostrat.jwt')").await;
        secret.is_nowhere(user).await;
    })
    .await;
}

#[tokio::test]
async fn a_journey_breaks_no_rule_and_has_no_error_in_the_console() {
    story(async |user| {
        let secret = Secret::new(user);
        user.goto("/").await;
        user.sign_in_with(&secret.token).await;
        user.see("Northwind Operations").await;
        journey(user, async || user.expect("window.breaches", json!([])).await).await;
        user.see_path(&list_of(ASSIGNED)).await;
        assert_eq!(user.sandbox.created().len(), 1);
        let said = driver::console(&user.client).await;
        assert!(said.iter().all(|entry| entry["level"] != "SEVERE"), "{said:#?}");
    })
    .await;
}

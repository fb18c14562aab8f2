//! What would be sent, and what is shown, on the clipboard of a real browser.

use sandbox::Demo;
use serde_json::{Value, json};

use crate::harness::driver;
use crate::harness::fixtures::{ASSIGNED, GERMANY, POOLED, list_of, new_in};
use crate::harness::requests::ReceivedRequests;
use crate::harness::stage::story;
use crate::harness::user::User;

/// Presses, and reads the clipboard once it holds something else.
async fn copy(user: &User, button: &str) -> String {
    let permissions = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
    driver::devtools(&user.client, "Browser.grantPermissions", permissions).await;
    user.evaluate_async("navigator.clipboard.writeText('').then(arguments[0])").await;
    user.press(button).await;
    user.wait_until(format!("find something on the clipboard after “{button}”"), async || {
        let text = user.evaluate_async("navigator.clipboard.readText().then(arguments[0])").await;
        text.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
    })
    .await
}

#[tokio::test]
async fn what_is_copied_is_what_is_sent_and_holds_no_token() {
    story(async |user| {
        user.goto(&new_in(ASSIGNED)).await;
        user.sign_in(Demo::Owner).await;
        user.fill("Name", "L'Oréal \"Paris\" $HOME").await;
        user.fill("Email", "billing@karoo.example.com").await;
        let command = copy(user, "Copy as curl").await;
        let body = copy(user, "Copy as JSON").await;
        let token = user.sandbox.token(Demo::Owner);
        assert!(command.contains("\"Authorization: Bearer $ALTOSTRAT_TOKEN\""), "{command}");
        assert!(token.split('.').all(|part| !command.contains(part)), "{command}");
        let url = format!("'{}/api{}'", user.sandbox.origin(), list_of(ASSIGNED));
        assert!(command.ends_with(&url), "{command}");
        assert!(command.contains(&format!("--data-raw '{}'", body.replace('\'', "'\\''"))), "{command}");
        assert!(user.sandbox.posts().is_empty());
        user.press("Create billing account").await;
        user.see("Billing account created").await;
        assert_eq!(user.sandbox.posts(), [serde_json::from_str::<Value>(&body).expect("JSON")]);
    })
    .await;
}

#[tokio::test]
async fn an_account_is_copied_as_the_api_shows_it() {
    story(async |user| {
        user.goto(&format!("{}/{GERMANY}", list_of(POOLED))).await;
        user.sign_in(Demo::Viewer).await;
        let copied: Value = serde_json::from_str(&copy(user, "Copy as JSON").await).expect("JSON");
        let accounts = user.sandbox.accounts(POOLED);
        assert_eq!(Some(&copied), accounts.iter().find(|account| account["id"] == GERMANY));
    })
    .await;
}

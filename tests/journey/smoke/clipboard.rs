//! *Copy as* writes to the browser's clipboard.

use sandbox::Demo;
use serde_json::Value;

use crate::harness::clipboard::copy;
use crate::harness::fixtures::{ASSIGNED, CREATE, list_of, new_in};
use crate::harness::requests::ReceivedRequests;
use crate::harness::stage::story;

#[tokio::test]
async fn the_copied_request_is_the_one_sent_without_the_token() {
    story(async |user| {
        user.open_signed_in(&new_in(ASSIGNED)).await;
        user.fill("Name", "L'Oréal \"Paris\" $HOME").await;
        user.fill("Email", "billing@karoo.example.com").await;
        let command = copy(user, "Copy as curl").await;
        let body = copy(user, "Copy as JSON").await;
        let token = user.sandbox.token(Demo::Owner);
        assert!(command.contains("\"Authorization: Bearer $ALTOSTRAT_TOKEN\""), "{command}");
        assert!(token.split('.').all(|part| !command.contains(part)), "{command}");
        assert!(command.contains(&format!("--data-raw '{}'", body.replace('\'', "'\\''"))), "{command}");
        assert!(command.ends_with(&format!("'{}/api{}'", user.sandbox.origin(), list_of(ASSIGNED))), "{command}");
        user.press(CREATE).await;
        user.see("Billing account created").await;
        assert_eq!(user.sandbox.posts(), [serde_json::from_str::<Value>(&body).expect("JSON")]);
    })
    .await;
}

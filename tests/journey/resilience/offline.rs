//! Without a network nothing is sent, and it is said; with it again, the next press sends.

use sandbox::{Demo, Fault, FaultKind};
use serde_json::json;

use crate::harness::driver::devtools;
use crate::harness::stage::{Seen, story};
use crate::harness::user::User;
use crate::{ASSIGNED, new_in};

const CREATE: &str = "Create billing account";

/// What the browser says of its network; one to the same machine goes on working, so its connections are cut as well.
pub(crate) async fn network_is(user: &User, there: bool) {
    user.sandbox.clear_faults();
    if !there {
        user.sandbox.fault(Fault::always(FaultKind::CutBefore));
    }
    let conditions = json!({ "offline": !there, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    devtools(&user.client, "Network.emulateNetworkConditions", conditions).await;
    user.expect("navigator.onLine", there).await;
}

#[tokio::test]
async fn offline_nothing_is_sent_and_the_next_press_online_sends() {
    story(async |user| {
        user.goto(&new_in(ASSIGNED)).await;
        user.sign_in(Demo::Owner).await;
        user.fill("Name", "Karoo Broadband").await;
        user.fill("Email", "billing@karoo.example.com").await;
        network_is(user, false).await;
        user.press(CREATE).await;
        user.see("You are offline").await;
        user.see("No account was created. Everything you typed is still here.").await;
        user.see("Connect to the internet, then save again.").await;
        user.see_value("Name", "Karoo Broadband").await;
        network_is(user, true).await;
        user.see("You are offline").await;
        assert!(user.sandbox.created().is_empty());
        user.press(CREATE).await;
        user.see("Billing account created").await;
        assert_eq!((user.sandbox.created().len(), user.sandbox.accounts(ASSIGNED).len()), (1, 1));
    })
    .await;
}

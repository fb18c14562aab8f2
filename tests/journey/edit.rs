//! An account is changed: what changed is sent, once.

use sandbox::{Demo, Fault, FaultKind, Sandbox};
use serde_json::{Value, json};

use crate::stage::story;
use crate::{POOLED, list_of};

const SAVE: &str = "Save changes";
/// An account of the pooled workspace with every field but the state.
const GERMANY: &str = "cus_d3w6r1t8y2u5p0l9";

fn changed(sandbox: &Sandbox) -> Vec<Value> {
    let patches = sandbox.requests().into_iter().filter(|seen| seen.method == "PATCH");
    patches.map(|seen| seen.body.unwrap_or_default()).collect()
}

#[tokio::test]
async fn what_changed_is_sent_and_shown() {
    story(async |user| {
        user.goto(&format!("{}/{GERMANY}", list_of(POOLED))).await;
        user.sign_in(Demo::Owner).await;
        user.follow("Edit").await;
        user.see_heading("Edit billing account").await;
        user.see_value("City", "Berlin").await;
        user.press(SAVE).await;
        user.see("Nothing has changed, so nothing was sent").await;
        assert!(changed(&user.sandbox).is_empty());

        user.fill("Name", "Acme Netze GmbH").await;
        user.clear("Phone").await;
        user.press(SAVE).await;
        user.see("Billing account updated").await;
        user.see_heading("Acme Netze GmbH").await;
        user.see_fact("Phone", "Not given").await;
        user.see("13353 Berlin").await;
        assert_eq!(changed(&user.sandbox), [json!({ "name": "Acme Netze GmbH", "phone": null })]);
    })
    .await;
}

#[tokio::test]
async fn a_change_without_an_answer_is_sent_once_and_kept() {
    story(async |user| {
        user.sandbox.fault(Fault::once(FaultKind::CutAfter).on("PATCH", GERMANY));
        user.goto(&format!("{}/{GERMANY}/edit", list_of(POOLED))).await;
        user.sign_in(Demo::Owner).await;
        user.fill("Name", "Acme Netze GmbH").await;
        user.press(SAVE).await;
        user.see("may or may not").await;
        user.see_value("Name", "Acme Netze GmbH").await;
        assert_eq!(changed(&user.sandbox).len(), 1);
    })
    .await;
}

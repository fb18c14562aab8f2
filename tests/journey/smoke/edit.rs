//! A changed account: only the changed fields are sent, merged with the changes of others.

use sandbox::Fault;
use serde_json::json;

use crate::harness::fixtures::{GERMANY, SAVE, edit_germany, germany};
use crate::harness::replies::reply;
use crate::harness::requests::ReceivedRequests;
use crate::harness::stage::story;

#[tokio::test]
async fn only_changed_fields_are_sent_and_shown() {
    story(async |user| {
        user.open_signed_in(&germany()).await;
        user.follow("Edit").await;
        user.see_heading("Edit billing account").await;
        user.see_value("City", "Berlin").await;
        user.fill("Name", "Acme Netze GmbH").await;
        user.clear("Phone").await;

        user.sandbox.fault(Fault::once(reply(404, "application/json", "{}")).on("GET", GERMANY));
        user.press(SAVE).await;
        user.see("Account not found").await;
        user.see("Your changes weren’t saved.").await;
        user.see_value("Name", "Acme Netze GmbH").await;
        assert!(user.sandbox.patches().is_empty(), "nothing is sent to an account that is gone");

        user.press(SAVE).await;
        user.see("Billing account updated").await;
        user.see_heading("Acme Netze GmbH").await;
        user.see_detail("Phone", "Add a phone number").await;
        user.see("13353 Berlin").await;
        assert_eq!(user.sandbox.patches(), [json!({ "name": "Acme Netze GmbH", "phone": null })]);
    })
    .await;
}

#[tokio::test]
async fn changes_of_others_are_merged_and_conflicts_need_a_choice() {
    story(async |user| {
        user.open_signed_in(&edit_germany()).await;
        user.fill("City", "Potsdam").await;
        user.fill("Phone", "+49 30 555 0100").await;
        user.see("+49301234567 → becomes +49 30 555 0100").await;
        user.see("Berlin → becomes Potsdam").await;
        let theirs = json!({ "country": "DE", "line1": "Müllerstraße 6", "line2": "c/o Empfang", "city": "Berlin",
            "state": null, "postal_code": "13353" });
        let change =
            json!({ "phone": "+49 89 1", "name": "Acme Netz AG", "email": "theirs@acme.de", "address": theirs });
        user.patch_as_other_user(&germany(), change).await;
        user.sandbox.clear_requests();

        user.press(SAVE).await;
        user.see("This account was updated while you were editing").await;
        user.see("Also updated: Name, Email, Address line 1.").await;
        user.see_value("Name", "Acme Netz AG").await;
        user.see_value("Phone", "+49 30 555 0100").await;
        user.press(SAVE).await;
        user.expect("document.activeElement.className.includes('notice')", true).await;
        assert!(user.sandbox.patches().is_empty(), "nothing is sent before the choice");

        user.press("Keep mine for Phone").await;
        // A merged field that the user then changes is not reported as kept.
        user.fill("Email", "mine@acme.de").await;
        user.press(SAVE).await;
        user.see("Billing account updated").await;
        user.see("Changed: Email, Phone, City.").await;
        user.see("Also updated by someone else: Name, Address line 1.").await;
        let merged = json!({ "country": "DE", "line1": "Müllerstraße 6", "line2": "c/o Empfang", "city": "Potsdam",
            "state": null, "postal_code": "13353" });
        let body = json!({ "email": "mine@acme.de", "phone": "+49 30 555 0100", "address": merged });
        assert_eq!(user.sandbox.patches(), [body]);
    })
    .await;
}

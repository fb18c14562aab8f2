//! An account is changed: what changed is sent, once.

use sandbox::{Demo, Fault, FaultKind};
use serde_json::json;

use crate::harness::fixtures::{GERMANY, POOLED, SAVE, list_of};
use crate::harness::requests::ReceivedRequests;
use crate::harness::stage::story;

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
        assert!(user.sandbox.patches().is_empty());

        user.fill("Name", "Acme Netze GmbH").await;
        user.clear("Phone").await;
        user.press(SAVE).await;
        user.see("Billing account updated").await;
        user.see_heading("Acme Netze GmbH").await;
        user.see_detail("Phone", "Not given").await;
        user.see("13353 Berlin").await;
        assert_eq!(user.sandbox.patches(), [json!({ "name": "Acme Netze GmbH", "phone": null })]);
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
        assert_eq!(user.sandbox.patches().len(), 1);

        // It did arrive.
        user.press("Check whether it was saved").await;
        user.see("Billing account updated").await;
        user.see_heading("Acme Netze GmbH").await;
        assert_eq!(user.sandbox.patches().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_somebody_else_changed_is_merged_or_asked_about() {
    story(async |user| {
        let account = format!("{}/{GERMANY}", list_of(POOLED));
        user.goto(&format!("{account}/edit")).await;
        user.sign_in(Demo::Owner).await;
        user.fill("City", "Potsdam").await;
        user.fill("Phone", "+49 30 555 0100").await;
        user.see("+49301234567 → becomes +49 30 555 0100").await;
        user.see("Berlin → becomes Potsdam").await;
        // In the address too: the whole of it is sent, with theirs and ours.
        let address = json!({ "country": "DE", "line1": "Müllerstraße 6", "line2": "c/o Empfang", "city": "Berlin",
            "state": null, "postal_code": "13353" });
        user.patch_as_other_user(&account, json!({ "phone": "+49 89 1", "name": "Acme Netz AG", "address": address }))
            .await;
        user.sandbox.clear_requests();

        user.press(SAVE).await;
        user.see("Someone else changed this account while you were editing it").await;
        user.see("Their new values are in the form for: Name, Address line 1.").await;
        user.see_value("Name", "Acme Netz AG").await;
        user.see_value("Phone", "+49 30 555 0100").await;
        assert!(user.sandbox.patches().is_empty(), "nothing is sent before the choice");
        user.press(SAVE).await;
        user.expect("document.activeElement.className.includes('notice')", true).await;
        assert!(user.sandbox.patches().is_empty(), "nor by another press");

        user.press("Keep mine for Phone").await;
        user.press(SAVE).await;
        user.see("Billing account updated").await;
        user.see("Changed: Phone, City.").await;
        user.see("Someone else changed this meanwhile, and it was kept: Name, Address line 1.").await;
        let address = json!({ "country": "DE", "line1": "Müllerstraße 6", "line2": "c/o Empfang", "city": "Potsdam",
            "state": null, "postal_code": "13353" });
        assert_eq!(user.sandbox.patches(), [json!({ "phone": "+49 30 555 0100", "address": address })]);
    })
    .await;
}

#[tokio::test]
async fn what_only_somebody_else_changed_is_kept_and_said() {
    story(async |user| {
        let account = format!("{}/{GERMANY}", list_of(POOLED));
        user.goto(&format!("{account}/edit")).await;
        user.sign_in(Demo::Owner).await;
        user.fill("Phone", "+49 30 555 0100").await;
        user.patch_as_other_user(&account, json!({ "name": "Acme Netz AG" })).await;
        user.sandbox.clear_requests();
        user.press(SAVE).await;
        user.see_heading("Acme Netz AG").await;
        user.see("Changed: Phone.").await;
        user.see("Someone else changed this meanwhile, and it was kept: Name.").await;
        assert_eq!(user.sandbox.patches(), [json!({ "phone": "+49 30 555 0100" })]);
    })
    .await;
}

/// A merged field that the user then changed too was said to be kept as the other had left it.
#[tokio::test]
async fn a_merged_field_that_is_changed_after_all_is_not_said_to_be_kept() {
    story(async |user| {
        let account = format!("{}/{GERMANY}", list_of(POOLED));
        user.goto(&format!("{account}/edit")).await;
        user.sign_in(Demo::Owner).await;
        user.fill("Phone", "1").await;
        user.patch_as_other_user(&account, json!({ "name": "Acme Netz AG", "phone": "2" })).await;
        user.press(SAVE).await;
        user.press("Keep mine for Phone").await;
        user.fill("Name", "Acme Netze GmbH").await;
        user.press(SAVE).await;
        user.see("Changed: Name, Phone.").await;
        user.see_no("it was kept").await;
    })
    .await;
}

#[tokio::test]
async fn an_account_that_may_not_be_looked_at_can_be_saved_and_that_is_said() {
    story(async |user| {
        user.goto(&format!("{}/{GERMANY}/edit", list_of(POOLED))).await;
        user.sign_in(Demo::Owner).await;
        user.fill("City", "Potsdam").await;
        user.sandbox.fault(Fault::always(FaultKind::Empty { status: 403 }).on("GET", GERMANY));
        user.press(SAVE).await;
        user.see("Changed: City.").await;
        user.see("We couldn’t check for changes by others before saving").await;
        assert_eq!(user.sandbox.patches().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_change_is_undone_in_the_review() {
    story(async |user| {
        user.goto(&format!("{}/{GERMANY}/edit", list_of(POOLED))).await;
        user.sign_in(Demo::Owner).await;
        user.clear("Address line 2").await;
        user.see("cleared (was c/o Empfang)").await;
        user.press("Undo the change of Address line 2").await;
        user.see("Nothing yet.").await;
        user.see_value("Address line 2", "c/o Empfang").await;
        user.see_focus_on("Address line 2").await;
    })
    .await;
}

#[tokio::test]
async fn an_account_that_is_gone_is_said_to_be_and_nothing_is_sent() {
    story(async |user| {
        user.goto(&format!("{}/{GERMANY}/edit", list_of(POOLED))).await;
        user.sign_in(Demo::Owner).await;
        user.fill("Name", "Acme Netze GmbH").await;
        user.sandbox.fault(
            Fault::once(FaultKind::Status {
                status: 404,
                body: "{}".into(),
                content_type: "application/json".into(),
                headers: Vec::new(),
            })
            .on("GET", GERMANY),
        );
        user.press(SAVE).await;
        user.see("Altostrat couldn’t find this account").await;
        user.see("The account was not changed.").await;
        user.see_value("Name", "Acme Netze GmbH").await;
        assert!(user.sandbox.patches().is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_was_saved_otherwise_than_it_was_sent_is_pointed_out() {
    story(async |user| {
        user.goto(&format!("{}/{GERMANY}/edit", list_of(POOLED))).await;
        user.sign_in(Demo::Owner).await;
        user.fill("Name", "Acme Netze GmbH").await;
        let reply = json!({ "id": GERMANY, "name": "ACME NETZE GMBH", "email": "rechnung@acme.de" });
        user.sandbox.fault(Fault::once(FaultKind::json(200, &reply)).on("PATCH", GERMANY));
        user.press(SAVE).await;
        user.see("Name was sent as “Acme Netze GmbH” and saved as “ACME NETZE GMBH”.").await;
    })
    .await;
}

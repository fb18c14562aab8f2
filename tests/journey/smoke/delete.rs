//! A deleted account: the dialog, its keys and the list afterwards.

use fantoccini::key::Key;
use sandbox::{Fault, FaultKind};

use crate::harness::fixtures::{CONFIRM_DELETE, DELETE, GERMANY, GERMANY_NAME, POOLED, germany, list_of};
use crate::harness::requests::ReceivedRequests;
use crate::harness::stage::story;

#[tokio::test]
async fn a_double_click_deletes_once_after_escape_did_not() {
    story(async |user| {
        user.open_signed_in(&germany()).await;
        user.press("Delete").await;
        user.see_focus_on(CONFIRM_DELETE).await;
        user.type_text("Acme").await;
        user.press_key(Key::Enter, 1).await;
        user.see_error(CONFIRM_DELETE, "Enter “Acme Netzwerke GmbH” to confirm").await;
        user.press_key(Key::Escape, 1).await;
        user.see_no(DELETE).await;
        user.see_focus_on("More actions").await;
        assert_eq!(user.sandbox.deletes(), 0);

        user.press("Delete").await;
        user.see_focus_on(CONFIRM_DELETE).await;
        user.fill(CONFIRM_DELETE, GERMANY_NAME).await;
        user.sandbox.fault(Fault::once(FaultKind::None).on("DELETE", GERMANY).late(1500));
        user.double_click(DELETE).await;
        user.see("Deleting…").await;
        user.press_key(Key::Escape, 2).await;
        user.see("Deleting…").await;
        user.see("Billing account deleted").await;
        user.see_heading("Billing accounts").await;
        user.see_path(&list_of(POOLED)).await;
        assert_eq!((user.sandbox.deletes(), user.sandbox.accounts(POOLED).len()), (1, 2));
    })
    .await;
}

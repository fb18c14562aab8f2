//! Whether the account was created is not known: it is sent once, the page says so, and the form stays filled.

use sandbox::{Demo, Fault, FaultKind};

use crate::stage::{Seen, story};
use crate::{ASSIGNED, new_in};

/// One attempt that this befalls, and how many accounts there are afterwards.
async fn befalls(kind: FaultKind, accounts: usize) {
    story(async |user| {
        user.sandbox.fault(Fault::once(kind).on("POST", "/billing-accounts"));
        user.goto(&new_in(ASSIGNED)).await;
        user.sign_in(Demo::Owner).await;
        user.fill("Name", "Karoo Broadband").await;
        user.fill("Email", "billing@karoo.example.com").await;
        user.choose("Currency", "EUR – Euro").await;
        user.press("Create billing account").await;
        user.see("may or may not").await;
        user.see_value("Name", "Karoo Broadband").await;
        user.see_value("Email", "billing@karoo.example.com").await;
        user.see_value("Currency", "eur").await;
        assert_eq!(user.sandbox.created().len(), 1);
        assert_eq!(user.sandbox.accounts(ASSIGNED).len(), accounts);
    })
    .await;
}

#[tokio::test]
async fn an_html_500_is_not_taken_for_a_no() {
    befalls(FaultKind::Html { status: 500 }, 0).await;
}

#[tokio::test]
async fn an_empty_502_is_not_taken_for_a_no() {
    befalls(FaultKind::Empty { status: 502 }, 0).await;
}

#[tokio::test]
async fn a_connection_cut_before_the_work_is_not_taken_for_a_no() {
    befalls(FaultKind::CutBefore, 0).await;
}

#[tokio::test]
async fn a_connection_cut_after_the_work_is_not_taken_for_a_no() {
    befalls(FaultKind::CutAfter, 1).await;
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_not_taken_for_a_no() {
    befalls(FaultKind::Redirect { to: "/api/workspaces".to_owned() }, 0).await;
}

#[tokio::test]
async fn a_yes_that_cannot_be_read_is_a_yes() {
    story(async |user| {
        let odd = FaultKind::Status {
            status: 201,
            body: "<p>Created</p>".to_owned(),
            content_type: "text/html".to_owned(),
            headers: Vec::new(),
        };
        user.sandbox.fault(Fault::once(odd).on("POST", "/billing-accounts").after_work());
        user.goto(&new_in(ASSIGNED)).await;
        user.sign_in(Demo::Owner).await;
        user.fill("Name", "Karoo Broadband").await;
        user.fill("Email", "billing@karoo.example.com").await;
        user.press("Create billing account").await;
        user.see("Saved, but the details could not be shown").await;
        user.see_no("may or may not").await;
        assert_eq!((user.sandbox.created().len(), user.sandbox.accounts(ASSIGNED).len()), (1, 1));
    })
    .await;
}

/// It was taken for no answer, and the button invited a second account.
#[tokio::test]
async fn a_yes_whose_reply_never_ends_is_a_yes() {
    story(async |user| {
        // Slower than the deadline of thirty seconds.
        user.sandbox.fault(Fault::once(FaultKind::SlowBytes { ms_per_byte: 200 }).on("POST", "/billing-accounts"));
        user.goto(&new_in(ASSIGNED)).await;
        user.sign_in(Demo::Owner).await;
        user.fill("Name", "Karoo Broadband").await;
        user.fill("Email", "billing@karoo.example.com").await;
        user.press("Create billing account").await;
        user.see("Saving…").await;
        user.see("Saved, but the details could not be shown").await;
        user.see_no("Create billing account").await;
        assert_eq!(user.sandbox.accounts(ASSIGNED).len(), 1);
    })
    .await;
}

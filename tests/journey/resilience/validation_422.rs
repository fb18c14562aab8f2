//! The API says no: its words are shown, on their fields where it names some, and nothing typed is lost.

use sandbox::{Demo, Fault, FaultKind};
use serde_json::json;

use crate::harness::fixtures::{ASSIGNED, CREATE, POOLED, SINGLE, new_in};
use crate::harness::requests::ReceivedRequests;
use crate::harness::stage::story;
use crate::harness::user::User;

const TYPED: [(&str, &str); 4] =
    [("Name", "Karoo Broadband"), ("Email", "billing@karoo.example.com"), ("Phone", "021"), ("City", "Prince Albert")];

async fn fill_in(user: &User) {
    for (label, text) in TYPED {
        user.fill(label, text).await;
    }
    user.choose("Country", "South Africa").await;
}

async fn see_everything_kept(user: &User) {
    for (label, text) in TYPED {
        user.see_value(label, text).await;
    }
    user.see_value("Country", "ZA").await;
}

#[tokio::test]
async fn a_workspace_that_is_full_says_so() {
    story(async |user| {
        user.goto(&new_in(SINGLE)).await;
        user.sign_in(Demo::Owner).await;
        fill_in(user).await;
        user.press(CREATE).await;
        user.see("A workspace in single billing mode can have at most 1 billing account.").await;
        user.see("No account was created").await;
        user.see("billing_account_limit_reached").await;
        let link = "link('About this error (opens in a new tab)')?.href";
        user.expect(link, "https://docs.altostrat.io/errors/billing_account_limit_reached").await;
        see_everything_kept(user).await;
        assert_eq!((user.sandbox.posts().len(), user.sandbox.accounts(SINGLE).len()), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn an_error_at_a_field_stays_until_that_field_is_edited() {
    story(async |user| {
        let errors = json!({
            "message": "The postal code is wrong. (and 1 more error)",
            "errors": { "address.postal_code": ["The postal code is wrong."], "vat": ["A VAT number is missing."] },
        });
        user.sandbox.fault(Fault::once(FaultKind::json(422, &errors)).on("POST", "/billing-accounts"));
        user.goto(&new_in(ASSIGNED)).await;
        user.sign_in(Demo::Owner).await;
        fill_in(user).await;
        user.press(CREATE).await;
        user.see_error("Postal code", "The postal code is wrong.").await;
        let listed = "all('.summary li').map(item => normalize(item.textContent))";
        user.expect(listed, json!(["The postal code is wrong.", "A VAT number is missing."])).await;
        see_everything_kept(user).await;
        assert!(user.sandbox.accounts(ASSIGNED).is_empty());

        user.fill("City", TYPED[3].1).await;
        user.see_error("Postal code", "The postal code is wrong.").await;
        user.fill("Postal code", "6930").await;
        user.see_error("Postal code", "").await;
        user.press(CREATE).await;
        user.see("Billing account created").await;
        let created = user.sandbox.posts();
        assert_eq!((created.len(), &created[1]["address"]["postal_code"]), (2, &json!("6930")));
    })
    .await;
}

#[tokio::test]
async fn a_viewer_is_told_so_before_typing_anything() {
    story(async |user| {
        user.goto(&new_in(POOLED)).await;
        user.sign_in(Demo::Viewer).await;
        user.see("You can view billing accounts here, but not change them").await;
        user.expect("!!control('Name')", false).await;
    })
    .await;
}

#[tokio::test]
async fn a_viewer_whose_role_is_not_known_is_refused_in_words() {
    story(async |user| {
        user.sandbox.fault(Fault::once(FaultKind::Html { status: 404 }).on("GET", "/members"));
        user.goto(&new_in(POOLED)).await;
        user.sign_in(Demo::Viewer).await;
        fill_in(user).await;
        user.press(CREATE).await;
        user.see("You are not allowed to do this").await;
        user.see("Ask an owner or admin of this workspace").await;
        user.see("Only owners and admins of this workspace may change it.").await;
        see_everything_kept(user).await;
        assert_eq!((user.sandbox.posts().len(), user.sandbox.accounts(POOLED).len()), (1, 3));
    })
    .await;
}

#[tokio::test]
async fn what_the_server_says_is_text() {
    story(async |user| {
        let bomb = "<img src=x onerror=alert(1)>";
        let body = json!({ "message": bomb, "code": bomb, "doc_url": "javascript:alert(1)", "errors": { "name": [bomb], "x": [bomb] } });
        user.sandbox.fault(Fault::once(FaultKind::json(422, &body)).on("POST", "/billing-accounts"));
        user.goto(&new_in(ASSIGNED)).await;
        user.sign_in(Demo::Owner).await;
        fill_in(user).await;
        user.press(CREATE).await;
        user.see_error("Name", bomb).await;
        user.see(&format!("The API said: “{bomb}”")).await;
        user.expect("all('main img').length + all('a[href^=javascript]').length", 0).await;
    })
    .await;
}

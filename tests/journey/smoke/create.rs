//! An account is created, and then shown as the API answered it.

use sandbox::Demo;
use serde_json::{Value, json};

use crate::harness::fixtures::{ASSIGNED, CREATE, POOLED, list_of, new_in};
use crate::harness::requests::ReceivedRequests;
use crate::harness::stage::story;
use crate::harness::user::User;

/// What is typed or chosen, and what the account's page then says.
const FACTS: [(&str, &str); 11] = [
    ("Name", "Karoo Broadband (EU)"),
    ("Email", "billing-eu@karoo.example.com"),
    ("Phone", "+27215550100"),
    ("Description", "For all “European” operations & <b>more</b>."),
    ("Currency", "ZAR – South African Rand"),
    ("Address line 1", "12 Long Street"),
    ("Address line 2", "Suite 456"),
    ("City", "Cape Town"),
    ("State or province", "Western Cape"),
    ("Postal code", "8001"),
    ("Country", "South Africa"),
];
/// From here on it is the address.
const ADDRESS: usize = 5;

fn expected_body() -> Value {
    json!({
        "name": FACTS[0].1,
        "email": FACTS[1].1,
        "phone": FACTS[2].1,
        "description": FACTS[3].1,
        "currency": "zar",
        "address": {
            "country": "ZA",
            "line1": FACTS[5].1,
            "line2": FACTS[6].1,
            "city": FACTS[7].1,
            "state": FACTS[8].1,
            "postal_code": FACTS[9].1,
        },
    })
}

async fn see_the_account(user: &User, id: &str) {
    user.see_path(&format!("{}/{id}", list_of(ASSIGNED))).await;
    user.see_heading(FACTS[0].1).await;
    user.expect("normalize(document.querySelector('.account-id code').textContent)", id).await;
    for (term, text) in &FACTS[..ADDRESS] {
        user.see_detail(term, text).await;
    }
    for (_, text) in &FACTS[ADDRESS..] {
        user.expect(&format!("detail('Address').includes({})", json!(text)), true).await;
    }
}

#[tokio::test]
async fn an_account_created_with_every_field_is_shown_with_every_field() {
    story(async |user| {
        user.goto(&new_in(ASSIGNED)).await;
        user.see_heading("Sign in").await;
        user.see_path(&new_in(ASSIGNED)).await;
        user.sign_in_and_stay(&user.sandbox.token(Demo::Owner)).await;
        user.see_heading("New billing account").await;
        user.see_path(&new_in(ASSIGNED)).await;
        for (label, text) in FACTS {
            match label {
                "Currency" | "Country" => user.choose(label, text).await,
                _ => user.fill(label, text).await,
            }
        }
        user.press(CREATE).await;

        user.see("Billing account created").await;
        assert_eq!(user.sandbox.posts(), [expected_body()]);
        let [account] = &user.sandbox.accounts(ASSIGNED)[..] else { panic!("there is one account") };
        let id = account["id"].as_str().expect("an account has an id");
        let path = format!("/api{}/{id}", list_of(ASSIGNED));
        see_the_account(user, id).await;
        user.see_focus_on(FACTS[0].1).await;
        assert_eq!(user.sandbox.gets(&path), 0, "what the API answered is not asked for again");

        user.reload().await;
        see_the_account(user, id).await;
        user.see_no("Billing account created").await;
        assert_eq!((user.sandbox.gets(&path), user.sandbox.posts().len()), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn what_is_left_empty_is_not_sent() {
    story(async |user| {
        user.goto(&new_in(ASSIGNED)).await;
        user.sign_in(Demo::Owner).await;
        user.fill("Name", "  Karoo Broadband ").await;
        user.fill("Phone", "   ").await;
        user.fill("Email", "billing@karoo.example.com").await;
        user.press(CREATE).await;
        user.see("Billing account created").await;
        let body = json!({ "name": "Karoo Broadband", "email": "billing@karoo.example.com" });
        assert_eq!(user.sandbox.posts(), [body]);
        user.see_detail("Phone", "Not given").await;
        user.see_detail("Currency", "ZAR – South African Rand").await;
    })
    .await;
}

#[tokio::test]
async fn from_the_workspace_to_the_account_and_back_by_links() {
    story(async |user| {
        user.goto("/").await;
        user.sign_in(Demo::Admin).await;
        user.follow("Acme Networks").await;
        user.see("Acme Netzwerke GmbH").await;
        user.see_path(&list_of(POOLED)).await;
        user.follow("New billing account").await;
        user.see_focus_on("New billing account").await;
        user.fill("Name", "Fourth").await;
        user.fill("Email", "fourth@acme.com").await;
        user.press(CREATE).await;
        user.see("Billing account created").await;
        user.follow("Billing accounts").await;
        user.follow("Fourth").await;
        user.see_heading("Fourth").await;
        user.see_no("Billing account created").await;
    })
    .await;
}

#[tokio::test]
async fn a_name_over_its_limit_is_said_at_once_and_not_sent() {
    story(async |user| {
        user.goto(&new_in(ASSIGNED)).await;
        user.sign_in(Demo::Owner).await;
        user.fill("Email", "billing@karoo.example.com").await;
        user.paste("Name", &"x".repeat(112)).await;
        user.see("112/100").await;
        user.see("12 characters too many").await;
        user.see_error("Name", "Name must be 100 characters or fewer").await;
        user.see_focus_on("Name").await;
        user.press(CREATE).await;
        user.expect("document.activeElement.querySelector('h2')?.textContent", "There is a problem").await;
        user.expect("document.title.startsWith('Error: ')", true).await;
        assert!(user.sandbox.posts().is_empty());

        user.follow("Name must be 100 characters or fewer").await;
        user.see_focus_on("Name").await;
        user.expect("location.hash", "").await;
        user.see_value("Name", &"x".repeat(112)).await;
        user.fill("Name", &"x".repeat(100)).await;
        user.see_no("There is a problem").await;
        user.see_error("Name", "").await;
        user.press(CREATE).await;
        user.see("Billing account created").await;
        assert_eq!(user.sandbox.posts().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_empty_form_names_what_is_missing_in_order() {
    story(async |user| {
        user.goto(&new_in(ASSIGNED)).await;
        user.sign_in(Demo::Owner).await;
        user.press(CREATE).await;
        let listed = "all('.summary li').map(item => normalize(item.textContent))";
        user.expect(listed, json!(["Enter a name", "Enter an email address"])).await;
        user.see_error("Name", "Enter a name").await;
        user.see_error("Email", "Enter an email address").await;
        user.fill("Email", "nobody").await;
        user.see_error("Email", "Enter an email address in the correct format, like name@example.com").await;
        user.see_error("Name", "Enter a name").await;
        assert!(user.sandbox.posts().is_empty());
    })
    .await;
}

/// Country and currency were shown as chosen, and were missing from what was sent.
#[tokio::test]
async fn a_choice_that_fires_change_alone_is_sent() {
    story(async |user| {
        user.goto(&new_in(ASSIGNED)).await;
        user.sign_in(Demo::Owner).await;
        user.fill("Name", "Acme").await;
        user.fill("Email", "billing@acme.com").await;
        user.click_option("Currency", "AUD – Australian Dollar").await;
        user.click_option("Country", "Australia").await;
        user.press("Create billing account").await;
        user.see("Billing account created").await;
        let body = json!({
            "name": "Acme", "email": "billing@acme.com", "currency": "aud", "address": { "country": "AU" },
        });
        assert_eq!(user.sandbox.posts(), [body]);
    })
    .await;
}

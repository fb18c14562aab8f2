//! A new account: from the list of workspaces to the form, the account's page and back.

use serde_json::{Value, json};

use crate::harness::fixtures::{ASSIGNED, CREATE, list_of, new_in};
use crate::harness::requests::ReceivedRequests;
use crate::harness::stage::story;
use crate::harness::user::User;

/// The value of each field, as typed or chosen and as the account's page shows it.
const FIELDS: [(&str, &str); 11] = [
    ("Name", "Karoo Broadband (EU)"),
    ("Email", "billing-eu@karoo.example.com"),
    ("Phone", "+27215550100"),
    ("Description", "For all “European” operations & <b>more</b>."),
    ("Address line 1", "12 Long Street"),
    ("Address line 2", "Suite 456"),
    ("City", "Cape Town"),
    ("State or province", "Western Cape"),
    ("Postal code", "8001"),
    ("Country", "South Africa"),
    ("Currency", "ZAR – South African Rand"),
];

fn expected_body() -> Value {
    json!({
        "name": FIELDS[0].1,
        "email": FIELDS[1].1,
        "phone": FIELDS[2].1,
        "description": FIELDS[3].1,
        "currency": "zar",
        "address": {
            "country": "ZA",
            "line1": FIELDS[4].1,
            "line2": FIELDS[5].1,
            "city": FIELDS[6].1,
            "state": FIELDS[7].1,
            "postal_code": FIELDS[8].1,
        },
    })
}

async fn see_account(user: &User, id: &str) {
    user.see_path(&format!("{}/{id}", list_of(ASSIGNED))).await;
    user.see_heading(FIELDS[0].1).await;
    user.expect("normalize(document.querySelector('.account-id code').textContent)", id).await;
    // The name is the heading.
    for (label, text) in &FIELDS[1..] {
        // The account's page uses the country's own labels.
        let term = if *label == "State or province" { "Province" } else { label };
        user.see_detail(term, text).await;
    }
    let bill_to = "Karoo Broadband (EU) 12 Long Street Suite 456 Cape Town Western Cape 8001 SOUTH AFRICA";
    user.expect("normalize(document.querySelector('.bill-to-lines').innerText)", bill_to).await;
}

#[tokio::test]
async fn an_account_is_created_with_every_field() {
    story(async |user| {
        user.open_signed_in("/").await;
        user.follow("Northwind Operations").await;
        user.follow(CREATE).await;
        user.see_heading("New billing account").await;
        user.see_focus_on("New billing account").await;
        user.see_path(&new_in(ASSIGNED)).await;
        for (label, text) in FIELDS {
            match label {
                // A choice with the mouse fires `change` but no `input` event.
                "Currency" | "Country" => user.choose(label, text).await,
                _ => user.fill(label, text).await,
            }
        }
        user.press(CREATE).await;

        user.see("Billing account created").await;
        assert_eq!(user.sandbox.posts(), [expected_body()]);
        let [account] = &user.sandbox.accounts(ASSIGNED)[..] else { panic!("there is one account") };
        let id = account["id"].as_str().expect("an account has an ID");
        let path = format!("/api{}/{id}", list_of(ASSIGNED));
        see_account(user, id).await;
        user.see_focus_on(FIELDS[0].1).await;
        assert_eq!(user.sandbox.gets(&path), 0, "the reply to the save is shown, not loaded again");
        user.expect("performance.getEntriesByType('navigation').length", 1).await;

        user.reload().await;
        see_account(user, id).await;
        user.see_no("Billing account created").await;
        assert_eq!((user.sandbox.gets(&path), user.sandbox.posts().len()), (1, 1));

        user.follow("Billing accounts").await;
        user.see_heading("Billing accounts").await;
        user.follow(FIELDS[0].1).await;
        user.see_heading(FIELDS[0].1).await;
        user.go_back().await;
        user.see_heading("Billing accounts").await;
        user.see_path(&list_of(ASSIGNED)).await;
        user.see_focus_on("Billing accounts").await;
    })
    .await;
}

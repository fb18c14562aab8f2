use serde_json::{Value, json};

use crate::harness::{POOLED, SUBSCRIBED, TestServer};

fn with(field: &str, value: impl Into<Value>) -> Value {
    let mut body = json!({ "name": "Acme", "email": "billing@acme.com" });
    body[field] = value.into();
    body
}

#[tokio::test]
async fn name_and_email_are_required() {
    let server = TestServer::start().await;
    let missing = json!({ "name": ["The name field is required."], "email": ["The email field is required."] });
    for body in [
        json!({}),
        json!({ "name": "", "email": null }),
        json!({ "name": " \u{200B}", "email": "\u{FEFF}" }),
        json!([]),
    ] {
        let reply = server.post(POOLED, body).await;
        reply.assert_validation_errors(missing.clone());
        assert_eq!(reply.json()["message"], "The name field is required. (and 1 more error)");
    }
}

#[tokio::test]
async fn name_and_email_cannot_be_cleared_by_a_patch() {
    let server = TestServer::start().await;
    server
        .patch(SUBSCRIBED, json!({ "name": "" }))
        .await
        .assert_validation_errors(json!({ "name": ["The name field is required."] }));
    server
        .patch(SUBSCRIBED, json!({ "email": null }))
        .await
        .assert_validation_errors(json!({ "email": ["The email field is required."] }));
}

#[tokio::test]
async fn each_text_has_its_limit_in_code_points() {
    let server = TestServer::start().await;
    for (field, max) in [("name", 100), ("phone", 50), ("description", 200)] {
        let message = format!("The {field} field must not be greater than {max} characters.");
        for letter in ["a", "é", "👍"] {
            let reply = server.patch(SUBSCRIBED, json!({ field: letter.repeat(max) })).await;
            assert_eq!((reply.status, &reply.json()[field]), (200, &json!(letter.repeat(max))));
            let longer = letter.repeat(max + 1);
            server
                .patch(SUBSCRIBED, json!({ field: longer }))
                .await
                .assert_validation_errors(json!({ field: [message] }));
            let reply = server.post(POOLED, with(field, longer)).await;
            reply.assert_validation_errors(json!({ field: [message] }));
            assert_eq!(reply.json()["message"], message);
        }
    }
}

#[tokio::test]
async fn an_email_has_at_most_150_characters() {
    let server = TestServer::start().await;
    let email = |length: usize| {
        format!("{}@example.com", "a.".repeat(25) + &"b".repeat(10)).replace("example", &"e".repeat(length - 65))
    };
    assert_eq!((email(150).len(), email(151).len()), (150, 151));
    assert_eq!(server.patch(SUBSCRIBED, json!({ "email": email(150) })).await.status, 200);
    let message = "The email field must not be greater than 150 characters.";
    server
        .patch(SUBSCRIBED, json!({ "email": email(151) }))
        .await
        .assert_validation_errors(json!({ "email": [message] }));
}

#[tokio::test]
async fn an_email_must_look_like_one() {
    let server = TestServer::start().await;
    let message = "The email field must be a valid email address.";
    for email in [
        "acme",
        "@acme.com",
        "a@",
        "a b@acme.com",
        "a@acme..com",
        ".a@acme.com",
        "a@-acme.com",
        "a@b@c.com",
        "a@acme.com,b@acme.com",
    ] {
        server.post(POOLED, with("email", email)).await.assert_validation_errors(json!({ "email": [message] }));
    }
    for email in ["a@b", "first.last+tag@sub.acme.co.za", "o'brien@acme.com", "rechnung@müller.de"] {
        assert_eq!(server.patch(SUBSCRIBED, json!({ "email": email })).await.status, 200, "{email}");
    }
}

#[tokio::test]
async fn a_wrong_type_must_be_a_string() {
    let server = TestServer::start().await;
    for field in ["name", "email", "phone", "description"] {
        for value in [json!(1), json!(true), json!(["a"]), json!({})] {
            let message = format!("The {field} field must be a string.");
            server.post(POOLED, with(field, value.clone())).await.assert_validation_errors(json!({ field: [message] }));
            server
                .patch(SUBSCRIBED, json!({ field: value }))
                .await
                .assert_validation_errors(json!({ field: [message] }));
        }
    }
    server
        .post(POOLED, with("currency", 5))
        .await
        .assert_validation_errors(json!({ "currency": ["The currency field must be a string."] }));
    server.post(POOLED, with("address", json!({ "postal_code": 94105 }))).await.assert_validation_errors(
        json!({ "address.postal_code": ["The address.postal code field must be a string."] }),
    );
    for address in [json!("Main Street"), json!(["US"]), json!(null)] {
        let message = "The address field must be an array.";
        server.post(POOLED, with("address", address)).await.assert_validation_errors(json!({ "address": [message] }));
    }
}

#[tokio::test]
async fn only_the_five_lower_case_currencies_are_accepted() {
    let server = TestServer::start().await;
    for currency in ["usd", "zar", "eur", "gbp", "aud"] {
        assert_eq!(server.post(POOLED, with("currency", currency)).await.json()["currency"], currency);
    }
    for currency in ["USD", "jpy", "us"] {
        let reply = server.post(POOLED, with("currency", currency)).await;
        reply.assert_validation_errors(json!({ "currency": ["The selected currency is invalid."] }));
    }
}

#[tokio::test]
async fn a_currency_cannot_be_changed() {
    let server = TestServer::start().await;
    for currency in [json!("usd"), json!("eur"), json!(null)] {
        let reply = server.patch(SUBSCRIBED, json!({ "name": "Not this either", "currency": currency })).await;
        reply.assert_validation_errors(json!({ "currency": ["The currency field must be missing."] }));
    }
    assert_eq!(server.sandbox.accounts("ws_a1b2c3d4e5f6g7h8")[0]["name"], "ACME Corp Billing");
}

#[tokio::test]
async fn a_country_is_an_assigned_upper_case_code() {
    let server = TestServer::start().await;
    for country in ["ZA", "US", "XK", "UK", "us", "USA", "U"] {
        let reply = server.patch(SUBSCRIBED, json!({ "address": { "country": country } })).await;
        match country {
            "ZA" | "US" => assert_eq!(reply.json()["address"]["country"], country),
            _ => reply
                .assert_validation_errors(json!({ "address.country": ["The selected address.country is invalid."] })),
        }
    }
}

#[tokio::test]
async fn several_errors_are_counted_and_named_by_field() {
    let server = TestServer::start().await;
    let body =
        json!({ "name": "n".repeat(101), "email": format!("{} x", "e".repeat(150)), "address": { "country": "XX" } });
    let reply = server.post(POOLED, body).await;
    reply.assert_validation_errors(json!({
        "name": ["The name field must not be greater than 100 characters."],
        "email": ["The email field must be a valid email address.", "The email field must not be greater than 150 characters."],
        "address.country": ["The selected address.country is invalid."],
    }));
    assert_eq!(reply.json()["message"], "The name field must not be greater than 100 characters. (and 3 more errors)");
}

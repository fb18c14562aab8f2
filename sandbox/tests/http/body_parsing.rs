//! The parsing of request bodies, before any rule is applied.

use sandbox::Demo;
use serde_json::{Value, json};

use crate::harness::{POOLED, Reply, SUBSCRIBED, TestServer};

fn with(field: &str, value: impl Into<Value>) -> Value {
    let mut body = json!({ "name": "Acme", "email": "billing@acme.com" });
    body[field] = value.into();
    body
}

#[tokio::test]
async fn strings_are_trimmed_and_empty_ones_become_null() {
    let server = TestServer::start().await;
    let body = json!({
        "name": "\u{FEFF}\u{200B} Acme\u{A0}Networks \u{2060}\n",
        "email": "\tbilling@acme.com\u{3000}",
        "phone": " ",
        "description": "",
        "address": { "country": " ZA ", "line1": "\u{200D}", "city": "  Cape  Town " },
    });
    let made = server.post(POOLED, body).await.json();
    assert_eq!(made["name"], "Acme\u{A0}Networks");
    assert_eq!(made["email"], "billing@acme.com");
    assert_eq!((&made["phone"], &made["description"]), (&Value::Null, &Value::Null));
    assert_eq!((&made["address"]["country"], &made["address"]["line1"]), (&json!("ZA"), &Value::Null));
    assert_eq!(made["address"]["city"], "Cape  Town");
    let padded = format!("  {}\u{200B}", "n".repeat(100));
    assert_eq!(server.patch(SUBSCRIBED, json!({ "name": padded })).await.status, 200);
}

#[tokio::test]
async fn unknown_fields_are_ignored() {
    let server = TestServer::start().await;
    let made = server.post(POOLED, with("id", "cus_0000000000000000")).await.json();
    assert_ne!(made["id"], "cus_0000000000000000");
    let after =
        server.patch(SUBSCRIBED, json!({ "workspace_id": "ws_x", "colour": 1, "address": { "county": "x" } })).await;
    assert_eq!((after.status, &after.json()["workspace_id"]), (200, &json!("ws_a1b2c3d4e5f6g7h8")));
}

#[tokio::test]
async fn bodies_that_are_malformed_not_json_or_too_large_fail() {
    let server = TestServer::start().await;
    let path = format!("{POOLED}/billing-accounts");
    for body in ["{", "{\"name\": }", "name=Acme", "{\"name\":\"\u{1}\"}", "{\"name\":\"\\ud800\"}"] {
        server.send_json(Demo::Owner, "POST", &path, body).await.assert_error(400, "malformed_json");
    }
    let form = server.request_as(Demo::Owner, "POST", &path).header("content-type", "text/plain").body("{}");
    Reply::of(form).await.assert_error(415, "unsupported_media_type");
    let charset =
        server.request_as(Demo::Owner, "POST", &path).header("content-type", "application/json; charset=utf-8");
    assert_eq!(Reply::of(charset.body("{}")).await.status, 422);
    let large = format!("{{\"name\":\"{}\"}}", "n".repeat(1024 * 1024));
    server.send_json(Demo::Owner, "POST", &path, &large).await.assert_error(413, "payload_too_large");
    assert_eq!(server.sandbox.accounts("ws_a1b2c3d4e5f6g7h8").len(), 3);
}

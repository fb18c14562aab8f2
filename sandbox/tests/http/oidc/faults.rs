//! The issuer's faults: each changes what it names and nothing else.

use std::time::{Duration, Instant};

use sandbox::{Fault, FaultKind, IssuerFault};
use serde_json::{Value, json};

use crate::harness::oidc_client::{Client, parameter};
use crate::harness::{Reply, TestServer};

fn queue(server: &TestServer, fault: IssuerFault) {
    server.sandbox.fault(Fault::once(FaultKind::Issuer(fault)));
}

#[tokio::test]
async fn the_callback_has_another_state_or_issuer_or_an_error() {
    let server = TestServer::start().await;
    let mut client = Client::new(&server);
    queue(&server, IssuerFault::WrongState);
    queue(&server, IssuerFault::WrongCallbackIssuer);
    queue(&server, IssuerFault::CallbackError { error: "server_error".to_owned(), description: "Oh no".to_owned() });
    let [state, issuer, error, none] = [
        client.choose("owner").await,
        client.choose("owner").await,
        client.choose("owner").await,
        client.choose("owner").await,
    ];
    assert_eq!(parameter(&state, "state").as_deref(), Some("another-state"));
    assert_eq!(parameter(&issuer, "iss").as_deref(), Some("https://issuer.example"));
    assert_eq!(parameter(&error, "error_description").as_deref(), Some("Oh no"));
    assert_eq!(parameter(&error, "code"), None);
    assert_eq!(parameter(&none, "state").as_deref(), Some(client.state()));
    assert_eq!(parameter(&none, "iss"), Some(server.sandbox.issuer()));
}

#[tokio::test]
async fn the_discovery_document_names_another_issuer() {
    let server = TestServer::start().await;
    queue(&server, IssuerFault::WrongDiscoveryIssuer);
    let issuer = async || {
        Reply::of(server.request("GET", "/oidc/.well-known/openid-configuration")).await.json()["issuer"].clone()
    };
    assert_eq!(issuer().await, "https://issuer.example");
    assert_eq!(issuer().await, server.sandbox.issuer());
}

#[tokio::test]
async fn one_claim_of_the_id_token_is_wrong() {
    let server = TestServer::start().await;
    for (fault, claim, value) in [
        (IssuerFault::WrongIssuer, "iss", json!("https://issuer.example")),
        (IssuerFault::WrongAudience, "aud", json!("another-client")),
        (IssuerFault::WrongNonce, "nonce", json!("another-nonce")),
    ] {
        let mut client = Client::new(&server);
        queue(&server, fault);
        let tokens = client.sign_in("owner").await;
        assert_eq!(client.claims(&tokens, "id_token")[claim], value);
    }
}

#[tokio::test]
async fn the_id_token_is_expired() {
    let server = TestServer::start().await;
    let mut client = Client::new(&server);
    queue(&server, IssuerFault::ExpiredIdToken);
    let tokens = client.sign_in("owner").await;
    let exp = |token: &str| client.claims(&tokens, token)["exp"].as_i64().expect("a time");
    assert!(exp("id_token") < exp("access_token") - 24 * 3600);
}

#[tokio::test]
async fn the_code_counts_as_used() {
    let server = TestServer::start().await;
    let mut client = Client::new(&server);
    let code = client.code("owner").await;
    queue(&server, IssuerFault::CodeReuse);
    let reply = client.exchange(&code, &[]).await;
    assert_eq!((reply.status, &reply.json()["error"]), (400, &json!("invalid_grant")));
}

#[tokio::test]
async fn the_access_token_has_the_lifetime_asked_for() {
    let server = TestServer::start().await;
    let mut client = Client::new(&server);
    queue(&server, IssuerFault::Lifetime { seconds: 90 });
    let tokens = client.sign_in("owner").await;
    let claims = client.claims(&tokens, "access_token");
    assert_eq!(tokens["expires_in"], 90);
    assert_eq!(claims["exp"].as_i64().zip(claims["iat"].as_i64()).map(|(exp, iat)| exp - iat), Some(90));
}

#[tokio::test]
async fn faults_of_the_network_apply_to_the_issuer_when_they_name_it() {
    let server = TestServer::start().await;
    let client = Client::new(&server);
    let on_token = |kind| Fault::once(kind).on("POST", "/oidc/token");
    server.sandbox.fault(on_token(FaultKind::json(400, &json!({ "error": "invalid_grant" }))));
    assert_eq!(client.exchange("x", &[]).await.json(), json!({ "error": "invalid_grant" }));
    server.sandbox.fault(on_token(FaultKind::Html { status: 500 }));
    assert_eq!(client.exchange("x", &[]).await.status, 500);
    server.sandbox.fault(on_token(FaultKind::None).late(200));
    let start = Instant::now();
    client.exchange("x", &[]).await;
    assert!(start.elapsed() >= Duration::from_millis(200));
    server.sandbox.fault(on_token(FaultKind::CutBefore));
    assert!(client.token_request(&[("grant_type", "x")]).send().await.is_err());
}

#[tokio::test]
async fn a_fault_that_does_not_name_the_issuer_waits_for_the_api() {
    let server = TestServer::start().await;
    let mut client = Client::new(&server);
    server.sandbox.fault(Fault::once(FaultKind::Empty { status: 503 }));
    queue(&server, IssuerFault::WrongDiscoveryIssuer);
    let code = client.code("owner").await;
    assert_eq!(client.exchange(&code, &[]).await.status, 200);
    assert_eq!(server.get("/api/workspaces").await.status, 503);
    assert_eq!(server.get("/api/workspaces").await.status, 200);
}

#[tokio::test]
async fn issuer_faults_are_queued_over_http() {
    let server = TestServer::start().await;
    let mut client = Client::new(&server);
    let add =
        async |fault: Value| Reply::of(server.request("POST", "/sandbox/faults").body(fault.to_string())).await.status;
    assert_eq!(add(json!({ "kind": { "issuer": "wrong_state" }, "times": "always" })).await, 204);
    assert_eq!(add(json!({ "kind": { "issuer": { "lifetime": { "seconds": 5 } } } })).await, 204);
    assert_eq!(add(json!({ "kind": { "issuer": "wrong" } })).await, 400);
    for _ in 0..2 {
        let callback = client.choose("owner").await;
        assert_eq!(parameter(&callback, "state").as_deref(), Some("another-state"));
    }
    assert_eq!(Reply::of(server.request("DELETE", "/sandbox/faults")).await.status, 204);
    let callback = client.choose("owner").await;
    assert_eq!(parameter(&callback, "state").as_deref(), Some(client.state()));
}

#[tokio::test]
async fn requests_to_the_issuer_are_recorded_in_order() {
    let server = TestServer::start().await;
    Client::new(&server).sign_in("owner").await;
    let recorded: Vec<_> =
        server.sandbox.requests().into_iter().map(|seen| (seen.method, seen.path, seen.status)).collect();
    let expected = [("GET", "/oidc/authorize", 200), ("POST", "/oidc/authorize", 303), ("POST", "/oidc/token", 200)];
    assert_eq!(recorded, expected.map(|(method, path, status)| (method.to_owned(), path.to_owned(), Some(status))));
}

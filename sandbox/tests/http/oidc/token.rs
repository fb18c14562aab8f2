//! The issuer's token endpoint: PKCE, codes that work once, refresh tokens that rotate, and CORS.

use sandbox::Cors;
use serde_json::Value;

use crate::harness::oidc_client::Client;
use crate::harness::{Reply, TestServer};

fn refused(reply: &Reply, description: &str) {
    let body = reply.json();
    let got = (reply.status, body["error"].as_str(), body["error_description"].as_str());
    assert_eq!(got, (400, Some("invalid_grant"), Some(description)));
}

fn refresh_token(tokens: &Value) -> &str {
    tokens["refresh_token"].as_str().expect("a refresh token")
}

#[tokio::test]
async fn a_code_works_once_and_reuse_revokes_its_tokens() {
    let server = TestServer::start().await;
    let mut client = Client::new(&server);
    let code = client.code("owner").await;
    let tokens = client.exchange(&code, &[]).await;
    assert_eq!((tokens.status, tokens.header("cache-control")), (200, "no-store"));
    refused(&client.exchange(&code, &[]).await, "The code was already used.");
    refused(&client.refresh(refresh_token(&tokens.json())).await, "The refresh token was revoked.");
}

#[tokio::test]
async fn a_code_needs_its_verifier_and_redirect_uri() {
    let server = TestServer::start().await;
    let mut client = Client::new(&server);
    let code = client.code("owner").await;
    let verifier = "A".repeat(43);
    let wrong = client.exchange(&code, &[("code_verifier", verifier.as_str())]).await;
    refused(&wrong, "The code_verifier does not match the code_challenge.");
    let wrong = client.exchange(&code, &[("redirect_uri", "http://localhost:2/callback")]).await;
    refused(&wrong, "The redirect_uri differs from the one of the request.");
    refused(&client.exchange("unknown", &[]).await, "The code is unknown.");
    let other = client.exchange(&code, &[("client_id", "other")]).await;
    assert_eq!(other.json()["error"], "invalid_client");
    assert_eq!(client.exchange(&code, &[("code_verifier", "")]).await.json()["error"], "invalid_request");
    assert_eq!(client.exchange(&code, &[]).await.status, 200);
}

#[tokio::test]
async fn refresh_tokens_rotate_and_reuse_revokes_the_family() {
    let server = TestServer::start().await;
    let mut client = Client::new(&server);
    let first = client.sign_in("admin").await;
    let second = client.refresh(refresh_token(&first)).await.json();
    assert_ne!(refresh_token(&first), refresh_token(&second));
    assert_ne!(first["access_token"], second["access_token"]);
    assert_eq!(client.claims(&second, "access_token")["name"], "Adam Admin");
    refused(&client.refresh(refresh_token(&first)).await, "The refresh token was already used.");
    refused(&client.refresh(refresh_token(&second)).await, "The refresh token was revoked.");
}

#[tokio::test]
async fn without_offline_access_there_is_no_refresh_token() {
    let server = TestServer::start().await;
    let mut client = Client::new(&server);
    let code = client.code_with("owner", &[("scope", "openid")]).await;
    assert_eq!(client.exchange(&code, &[]).await.json().get("refresh_token"), None);
}

#[tokio::test]
async fn the_token_endpoint_takes_forms_without_repeated_parameters() {
    let server = TestServer::start().await;
    let json = server.request("POST", "/oidc/token").header("content-type", "application/json").body("{}");
    assert_eq!(Reply::of(json).await.json()["error"], "invalid_request");
    let form = server.request("POST", "/oidc/token").header("content-type", "application/x-www-form-urlencoded");
    assert_eq!(Reply::of(form.body("code=a&code=b")).await.json()["error"], "invalid_request");
}

#[tokio::test]
async fn another_origin_reads_the_issuer_like_the_api() {
    let server = TestServer::start().await;
    let allowed = async |path| {
        let reply = Reply::of(server.request("GET", path).header("origin", "http://127.0.0.1:1")).await;
        reply.header("access-control-allow-origin").to_owned()
    };
    let path = "/oidc/.well-known/openid-configuration";
    assert_eq!(allowed(path).await, "");
    server.sandbox.cors(Cors::Allowed);
    assert_eq!(allowed(path).await, "*");
}

#[tokio::test]
async fn tests_can_search_for_every_secret_of_the_issuer() {
    let server = TestServer::start().await;
    let mut client = Client::new(&server);
    let code = client.code("owner").await;
    let tokens = client.exchange(&code, &[]).await.json();
    let secrets = Reply::of(server.request("GET", "/sandbox/issuer-secrets")).await.json();
    let secrets: Vec<&str> = secrets.as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    let token = |name: &str| tokens[name].as_str().expect("a token").to_owned();
    for secret in [
        code,
        client.state().to_owned(),
        client.nonce().to_owned(),
        client.verifier().to_owned(),
        token("access_token"),
        token("refresh_token"),
        token("id_token"),
    ] {
        assert!(secrets.contains(&secret.as_str()), "{secret}");
    }
}

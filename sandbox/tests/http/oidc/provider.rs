//! The issuer under `/oidc`: discovery, the sign-in page, sessions and sign-out.

use sandbox::{CLIENT_ID, Demo};

use crate::harness::oidc_client::{Client, parameter};
use crate::harness::{Reply, TestServer};

#[tokio::test]
async fn discovery_names_the_issuer_by_the_requested_host() {
    let server = TestServer::start().await;
    let path = "/oidc/.well-known/openid-configuration";
    let document = Reply::of(server.request("GET", path)).await.json();
    assert_eq!(document["issuer"], server.sandbox.issuer());
    assert_eq!(document["token_endpoint"], format!("{}/token", server.sandbox.issuer()));
    let document = Reply::of(server.request("GET", path).header("host", "localhost:8080")).await.json();
    assert_eq!(document["issuer"], "http://localhost:8080/oidc");
}

#[tokio::test]
async fn the_page_offers_three_users_in_a_form_without_script() {
    let server = TestServer::start().await;
    let client = Client::new(&server);
    let page = client.authorize(&[]).await;
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    let text = page.text();
    for part in ["Sign in to the sandbox as", "<strong>Olivia</strong> (owner)", "Adam", "Vera", "Cancel"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("<script") && !text.contains(" style=") && !text.contains(client.state()));
    let policy = page.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("form-action 'self' http://localhost:1"));
    let style = Reply::of(server.request("GET", "/oidc/page.css")).await;
    assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
}

#[tokio::test]
async fn each_user_signs_in_with_one_press() {
    let server = TestServer::start().await;
    for (user, name, email) in [
        ("owner", "Olivia Owner", "olivia@acme.com"),
        ("admin", "Adam Admin", "adam@acme.com"),
        ("viewer", "Vera Viewer", "vera@acme.com"),
    ] {
        let mut client = Client::new(&server);
        let tokens = client.sign_in(user).await;
        let claims = client.claims(&tokens, "id_token");
        assert_eq!((claims["name"].as_str(), claims["email"].as_str()), (Some(name), Some(email)));
        assert_eq!((claims["iss"].clone(), &claims["aud"]), (server.sandbox.issuer().into(), &CLIENT_ID.into()));
        assert_eq!(claims["nonce"], client.nonce());
        let access = format!("Bearer {}", tokens["access_token"].as_str().expect("a token"));
        let request = server.request("GET", "/api/workspaces").header("authorization", access);
        assert_eq!(Reply::of(request).await.status, 200, "{user}");
    }
}

#[tokio::test]
async fn the_id_token_has_the_members_user_id() {
    let server = TestServer::start().await;
    let mut client = Client::new(&server);
    let tokens = client.sign_in("owner").await;
    let owner = client.claims(&serde_json::json!({ "t": server.sandbox.token(Demo::Owner) }), "t");
    assert_eq!(client.claims(&tokens, "id_token")["sub"], owner["sub"]);
    assert_eq!(client.claims(&tokens, "access_token")["sub"], owner["sub"]);
}

#[tokio::test]
async fn cancel_is_access_denied() {
    let server = TestServer::start().await;
    let mut client = Client::new(&server);
    let callback = client.choose("cancel").await;
    assert_eq!(parameter(&callback, "error").as_deref(), Some("access_denied"));
    assert_eq!(parameter(&callback, "state").as_deref(), Some(client.state()));
}

#[tokio::test]
async fn prompt_none_needs_a_session_which_signing_out_ends() {
    let server = TestServer::start().await;
    let mut client = Client::new(&server);
    let silent = [("prompt", "none")];
    let callback = client.authorize(&silent).await.header("location").to_owned();
    assert_eq!(parameter(&callback, "error").as_deref(), Some("login_required"));
    let tokens = client.sign_in("viewer").await;
    let callback = client.authorize(&silent).await.header("location").to_owned();
    assert!(parameter(&callback, "code").is_some(), "{callback}");
    let hint = tokens["id_token"].as_str().expect("a token");
    let home = "http://localhost:1/";
    let signed_out = client.end_session(&[("id_token_hint", hint), ("post_logout_redirect_uri", home)]).await;
    assert_eq!((signed_out.status, signed_out.header("location")), (303, home));
    let callback = client.authorize(&silent).await.header("location").to_owned();
    assert_eq!(parameter(&callback, "error").as_deref(), Some("login_required"));
}

#[tokio::test]
async fn signing_out_returns_only_to_loopback_and_for_this_client() {
    let server = TestServer::start().await;
    let mut client = Client::new(&server);
    let home = ("post_logout_redirect_uri", "http://localhost:1/");
    assert_eq!(client.end_session(&[home]).await.status, 400);
    assert_eq!(client.end_session(&[home, ("client_id", CLIENT_ID)]).await.status, 303);
    let elsewhere = ("post_logout_redirect_uri", "https://evil.example/");
    assert_eq!(client.end_session(&[elsewhere, ("client_id", CLIENT_ID)]).await.status, 400);
    assert_eq!(client.end_session(&[("id_token_hint", "a.b.c")]).await.status, 400);
    assert!(client.end_session(&[]).await.text().contains("You are signed out"));
}

#[tokio::test]
async fn a_request_of_an_unknown_client_stays_on_the_page() {
    let server = TestServer::start().await;
    let client = Client::new(&server);
    for wrong in [
        ("client_id", "other"),
        ("redirect_uri", "https://evil.example/callback"),
        ("redirect_uri", "http://localhost.evil.example/callback"),
        ("redirect_uri", "http://localhost:1/other"),
        ("redirect_uri", "http://localhost:x@evil.example/callback"),
        ("redirect_uri", "http://localhost:1;script-src */callback"),
        ("client_id", ""),
    ] {
        let reply = client.authorize(&[wrong]).await;
        assert_eq!((reply.status, reply.header("location")), (400, ""), "{wrong:?}");
    }
}

#[tokio::test]
async fn a_wrong_request_of_the_client_returns_with_its_error() {
    let server = TestServer::start().await;
    let client = Client::new(&server);
    for (wrong, error) in [
        (("response_type", "token"), "unsupported_response_type"),
        (("code_challenge_method", "plain"), "invalid_request"),
        (("code_challenge", "short"), "invalid_request"),
        (("scope", "profile"), "invalid_scope"),
        (("audience", "https://other.example"), "access_denied"),
        (("response_mode", "fragment"), "invalid_request"),
        (("nonce", ""), "invalid_request"),
        (("state", ""), "invalid_request"),
    ] {
        let callback = client.authorize(&[wrong]).await.header("location").to_owned();
        assert_eq!(parameter(&callback, "error").as_deref(), Some(error), "{wrong:?}");
    }
}

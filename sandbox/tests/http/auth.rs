use sandbox::Demo;
use serde_json::json;

use crate::harness::{POOLED, Reply, TestServer};

// The header and claims of an unsigned token: {"alg":"none","typ":"JWT"} and the owner until 2100.
const UNSIGNED: &str =
    "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiJhdXRoMHw2NWYwYzFhMmIzYzRkNWU2ZjdhOGI5YzAiLCJleHAiOjQxMDI0NDQ4MDB9.";

async fn with(server: &TestServer, authorization: &str) -> Reply {
    Reply::of(server.request("GET", "/api/workspaces").header("authorization", authorization)).await
}

#[tokio::test]
async fn every_demo_token_but_the_expired_one_is_accepted() {
    let server = TestServer::start().await;
    for who in [Demo::Owner, Demo::Admin, Demo::Viewer, Demo::EndsSoon] {
        assert_eq!(with(&server, &format!("Bearer {}", server.sandbox.token(who))).await.status, 200, "{who:?}");
    }
    assert_eq!(with(&server, &format!("bearer {}", server.sandbox.token(Demo::Owner))).await.status, 200);
}

#[tokio::test]
async fn a_missing_expired_forged_or_unsigned_token_is_401() {
    let server = TestServer::start().await;
    let owner = server.sandbox.token(Demo::Owner);
    let (signed, signature) = owner.rsplit_once('.').expect("three parts");
    let header = owner.split('.').next().expect("a header");
    let other = if signature.starts_with('A') { "B" } else { "A" };
    let viewer = server.sandbox.token(Demo::Viewer);
    let viewer_claims = viewer.split('.').nth(1).expect("claims");
    let refused = [
        format!("Bearer {}", server.sandbox.token(Demo::Ended)),
        format!("Bearer {signed}.{other}{}", &signature[1..]),
        format!("Bearer {header}.{viewer_claims}.{signature}"),
        format!("Bearer {signed}."),
        format!("Bearer {UNSIGNED}"),
        format!("Bearer {UNSIGNED}{signature}"),
        owner.clone(),
        format!("Basic {owner}"),
        "Bearer ".to_owned(),
        "Bearer a.b.c".to_owned(),
    ];
    for authorization in refused {
        with(&server, &authorization).await.assert_error(401, "unauthenticated");
    }
    let nobody = Reply::of(server.request("GET", POOLED)).await;
    nobody.assert_error(401, "unauthenticated");
    assert_eq!(nobody.json()["type"], "authentication_error");
}

#[tokio::test]
async fn a_token_needs_a_subject_an_expiry_and_this_audience() {
    let server = TestServer::start().await;
    let sub = "auth0|65f0c1a2b3c4d5e6f7a8b9c0";
    for (claims, status) in [
        (json!({ "sub": sub, "exp": 4_102_444_800_u64 }), 200),
        (json!({ "sub": sub, "exp": 4_102_444_800_u64, "aud": ["x", "https://api.altostrat.io"] }), 200),
        (json!({ "sub": sub, "exp": 4_102_444_800_u64, "aud": "https://api.example.com" }), 401),
        (json!({ "sub": sub }), 401),
        (json!({ "exp": 4_102_444_800_u64 }), 401),
        (json!({ "sub": sub, "exp": 1 }), 401),
        (json!([]), 401),
    ] {
        let token = server.sandbox.token_with(claims.clone());
        assert_eq!(with(&server, &format!("Bearer {token}")).await.status, status, "{claims}");
    }
}

#[tokio::test]
async fn a_user_without_a_workspace_sees_none() {
    let server = TestServer::start().await;
    let stranger =
        server.sandbox.token_with(json!({ "sub": "auth0|000000000000000000000000", "exp": 4_102_444_800_u64 }));
    let authorization = format!("Bearer {stranger}");
    assert_eq!(with(&server, &authorization).await.json(), json!({ "data": [], "has_more": false }));
    for (method, path) in
        [("GET", ""), ("GET", "/members"), ("GET", "/billing-accounts"), ("POST", "/billing-accounts")]
    {
        let request = server.request(method, &format!("{POOLED}{path}")).header("authorization", &authorization);
        Reply::of(request).await.assert_error(404, "workspace_not_found");
    }
}

#[tokio::test]
async fn a_token_outlives_a_restart() {
    let token = TestServer::start().await.sandbox.token(Demo::Owner);
    assert_eq!(with(&TestServer::start().await, &format!("Bearer {token}")).await.status, 200);
}

#[tokio::test]
async fn the_demo_tokens_name_their_user_and_expiry() {
    let server = TestServer::start().await;
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970").as_secs();
    for (who, name, left) in [
        (Demo::Owner, "Olivia Owner", 12 * 3600),
        (Demo::Admin, "Adam Admin", 12 * 3600),
        (Demo::Viewer, "Vera Viewer", 12 * 3600),
        (Demo::EndsSoon, "Olivia Owner", 120),
        (Demo::Ended, "Olivia Owner", -3600),
    ] {
        let claims = claims(&server.sandbox.token(who));
        let exp = claims["exp"].as_i64().expect("a time");
        assert_eq!(claims["name"], name);
        assert!(claims["sub"].as_str().is_some_and(|sub| sub.starts_with("auth0|65f0c1a2b3c4d5e6f7a8b9c")));
        assert!(claims["email"].as_str().is_some_and(|email| email.contains('@')));
        assert!(claims["iat"].as_i64() < Some(exp));
        assert!((exp - i64::try_from(now).expect("small") - left).abs() <= 30, "{who:?}");
    }
}

fn claims(token: &str) -> serde_json::Value {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let payload = token.split('.').nth(1).expect("three parts");
    let bits: Vec<bool> = payload
        .chars()
        .flat_map(|c| {
            let six = ALPHABET.find(c).expect("base64url");
            (0..6).rev().map(move |bit| six >> bit & 1 == 1)
        })
        .collect();
    let bytes: Vec<u8> =
        bits.chunks_exact(8).map(|byte| byte.iter().fold(0, |sum, bit| sum << 1 | u8::from(*bit))).collect();
    serde_json::from_slice(&bytes).expect("JSON")
}

use sandbox::Demo;
use serde_json::json;

use crate::stage::{POOLED, Reply, Stage};

// The header and claims of an unsigned token: {"alg":"none","typ":"JWT"} and an owner who ends in 2100.
const UNSIGNED: &str =
    "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiJhdXRoMHw2NWYwYzFhMmIzYzRkNWU2ZjdhOGI5YzAiLCJleHAiOjQxMDI0NDQ4MDB9.";

async fn with(stage: &Stage, authorization: &str) -> Reply {
    Reply::of(stage.request("GET", "/api/workspaces").header("authorization", authorization)).await
}

#[tokio::test]
async fn owner_admin_viewer_and_one_who_ends_soon_are_let_in() {
    let stage = Stage::open().await;
    for who in [Demo::Owner, Demo::Admin, Demo::Viewer, Demo::EndsSoon] {
        assert_eq!(with(&stage, &format!("Bearer {}", stage.sandbox.token(who))).await.status, 200, "{who:?}");
    }
    assert_eq!(with(&stage, &format!("bearer {}", stage.sandbox.token(Demo::Owner))).await.status, 200);
}

#[tokio::test]
async fn a_missing_ended_forged_unsigned_or_odd_token_is_401() {
    let stage = Stage::open().await;
    let owner = stage.sandbox.token(Demo::Owner);
    let (signed, signature) = owner.rsplit_once('.').expect("three parts");
    let header = owner.split('.').next().expect("a header");
    let other = if signature.starts_with('A') { "B" } else { "A" };
    let viewer = stage.sandbox.token(Demo::Viewer);
    let viewer_claims = viewer.split('.').nth(1).expect("claims");
    let refused = [
        format!("Bearer {}", stage.sandbox.token(Demo::Ended)),
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
        with(&stage, &authorization).await.is_documented(401, "unauthenticated");
    }
    let nobody = Reply::of(stage.request("GET", POOLED)).await;
    nobody.is_documented(401, "unauthenticated");
    assert_eq!(nobody.json()["type"], "authentication_error");
}

#[tokio::test]
async fn a_token_needs_a_user_and_an_end() {
    let stage = Stage::open().await;
    let sub = "auth0|65f0c1a2b3c4d5e6f7a8b9c0";
    for (claims, status) in [
        (json!({ "sub": sub, "exp": 4_102_444_800_u64 }), 200),
        (json!({ "sub": sub }), 401),
        (json!({ "exp": 4_102_444_800_u64 }), 401),
        (json!({ "sub": sub, "exp": 1 }), 401),
        (json!([]), 401),
    ] {
        let token = stage.sandbox.token_with(claims.clone());
        assert_eq!(with(&stage, &format!("Bearer {token}")).await.status, status, "{claims}");
    }
}

#[tokio::test]
async fn a_user_without_a_workspace_sees_none() {
    let stage = Stage::open().await;
    let stranger =
        stage.sandbox.token_with(json!({ "sub": "auth0|000000000000000000000000", "exp": 4_102_444_800_u64 }));
    let authorization = format!("Bearer {stranger}");
    assert_eq!(with(&stage, &authorization).await.json(), json!({ "data": [], "has_more": false }));
    for (method, path) in
        [("GET", ""), ("GET", "/members"), ("GET", "/billing-accounts"), ("POST", "/billing-accounts")]
    {
        let request = stage.request(method, &format!("{POOLED}{path}")).header("authorization", &authorization);
        Reply::of(request).await.is_documented(404, "workspace_not_found");
    }
}

#[tokio::test]
async fn a_token_outlives_a_restart() {
    let token = Stage::open().await.sandbox.token(Demo::Owner);
    assert_eq!(with(&Stage::open().await, &format!("Bearer {token}")).await.status, 200);
}

#[tokio::test]
async fn the_demo_tokens_say_who_and_until_when() {
    let stage = Stage::open().await;
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970").as_secs();
    for (who, name, left) in [
        (Demo::Owner, "Olivia Owner", 12 * 3600),
        (Demo::Admin, "Adam Admin", 12 * 3600),
        (Demo::Viewer, "Vera Viewer", 12 * 3600),
        (Demo::EndsSoon, "Olivia Owner", 120),
        (Demo::Ended, "Olivia Owner", -3600),
    ] {
        let claims = claims(&stage.sandbox.token(who));
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

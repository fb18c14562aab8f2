//! Permissions, limits and unknown resources.

use sandbox::Demo;
use serde_json::{Value, json};

use crate::harness::{ASSIGNED, POOLED, Reply, SINGLE, SOUTH_AFRICA, SUBSCRIBED, TestServer, fixture};

fn named(name: &str) -> Value {
    json!({ "name": name, "email": "a@example.com" })
}

#[tokio::test]
async fn a_single_workspace_holds_one_account() {
    let server = TestServer::start().await;
    server.post(SINGLE, named("Second")).await.assert_error(422, "billing_account_limit_reached");
    let only = &server.sandbox.accounts("ws_s0l0c0n5ult1ng42")[0];
    let id = only["id"].as_str().expect("an id");
    assert_eq!(server.delete(&format!("{SINGLE}/billing-accounts/{id}")).await.status, 204);
    let reply = server.post(SINGLE, named("First again")).await;
    assert_eq!((reply.status, &reply.json()["currency"]), (201, &json!("gbp")));
}

#[tokio::test]
async fn pooled_and_assigned_workspaces_hold_ten_accounts() {
    let server = TestServer::start().await;
    for (workspace, left) in [(POOLED, 7), (ASSIGNED, 10)] {
        for nth in 0..left {
            assert_eq!(server.post(workspace, named(&format!("Account {nth}"))).await.status, 201);
        }
        let reply = server.post(workspace, named("One too many")).await;
        reply.assert_error(422, "billing_account_limit_reached");
        assert!(reply.json()["message"].as_str().is_some_and(|message| message.contains("at most 10")));
    }
}

#[tokio::test]
async fn a_viewer_can_read_but_not_write() {
    let server = TestServer::start().await;
    let (all, one) = (format!("{POOLED}/billing-accounts"), format!("{POOLED}/billing-accounts/{SOUTH_AFRICA}"));
    assert_eq!(Reply::of(server.request_as(Demo::Viewer, "GET", &all)).await.status, 200);
    // The role is checked before the body.
    for (method, path, body) in [("POST", &all, "{"), ("PATCH", &one, r#"{"name":"x"}"#), ("DELETE", &one, "")] {
        server.send_json(Demo::Viewer, method, path, body).await.assert_error(403, "forbidden");
    }
    assert_eq!(server.get(&all).await.json(), fixture("billing_accounts"));
}

#[tokio::test]
async fn an_admin_can_change_everything_an_owner_can() {
    let server = TestServer::start().await;
    let (all, one) = (format!("{POOLED}/billing-accounts"), format!("{POOLED}/billing-accounts/{SOUTH_AFRICA}"));
    assert_eq!(server.send_json(Demo::Admin, "POST", &all, &named("New").to_string()).await.status, 201);
    assert_eq!(server.send_json(Demo::Admin, "PATCH", &one, r#"{"name":"x"}"#).await.status, 200);
    assert_eq!(server.send_json(Demo::Admin, "DELETE", &one, "").await.status, 204);
}

#[tokio::test]
async fn an_account_is_found_only_in_its_own_workspace() {
    let server = TestServer::start().await;
    let elsewhere = format!("{ASSIGNED}/billing-accounts/{SOUTH_AFRICA}");
    server.get(&elsewhere).await.assert_error(404, "billing_account_not_found");
    server.send_json(Demo::Owner, "PATCH", &elsewhere, "{}").await.assert_error(404, "billing_account_not_found");
    server.get("/api/workspaces/ws_0000000000000000").await.assert_error(404, "workspace_not_found");
}

#[tokio::test]
async fn an_unknown_route_is_404_and_a_wrong_method_405_in_json() {
    let server = TestServer::start().await;
    for path in ["/api", "/api/", "/api/nothing", "/api/workspaces/", "/api/workspaces/a/b/c/d/e"] {
        server.get(path).await.assert_error(404, "route_not_found");
    }
    server.delete("/api/workspaces").await.assert_error(405, "method_not_allowed");
    let put = server.send_json(Demo::Owner, "PUT", &format!("{POOLED}/billing-accounts/{SUBSCRIBED}"), "{}").await;
    put.assert_error(405, "method_not_allowed");
    assert!(put.header("allow").contains("PATCH"));
}

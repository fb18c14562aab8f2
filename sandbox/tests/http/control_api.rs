use sandbox::{Demo, Fault, FaultKind};
use serde_json::{Value, json};

use crate::harness::{POOLED, Reply, TestServer};

async fn add(server: &TestServer, fault: Value) -> Reply {
    Reply::of(server.request("POST", "/sandbox/faults").body(fault.to_string())).await
}

#[tokio::test]
async fn tokens_are_listed_by_name_and_work() {
    let server = TestServer::start().await;
    let tokens = Reply::of(server.request("GET", "/sandbox/tokens")).await.json();
    for (name, status) in [("owner", 200), ("admin", 200), ("viewer", 200), ("ends_soon", 200), ("ended", 401)] {
        assert!(tokens[name]["description"].as_str().is_some_and(|text| text.len() > 10), "{tokens}");
        let authorization = format!("Bearer {}", tokens[name]["token"].as_str().expect("a token"));
        let request = server.request("GET", "/api/workspaces").header("authorization", authorization);
        assert_eq!(Reply::of(request).await.status, status, "{name}");
    }
    assert_eq!(tokens.as_object().map(|names| names.len()), Some(Demo::ALL.len()));
}

#[tokio::test]
async fn faults_are_queued_and_cleared_over_http() {
    let server = TestServer::start().await;
    assert_eq!(add(&server, json!({ "kind": { "empty": { "status": 503 } }, "method": "GET" })).await.status, 204);
    assert_eq!(server.get("/api/workspaces").await.status, 503);
    assert_eq!(server.get("/api/workspaces").await.status, 200);
    assert_eq!(add(&server, json!({ "times": "always", "kind": { "html": {} } })).await.status, 204);
    assert_eq!(server.get("/api/workspaces").await.status, 502);
    assert_eq!(Reply::of(server.request("DELETE", "/sandbox/faults")).await.status, 204);
    assert_eq!(server.get("/api/workspaces").await.status, 200);
    assert_eq!(add(&server, json!({ "kind": "cut_before" })).await.status, 204);
    assert!(server.request_as(Demo::Owner, "GET", POOLED).send().await.is_err());
}

#[tokio::test]
async fn a_misspelt_or_unsendable_fault_is_400() {
    let server = TestServer::start().await;
    for fault in [
        json!({ "kind": "cut" }),
        json!({ "path": "/x", "kind": "cut_before" }),
        json!({ "kind": { "empty": { "status": 99 } } }),
        json!({ "kind": { "status": { "status": 500, "headers": [["a b", "c"]] } } }),
        json!({ "kind": { "redirect": { "to": "a\nb" } } }),
    ] {
        let reply = add(&server, fault).await;
        assert!(reply.status == 400 && reply.json()["message"].is_string(), "{}", reply.text());
    }
    assert_eq!(server.get("/api/workspaces").await.status, 200);
}

#[test]
fn a_fault_round_trips_through_json() {
    let status = FaultKind::Status {
        status: 418,
        body: "x".to_owned(),
        content_type: "text/plain".to_owned(),
        headers: vec![("a".to_owned(), "b".to_owned())],
    };
    for kind in [status, FaultKind::None, FaultKind::CutAfter, FaultKind::SlowBytes { ms_per_byte: 2 }] {
        let fault = Fault::always(kind).on("POST", "/x").late(3).after_work();
        let written = serde_json::to_string(&fault).expect("JSON");
        assert_eq!(serde_json::from_str::<Fault>(&written).expect("a fault"), fault);
    }
}

#[tokio::test]
async fn requests_are_recorded_without_their_token() {
    let server = TestServer::start().await;
    server.post(POOLED, json!({ "name": "" })).await;
    Reply::of(server.request("GET", "/api/workspaces?page=2")).await;
    Reply::of(server.request("PUT", "/api/nothing").body("not json")).await;
    Reply::of(server.request("GET", "/sandbox/tokens")).await;
    let noted = Reply::of(server.request("GET", "/sandbox/requests")).await;
    let none = Value::Null;
    assert_eq!(
        noted.json(),
        json!([
            { "method": "POST", "path": format!("{POOLED}/billing-accounts"), "authorization": true, "body": { "name": "" }, "status": 422 },
            { "method": "GET", "path": "/api/workspaces", "authorization": false, "body": none, "status": 401 },
            { "method": "PUT", "path": "/api/nothing", "authorization": false, "body": "not json", "status": 404 },
        ])
    );
    assert_eq!(json!(server.sandbox.requests()), noted.json());
    assert_eq!(Reply::of(server.request("DELETE", "/sandbox/requests")).await.status, 204);
    assert!(server.sandbox.requests().is_empty());
    server.get("/api/workspaces").await;
    server.sandbox.clear_requests();
    assert_eq!(Reply::of(server.request("GET", "/sandbox/requests")).await.json(), json!([]));
}

#[tokio::test]
async fn unknown_control_routes_are_404_or_405_in_json() {
    let server = TestServer::start().await;
    for path in ["/sandbox", "/sandbox/", "/sandbox/nothing"] {
        server.get(path).await.assert_error(404, "route_not_found");
    }
    server.delete("/sandbox/tokens").await.assert_error(405, "method_not_allowed");
}

#[tokio::test]
async fn each_sandbox_has_its_own_state() {
    let (one, two) = (TestServer::start().await, TestServer::start().await);
    one.post(POOLED, json!({ "name": "Acme", "email": "a@acme.com" })).await;
    let counts = [&one, &two].map(|server| server.sandbox.accounts("ws_a1b2c3d4e5f6g7h8").len());
    assert_eq!(counts, [4, 3]);
    assert!(one.sandbox.accounts("ws_0000000000000000").is_empty());
}

#[tokio::test]
async fn a_dropped_sandbox_closes_its_connections() {
    let server = TestServer::start().await;
    let address = server.sandbox.origin().trim_start_matches("http://").to_owned();
    let mut open = tokio::net::TcpStream::connect(&address).await.expect("listening");
    // A reply shows that the connection was accepted.
    tokio::io::AsyncWriteExt::write_all(&mut open, b"GET /sandbox/x HTTP/1.1\r\nhost: x\r\n\r\n").await.expect("sent");
    let mut begun = [0; 8];
    tokio::io::AsyncReadExt::read_exact(&mut open, &mut begun).await.expect("a reply");
    drop(server);
    let mut rest = Vec::new();
    // The read ends, with or without an error.
    _ = tokio::io::AsyncReadExt::read_to_end(&mut open, &mut rest).await;
    assert!(tokio::net::TcpStream::connect(&address).await.is_err());
}

use std::time::{Duration, Instant};

use reqwest::header::CONTENT_TYPE;
use sandbox::{Demo, Fault, FaultKind, Options, Times};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::harness::{POOLED, Reply, TestServer};

const STORED: &str = "ws_a1b2c3d4e5f6g7h8";

async fn create(server: &TestServer) -> Result<reqwest::Response, reqwest::Error> {
    let request = server.request_as(Demo::Owner, "POST", &format!("{POOLED}/billing-accounts"));
    let request = request.header(CONTENT_TYPE, "application/json");
    request.body(r#"{"name":"Acme","email":"a@acme.com"}"#).send().await
}

fn status(status: u16) -> FaultKind {
    FaultKind::json(status, &json!({ "message": "Made up" }))
}

#[tokio::test]
async fn cut_before_does_no_work_and_sends_no_reply() {
    let server = TestServer::start().await;
    server.sandbox.fault(Fault::once(FaultKind::CutBefore));
    let error = create(&server).await.expect_err("no reply");
    assert!(error.is_request() && error.status().is_none(), "{error:?}");
    assert_eq!(server.sandbox.accounts(STORED).len(), 3);
    let seen = server.sandbox.requests();
    assert_eq!((seen.len(), seen[0].status), (1, None));
}

#[tokio::test]
async fn cut_after_does_the_work_once_and_sends_no_reply() {
    let server = TestServer::start().await;
    // Clients repeat requests on a reused connection.
    assert_eq!(server.get("/api/workspaces").await.status, 200);
    server.sandbox.fault(Fault::once(FaultKind::CutAfter));
    let error = create(&server).await.expect_err("no reply");
    assert!(error.is_request() && error.status().is_none(), "{error:?}");
    assert_eq!(server.sandbox.accounts(STORED).len(), 4);
    assert_eq!(server.sandbox.requests().len(), 2);
    assert_eq!(create(&server).await.expect("a reply").status(), 201);
}

#[tokio::test]
async fn a_cut_connection_is_closed_and_never_holds_a_reply() {
    let server = TestServer::start().await;
    for kind in [FaultKind::CutBefore, FaultKind::CutAfter] {
        server.sandbox.fault(Fault::once(kind));
        let address = server.sandbox.origin().trim_start_matches("http://").to_owned();
        let mut stream = TcpStream::connect(&address).await.expect("a connection");
        let request = format!("GET /api/workspaces HTTP/1.1\r\nhost: {address}\r\n\r\n");
        stream.write_all(request.as_bytes()).await.expect("sent");
        let mut received = Vec::new();
        stream.read_to_end(&mut received).await.expect("closed");
        assert_eq!(received, b"\0");
    }
}

#[tokio::test]
async fn a_cut_sends_no_byte_when_resends_are_allowed() {
    let options = Options { allow_resends: true, ..Options::default() };
    let sandbox = sandbox::start(options).await.expect("a free port");
    let address = sandbox.origin().trim_start_matches("http://").to_owned();
    let mut stream = TcpStream::connect(&address).await.expect("a connection");
    let request = format!("GET /api/workspaces HTTP/1.1\r\nhost: {address}\r\n\r\n");
    // Browsers resend on a reused connection, so the first request makes it one.
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut head = [0; 12];
    stream.read_exact(&mut head).await.expect("a reply");
    assert_eq!(&head, b"HTTP/1.1 401");
    sandbox.fault(Fault::once(FaultKind::CutAfter));
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut received = Vec::new();
    stream.read_to_end(&mut received).await.expect("closed");
    let rest = String::from_utf8(received).expect("text");
    assert!(rest.ends_with('}'), "the rest of the first reply: {rest:?}");
}

#[tokio::test]
async fn a_status_fault_replies_as_configured_without_the_work() {
    let server = TestServer::start().await;
    server.sandbox.fault(Fault::once(FaultKind::Status {
        status: 429,
        body: "slow down".to_owned(),
        content_type: "text/plain".to_owned(),
        headers: vec![("Retry-After".to_owned(), "7".to_owned())],
    }));
    let reply = server.post(POOLED, json!({ "name": "Acme", "email": "a@acme.com" })).await;
    assert_eq!((reply.status, reply.text().as_str()), (429, "slow down"));
    assert_eq!((reply.header("retry-after"), reply.header("content-type")), ("7", "text/plain"));
    assert_eq!(server.sandbox.accounts(STORED).len(), 3);
    assert_eq!(server.sandbox.requests()[0].status, Some(429));
}

#[tokio::test]
async fn a_fault_after_work_does_the_work_and_hides_it() {
    let server = TestServer::start().await;
    server.sandbox.fault(Fault::once(status(500)).after_work());
    assert_eq!(create(&server).await.expect("a reply").status(), 500);
    assert_eq!(server.sandbox.accounts(STORED).len(), 4);
    server.sandbox.fault(Fault::once(FaultKind::Html { status: 201 }).after_work());
    assert_eq!(create(&server).await.expect("a reply").status(), 201);
    assert_eq!(server.sandbox.accounts(STORED).len(), 5);
}

#[tokio::test]
async fn html_empty_and_redirect_faults_reply_as_named() {
    let server = TestServer::start().await;
    server.sandbox.fault(Fault::once(FaultKind::Html { status: 502 }));
    server.sandbox.fault(Fault::once(FaultKind::Empty { status: 503 }));
    server.sandbox.fault(Fault::once(FaultKind::Redirect { to: "https://example.com/login".to_owned() }));
    let html = server.get("/api/workspaces").await;
    assert_eq!((html.status, html.header("content-type")), (502, "text/html"));
    assert!(html.text().contains("<h1>Bad Gateway</h1>"));
    let empty = server.get("/api/workspaces").await;
    assert_eq!((empty.status, empty.body.len(), empty.header("content-type")), (503, 0, ""));
    let redirect = server.get("/api/workspaces").await;
    assert_eq!((redirect.status, redirect.header("location")), (302, "https://example.com/login"));
    assert_eq!(server.get("/api/workspaces").await.status, 200);
}

#[tokio::test]
async fn a_delay_postpones_the_reply_but_not_the_work() {
    let server = TestServer::start().await;
    let begun = Instant::now();
    server.sandbox.fault(Fault::once(status(503)).late(80));
    assert_eq!(create(&server).await.expect("a reply").status(), 503);
    assert!(begun.elapsed() >= Duration::from_millis(80));

    // The client leaves before the delayed reply, but the account was created.
    server.sandbox.fault(Fault::once(FaultKind::None).late(600_000));
    let arrived = async {
        while server.sandbox.accounts(STORED).len() < 4 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        reply = create(&server) => panic!("a reply: {reply:?}"),
        () = arrived => {}
    }
    assert_eq!(server.sandbox.requests().last().map(|seen| seen.status), Some(None));
}

#[tokio::test]
async fn slow_bytes_send_the_headers_at_once_and_the_whole_body() {
    let server = TestServer::start().await;
    let usual = server.get(POOLED).await.text();
    let begun = Instant::now();
    server.sandbox.fault(Fault::once(FaultKind::SlowBytes { ms_per_byte: 1 }));
    assert_eq!(server.get(POOLED).await.text(), usual);
    assert!(begun.elapsed() >= Duration::from_millis(usual.len() as u64));

    server.sandbox.fault(Fault::once(FaultKind::SlowBytes { ms_per_byte: 600_000 }));
    let head = server.request_as(Demo::Owner, "GET", POOLED).send().await.expect("the head");
    assert_eq!(head.status(), 200);
}

#[tokio::test]
async fn a_once_fault_is_used_up_and_an_always_fault_stays() {
    let server = TestServer::start().await;
    server.sandbox.fault(Fault::once(status(500)));
    server.sandbox.fault(Fault::always(status(503)));
    for expected in [500, 503, 503, 503] {
        assert_eq!(server.get("/api/workspaces").await.status, expected);
    }
    server.sandbox.clear_faults();
    assert_eq!(server.get("/api/workspaces").await.status, 200);
}

#[tokio::test]
async fn a_fault_applies_only_to_its_method_and_path() {
    let server = TestServer::start().await;
    server.sandbox.fault(Fault {
        method: Some("post".to_owned()),
        path_contains: Some("billing-accounts".to_owned()),
        times: Times::Always,
        delay_ms: 0,
        after_work: false,
        kind: status(500),
    });
    assert_eq!(server.get(&format!("{POOLED}/billing-accounts")).await.status, 200);
    assert_eq!(server.get(POOLED).await.status, 200);
    assert_eq!(create(&server).await.expect("a reply").status(), 500);
}

#[tokio::test]
async fn a_fault_never_applies_to_the_control_api_or_the_site() {
    let server = TestServer::start().await;
    server.sandbox.fault(Fault::always(status(599)));
    assert_eq!(Reply::of(server.request("GET", "/sandbox/tokens")).await.status, 200);
    assert_eq!(Reply::of(server.request("GET", "/")).await.status, 404);
    assert_eq!(server.get("/api/nothing").await.status, 599);
}

#[tokio::test]
#[should_panic(expected = "199 can't be a status")]
async fn an_unsendable_fault_is_rejected() {
    TestServer::start().await.sandbox.fault(Fault::once(FaultKind::Empty { status: 199 }));
}

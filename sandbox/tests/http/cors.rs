use reqwest::header::{ACCESS_CONTROL_REQUEST_METHOD, CONTENT_TYPE, ORIGIN};
use sandbox::{Cors, Demo};

use crate::harness::{ASSIGNED, Reply, TestServer};

const STORED: &str = "ws_n0r7hw1nd0p3r8t5";

/// The status and the permitted origin of a preflight and of the `POST` after it.
async fn cross_origin(server: &TestServer) -> [(u16, String); 2] {
    let path = format!("{ASSIGNED}/billing-accounts");
    let ask = server.request("OPTIONS", &path).header(ACCESS_CONTROL_REQUEST_METHOD, "POST");
    let send = server.request_as(Demo::Owner, "POST", &path).header(CONTENT_TYPE, "application/json");
    let send = send.body(r#"{"name":"Acme","email":"a@acme.com"}"#);
    let mut replies = Vec::new();
    for request in [ask, send] {
        let reply = Reply::of(request.header(ORIGIN, "http://127.0.0.1:1")).await;
        replies.push((reply.status, reply.header("access-control-allow-origin").to_owned()));
    }
    replies.try_into().expect("two")
}

#[tokio::test]
async fn cors_denies_permits_sending_and_permits_reading() {
    let server = TestServer::start().await;
    assert_eq!(cross_origin(&server).await, [(405, String::new()), (201, String::new())]);
    server.sandbox.cors(Cors::SendOnly);
    assert_eq!(cross_origin(&server).await, [(204, "*".to_owned()), (201, String::new())]);
    server.sandbox.cors(Cors::Allowed);
    assert_eq!(cross_origin(&server).await, [(204, "*".to_owned()), (201, "*".to_owned())]);
    assert_eq!(server.sandbox.accounts(STORED).len(), 3, "the API does the work in every case");
}

/// Tests count the requests of the page, and a preflight is the browser's.
#[tokio::test]
async fn a_permitted_preflight_is_not_recorded() {
    let server = TestServer::start().await;
    server.sandbox.cors(Cors::Allowed);
    cross_origin(&server).await;
    assert_eq!(server.sandbox.requests().len(), 1);
}

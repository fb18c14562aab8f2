//! Shared helpers of the tests: a sandbox with an HTTP client, its replies, and the recorded JSON.

pub(crate) mod built_site;
pub(crate) mod oidc_client;

use std::path::PathBuf;

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap};
use reqwest::{Client, Method, RequestBuilder, redirect};
use sandbox::{Demo, Options, Sandbox};
use serde_json::Value;

pub(crate) const POOLED: &str = "/api/workspaces/ws_a1b2c3d4e5f6g7h8";
pub(crate) const ASSIGNED: &str = "/api/workspaces/ws_n0r7hw1nd0p3r8t5";
pub(crate) const SINGLE: &str = "/api/workspaces/ws_s0l0c0n5ult1ng42";
pub(crate) const SUBSCRIBED: &str = "cus_a1b2c3d4e5f6g7h8";
pub(crate) const SOUTH_AFRICA: &str = "cus_z4kq7m2x9c5v1b8n";

/// A sandbox that runs for one test, with an HTTP client.
pub(crate) struct TestServer {
    pub(crate) sandbox: Sandbox,
    http: Client,
}

/// A reply that arrived completely.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl TestServer {
    pub(crate) async fn start() -> Self {
        Self::with_site(None).await
    }

    pub(crate) async fn with_site(dist: Option<PathBuf>) -> Self {
        let sandbox = sandbox::start(Options { dist, ..Options::default() }).await.expect("a free port");
        let http = Client::builder().redirect(redirect::Policy::none()).build().expect("a client");
        Self { sandbox, http }
    }

    pub(crate) fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let method: Method = method.parse().expect("a method");
        self.http.request(method, format!("{}{path}", self.sandbox.origin()))
    }

    pub(crate) fn request_as(&self, who: Demo, method: &str, path: &str) -> RequestBuilder {
        self.request(method, path).header(AUTHORIZATION, format!("Bearer {}", self.sandbox.token(who)))
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        Reply::of(self.request_as(Demo::Owner, "GET", path)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Reply {
        Reply::of(self.request_as(Demo::Owner, "DELETE", path)).await
    }

    pub(crate) async fn post(&self, workspace: &str, body: Value) -> Reply {
        self.send_json(Demo::Owner, "POST", &format!("{workspace}/billing-accounts"), &body.to_string()).await
    }

    pub(crate) async fn patch(&self, account: &str, body: Value) -> Reply {
        let path = format!("{POOLED}/billing-accounts/{account}");
        self.send_json(Demo::Owner, "PATCH", &path, &body.to_string()).await
    }

    pub(crate) async fn send_json(&self, who: Demo, method: &str, path: &str, body: &str) -> Reply {
        let request = self.request_as(who, method, path).header(CONTENT_TYPE, "application/json");
        Reply::of(request.body(body.to_owned())).await
    }
}

impl Reply {
    pub(crate) async fn of(request: RequestBuilder) -> Self {
        let response = request.send().await.expect("a reply");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Self { status, headers, body: response.bytes().await.expect("a whole body").to_vec() }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }

    /// Asserts that this is an error of the documented shape, with this status and code.
    #[track_caller]
    pub(crate) fn assert_error(&self, status: u16, code: &str) {
        let body = self.json();
        assert_eq!((self.status, body["code"].as_str()), (status, Some(code)), "{body}");
        assert_eq!(body["doc_url"], format!("https://docs.altostrat.io/errors/{code}"));
        assert!(body["type"].is_string() && body["message"].is_string(), "{body}");
    }

    /// Asserts that this is a 422 in Laravel's shape, with these errors and no others.
    #[track_caller]
    pub(crate) fn assert_validation_errors(&self, errors: Value) {
        let body = self.json();
        assert_eq!((self.status, &body["errors"]), (422, &errors), "{body}");
    }
}

/// The JSON of a file in `fixtures/`.
pub(crate) fn fixture(name: &str) -> Value {
    let path = format!("{}/fixtures/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).expect("a fixture")).expect("JSON")
}

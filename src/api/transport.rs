//! Sending one request to the API.
//!
//! The rest of the app uses [`Transport`], a function pointer, so that tests can return any response.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use web_sys::{AbortController, AbortSignal};

use crate::browser::http::{self, HttpRequest, HttpResponse};
use crate::session::token::Token;

pub use crate::browser::http::NetworkError;

/// The deadline of a `GET`, in milliseconds.
pub const GET_DEADLINE: u32 = 10_000;
/// The deadline of a request that changes data, in milliseconds. It is longer, because a timeout leaves the outcome
/// unknown.
pub const SAVE_DEADLINE: u32 = 30_000;

/// The HTTP methods that the app uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates.
    Post,
    /// Changes.
    Patch,
    /// Deletes.
    Delete,
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        })
    }
}

/// A request to send.
#[derive(Debug, Clone)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The complete URL.
    pub url: String,
    /// The token for the `Authorization` header.
    pub token: Token,
    /// The JSON body.
    pub body: Option<String>,
}

/// A response of any status.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The `Retry-After` header, if CORS exposes it.
    pub retry_after: Option<String>,
    /// The body as text.
    pub body: String,
}

/// The future of a response. Dropping it aborts the request.
pub type ResponseFuture = Pin<Box<dyn Future<Output = Result<Response, NetworkError>>>>;

/// A function that sends a request once.
pub type Transport = fn(Request) -> ResponseFuture;

/// The [`Transport`] of the app, which uses the browser's `fetch`.
pub fn fetch(request: Request) -> ResponseFuture {
    Box::pin(async move {
        let deadline = match request.method {
            Method::Get => GET_DEADLINE,
            Method::Post | Method::Patch | Method::Delete => SAVE_DEADLINE,
        };
        let abort = AbortController::new().map_err(|_| NetworkError::Failed)?;
        let signals = js_sys::Array::of2(&abort.signal(), &AbortSignal::timeout_with_u32(deadline));
        let mut abort_on_drop = AbortOnDrop(Some(abort));
        let response = send_and_read(&request, &AbortSignal::any(&signals)).await;
        abort_on_drop.0 = None;
        response
    })
}

async fn send_and_read(request: &Request, signal: &AbortSignal) -> Result<Response, NetworkError> {
    let (method, authorization) = (request.method.to_string(), request.token.authorization());
    let headers = [("Authorization", &*authorization), ("Content-Type", "application/json")];
    let headers = if request.body.is_some() { &headers[..] } else { &headers[..1] };
    let http_request = HttpRequest { method: &method, url: &request.url, headers, body: request.body.as_deref() };
    let HttpResponse { status, retry_after, body } = http::send(http_request, signal).await?;
    let body = match body {
        // Without its body, a response still has its status. Only a successful `GET` is useless without it.
        Err(_) if request.method != Method::Get || !(200..300).contains(&status) => String::new(),
        body => body?,
    };
    Ok(Response { status, retry_after, body })
}

/// Aborts a request when its future is dropped, which gloo-net does not.
struct AbortOnDrop(Option<AbortController>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(request) = &self.0 {
            request.abort();
        }
    }
}

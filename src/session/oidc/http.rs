//! A request to the provider and its reply, as data. [`Transport`] sends it, so that tests can play any provider.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use super::form_encoding;

/// How long the provider may take to reply, in milliseconds.
pub const DEADLINE: u32 = 10_000;

/// A request that is sent once, without cookies, and follows no redirect. `Debug` hides its body.
#[derive(Clone, PartialEq, Eq)]
pub struct HttpRequest {
    url: String,
    /// `application/x-www-form-urlencoded`; with it the request is a POST, without it a GET.
    form: Option<String>,
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpRequest").field("url", &self.url).field("form", &"[redacted]").finish()
    }
}

impl HttpRequest {
    pub(super) const fn get(url: String) -> Self {
        Self { url, form: None }
    }

    pub(super) fn post(url: String, parameters: &[(&str, &str)]) -> Self {
        Self { url, form: Some(form_encoding::encode(parameters)) }
    }

    /// Where it goes.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The form of a POST; `None` for a GET.
    pub fn form(&self) -> Option<&str> {
        self.form.as_deref()
    }
}

/// A reply with any status. `Debug` hides its body, which may hold tokens.
#[derive(Clone, PartialEq, Eq)]
pub struct HttpResponse {
    /// The HTTP status.
    pub status: u16,
    /// The body as text.
    pub body: String,
}

impl fmt::Debug for HttpResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpResponse").field("status", &self.status).field("body", &"[redacted]").finish()
    }
}

/// The reason why there is no reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HttpError {
    /// The connection failed, or the browser blocked the request or a redirect; `fetch` does not say which.
    Network,
    /// No reply within [`DEADLINE`].
    Timeout,
}

/// The future of a reply.
pub type HttpFuture = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>>>>;

/// A function that sends a request exactly once.
pub type Transport = fn(HttpRequest) -> HttpFuture;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_redacts_what_is_sent_and_received() {
        let request = HttpRequest::post("https://id.example.com/token".into(), &[("code", "marker")]);
        let response = HttpResponse { status: 200, body: "marker".into() };
        assert_eq!(request.form(), Some("code=marker"));
        assert!(!format!("{request:?} {response:?}").contains("marker"));
    }
}

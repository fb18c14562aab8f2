//! A request to the provider and its reply, as data. [`Transport`] sends it, so that tests can play any provider.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use super::form_encoding;

pub use crate::browser::http::NetworkError;

/// How long the provider may take to reply, in milliseconds.
pub const DEADLINE: u32 = 10_000;

/// A request that is sent once, without cookies, and follows no redirect. `Debug` hides its body.
#[derive(Clone, PartialEq, Eq)]
pub struct ProviderRequest {
    url: String,
    /// `application/x-www-form-urlencoded`; with it the request is a POST, without it a GET.
    form: Option<String>,
}

impl fmt::Debug for ProviderRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProviderRequest").field("url", &self.url).field("form", &"[redacted]").finish()
    }
}

impl ProviderRequest {
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
pub struct ProviderResponse {
    /// The HTTP status.
    pub status: u16,
    /// The body as text.
    pub body: String,
}

impl fmt::Debug for ProviderResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProviderResponse").field("status", &self.status).field("body", &"[redacted]").finish()
    }
}

/// The future of a reply.
pub type ProviderFuture = Pin<Box<dyn Future<Output = Result<ProviderResponse, NetworkError>>>>;

/// A function that sends a request exactly once.
pub type Transport = fn(ProviderRequest) -> ProviderFuture;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_redacts_what_is_sent_and_received() {
        let request = ProviderRequest::post("https://id.example.com/token".into(), &[("code", "marker")]);
        let response = ProviderResponse { status: 200, body: "marker".into() };
        assert_eq!(request.form(), Some("code=marker"));
        assert!(!format!("{request:?} {response:?}").contains("marker"));
    }
}

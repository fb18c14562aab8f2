//! Sends one HTTP request with the browser's `fetch`.
//!
//! Invariant: a request carries no cookies and no referrer, is not cached, and follows no redirect.

use wasm_bindgen::JsValue;
use web_sys::{AbortSignal, Headers, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit, RequestRedirect};

/// A request. It has no `Debug`, because its headers and its body may hold secrets.
pub struct HttpRequest<'a> {
    /// The method, such as `GET`.
    pub method: &'a str,
    /// The complete URL.
    pub url: &'a str,
    /// The headers besides `Accept: application/json`.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body.
    pub body: Option<&'a str>,
}

/// A response of any status. It has no `Debug`, because its body may hold secrets.
pub struct HttpResponse {
    /// The HTTP status.
    pub status: u16,
    /// The `Retry-After` header, if CORS exposes it.
    pub retry_after: Option<String>,
    /// The body as text. The connection may fail after the headers arrived.
    pub body: Result<String, NetworkError>,
}

/// Why there is no response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NetworkError {
    /// The connection failed, or CORS hides the response. `fetch` does not distinguish them.
    Failed,
    /// The deadline passed.
    Timeout,
}

/// Sends a request once. `signal` aborts it; a signal of `AbortSignal.timeout` makes it a [`NetworkError::Timeout`].
///
/// # Errors
/// The reason why no headers arrived. Nothing is sent if the browser rejects any part of the request.
pub async fn send(request: HttpRequest<'_>, signal: &AbortSignal) -> Result<HttpResponse, NetworkError> {
    let browser_request = for_browser(&request, signal).map_err(|_| NetworkError::Failed)?;
    let network_error = |error| match error {
        gloo_net::Error::JsError(error) if error.name == "TimeoutError" => NetworkError::Timeout,
        _ => NetworkError::Failed,
    };
    let response = gloo_net::http::Request::from(browser_request).send().await.map_err(network_error)?;
    let (status, retry_after) = (response.status(), response.headers().get("Retry-After"));
    Ok(HttpResponse { status, retry_after, body: response.text().await.map_err(network_error) })
}

/// The browser's request. gloo-net's builder would create two `Request` objects and parse the URL for a query.
fn for_browser(request: &HttpRequest<'_>, signal: &AbortSignal) -> Result<web_sys::Request, JsValue> {
    let headers = Headers::new()?;
    headers.set("Accept", "application/json")?;
    for (name, value) in request.headers {
        headers.set(name, value)?;
    }
    let options = RequestInit::new();
    options.set_method(request.method);
    if let Some(body) = request.body {
        options.set_body(&JsValue::from_str(body));
    }
    options.set_headers(&headers);
    options.set_redirect(RequestRedirect::Error);
    options.set_credentials(RequestCredentials::Omit);
    options.set_referrer_policy(ReferrerPolicy::NoReferrer);
    options.set_cache(RequestCache::NoStore);
    options.set_signal(Some(signal));
    web_sys::Request::new_with_str_and_init(request.url, &options)
}

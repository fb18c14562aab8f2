//! Faults: failures of a network or a server, on demand. They apply to the API and the issuer, never to the site or
//! `/sandbox`.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde::{Deserialize, Serialize};

use crate::connections::ConnectionCloser;
use crate::oidc::fault::IssuerFault;

/// A fault and the requests that it applies to. [`Fault::once`] and [`Fault::always`] match every request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// The HTTP method, in any case; `None` matches every method.
    #[serde(default)]
    pub method: Option<String>,
    /// A part of the path, which begins with `/api` or `/oidc`; `None` matches every path of the API. A fault applies to the
    /// issuer only if this has `/oidc`.
    #[serde(default)]
    pub path_contains: Option<String>,
    /// Whether the fault applies to one request or to all.
    #[serde(default)]
    pub times: Times,
    /// The delay of the reply or the cut, in milliseconds. The work is not delayed.
    #[serde(default)]
    pub delay_ms: u64,
    /// Whether the API does the work before the fault hides its result. [`FaultKind::None`], [`FaultKind::CutAfter`]
    /// and [`FaultKind::SlowBytes`] always do the work, [`FaultKind::CutBefore`] never does.
    #[serde(default)]
    pub after_work: bool,
    /// The kind of failure.
    #[serde(default)]
    pub kind: FaultKind,
}

/// The number of requests that a fault applies to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Times {
    /// The first request that matches.
    #[default]
    Once,
    /// Every request that matches, until the faults are cleared. Hides faults queued later for the same requests.
    Always,
}

/// The kind of failure. In JSON: `"cut_before"`, or `{"status": {"status": 503}}`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum FaultKind {
    /// The normal reply; used for a delay.
    #[default]
    None,
    /// A reply with this status, body and headers.
    Status {
        /// The status, from 200 to 999.
        status: u16,
        /// The body.
        #[serde(default)]
        body: String,
        /// The `Content-Type`.
        #[serde(default = "json_type")]
        content_type: String,
        /// More headers as pairs of name and value.
        #[serde(default)]
        headers: Vec<(String, String)>,
    },
    /// The connection closes without a reply, and no work is done.
    CutBefore,
    /// The work is done, then the connection closes without a reply.
    CutAfter,
    /// The HTML error page of a gateway.
    Html {
        /// The status; 502 by default.
        #[serde(default = "bad_gateway")]
        status: u16,
    },
    /// A reply with a status and no body.
    Empty {
        /// The status, from 200 to 999.
        status: u16,
    },
    /// The normal reply, with its body sent byte by byte.
    SlowBytes {
        /// The delay before each byte of the body, in milliseconds. The headers are sent at once.
        ms_per_byte: u64,
    },
    /// The issuer misbehaves in a reply that looks right. Method, path and delay have no effect.
    Issuer(IssuerFault),
    /// A redirect with status 302.
    Redirect {
        /// The `Location`.
        to: String,
    },
}

fn json_type() -> String {
    "application/json".to_owned()
}

fn bad_gateway() -> u16 {
    502
}

impl Fault {
    /// A fault for the next request.
    pub fn once(kind: FaultKind) -> Self {
        Self { method: None, path_contains: None, times: Times::Once, delay_ms: 0, after_work: false, kind }
    }

    /// A fault for every request until the faults are cleared.
    pub fn always(kind: FaultKind) -> Self {
        Self { times: Times::Always, ..Self::once(kind) }
    }

    /// Limits the fault to a method and to paths that contain a text.
    pub fn on(self, method: &str, path_contains: &str) -> Self {
        Self { method: Some(method.to_owned()), path_contains: Some(path_contains.to_owned()), ..self }
    }

    /// Delays the reply by this many milliseconds.
    pub fn late(self, delay_ms: u64) -> Self {
        Self { delay_ms, ..self }
    }

    /// Lets the API do the work first.
    pub fn after_work(self) -> Self {
        Self { after_work: true, ..self }
    }

    fn matches(&self, method: &str, path: &str) -> bool {
        let is_for_issuer = self.path_contains.as_ref().is_some_and(|part| part.contains("/oidc"));
        !matches!(self.kind, FaultKind::Issuer(_))
            && is_for_issuer == path.starts_with("/oidc/")
            && self.method.as_ref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
            && self.path_contains.as_ref().is_none_or(|part| path.contains(part))
    }

    /// Applies the fault to a request; `work` is the normal handler.
    pub(crate) async fn apply(self, work: impl Future<Output = Response>, closer: &ConnectionCloser) -> Response {
        let does_work = match self.kind {
            FaultKind::None | FaultKind::CutAfter | FaultKind::SlowBytes { .. } => true,
            FaultKind::CutBefore => false,
            _ => self.after_work,
        };
        let reply = if does_work { Some(work.await) } else { None };
        tokio::time::sleep(Duration::from_millis(self.delay_ms)).await;
        match (self.kind, reply) {
            (FaultKind::CutBefore | FaultKind::CutAfter, _) => closer.close().await,
            (FaultKind::None, Some(reply)) => reply,
            (FaultKind::SlowBytes { ms_per_byte }, Some(reply)) => trickle(reply, ms_per_byte).await,
            (kind, _) => kind.reply().unwrap_or_else(|reason| (StatusCode::NOT_IMPLEMENTED, reason).into_response()),
        }
    }
}

/// Takes the first queued fault that matches a request. An `Always` fault stays queued.
pub(crate) fn take(queued: &mut Vec<Fault>, method: &str, path: &str) -> Option<Fault> {
    let at = queued.iter().position(|fault| fault.matches(method, path))?;
    Some(take_at(queued, at))
}

/// Takes the first queued fault of the issuer that is wanted.
pub(crate) fn take_issuer_fault(
    queued: &mut Vec<Fault>,
    is_wanted: impl Fn(&IssuerFault) -> bool,
) -> Option<IssuerFault> {
    let wanted = |fault: &Fault| matches!(&fault.kind, FaultKind::Issuer(kind) if is_wanted(kind));
    let at = queued.iter().position(wanted)?;
    match take_at(queued, at).kind {
        FaultKind::Issuer(kind) => Some(kind),
        _ => None,
    }
}

fn take_at(queued: &mut Vec<Fault>, at: usize) -> Fault {
    match queued[at].times {
        Times::Once => queued.remove(at),
        Times::Always => queued[at].clone(),
    }
}

impl FaultKind {
    /// A reply with a status and a JSON body.
    pub fn json(status: u16, body: &serde_json::Value) -> Self {
        Self::Status { status, body: body.to_string(), content_type: json_type(), headers: Vec::new() }
    }

    /// Checks that the reply can be sent over HTTP.
    pub(crate) fn validate(&self) -> Result<(), String> {
        self.reply().map(drop)
    }

    fn reply(&self) -> Result<Response, String> {
        let mut response = Response::default();
        match self {
            Self::None | Self::CutBefore | Self::CutAfter | Self::SlowBytes { .. } | Self::Issuer(_) => {}
            Self::Status { status: code, body, content_type, headers } => {
                *response.status_mut() = status(*code)?;
                *response.body_mut() = Body::from(body.clone());
                response.headers_mut().insert(CONTENT_TYPE, value(content_type)?);
                for (name, text) in headers {
                    let name = HeaderName::try_from(name).map_err(|_| format!("\"{name}\" can't be a header name"))?;
                    response.headers_mut().append(name, value(text)?);
                }
            }
            Self::Html { status: code } => {
                *response.status_mut() = status(*code)?;
                *response.body_mut() = Body::from(
                    "<!doctype html><html><head><title>Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>",
                );
                response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html"));
            }
            Self::Empty { status: code } => *response.status_mut() = status(*code)?,
            Self::Redirect { to } => {
                *response.status_mut() = StatusCode::FOUND;
                response.headers_mut().insert(LOCATION, value(to)?);
            }
        }
        Ok(response)
    }
}

fn status(code: u16) -> Result<StatusCode, String> {
    // hyper does not let a handler send an informational status (below 200).
    let status = StatusCode::from_u16(code).ok().filter(|status| status.as_u16() >= 200);
    status.ok_or_else(|| format!("{code} can't be a status"))
}

fn value(text: &str) -> Result<HeaderValue, String> {
    HeaderValue::from_str(text).map_err(|_| format!("{text:?} can't be a header value"))
}

async fn trickle(reply: Response, ms_per_byte: u64) -> Response {
    let (mut parts, body) = reply.into_parts();
    parts.headers.remove(CONTENT_LENGTH);
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    let drops = stream::unfold(bytes, move |mut left| async move {
        if left.is_empty() {
            return None;
        }
        tokio::time::sleep(Duration::from_millis(ms_per_byte)).await;
        Some((Ok::<Bytes, std::convert::Infallible>(left.split_to(1)), left))
    });
    Response::from_parts(parts, Body::from_stream(drops))
}

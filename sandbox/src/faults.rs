//! What can go wrong between a client and a server, on demand. A fault falls on API requests only: the site and the
//! control under `/sandbox` always answer.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde::{Deserialize, Serialize};

use crate::connections::ConnectionCloser;

/// A fault, and which requests it falls on. [`Fault::once`] and [`Fault::always`] make one for every request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// Only this method; None: any.
    #[serde(default)]
    pub method: Option<String>,
    /// Only a path with this in it (the path begins with `/api`); None: any.
    #[serde(default)]
    pub path_contains: Option<String>,
    /// For one request, or for all until the faults are cleared.
    #[serde(default)]
    pub times: Times,
    /// The reply, or the cut, comes this much later. The work, if any is done, is done at once.
    #[serde(default)]
    pub delay_ms: u64,
    /// Do the work first, then answer as `kind` says all the same: saved, and the reply says otherwise. [`FaultKind::None`],
    /// [`FaultKind::CutAfter`] and [`FaultKind::SlowBytes`] do it in any case, [`FaultKind::CutBefore`] never.
    #[serde(default)]
    pub after_work: bool,
    /// What happens.
    #[serde(default)]
    pub kind: FaultKind,
}

/// How often a fault is used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Times {
    /// Used up by the first request that it fits.
    #[default]
    Once,
    /// Until the faults are cleared. It hides any fault queued later for the same requests.
    Always,
}

/// What happens to the request. In JSON `"cut_before"`, or `{"status": {"status": 503}}`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum FaultKind {
    /// Answered as ever: for a mere delay.
    #[default]
    None,
    /// Answered with this.
    Status {
        /// 200 to 999.
        status: u16,
        /// Any text at all.
        #[serde(default)]
        body: String,
        /// The `Content-Type`.
        #[serde(default = "json_type")]
        content_type: String,
        /// More headers, each a name and a value.
        #[serde(default)]
        headers: Vec<(String, String)>,
    },
    /// The connection closes and nothing was done.
    CutBefore,
    /// The work is done, then the connection closes without a reply.
    CutAfter,
    /// A gateway's error page.
    Html {
        /// 502 unless told.
        #[serde(default = "bad_gateway")]
        status: u16,
    },
    /// This status and nothing else.
    Empty {
        /// 200 to 999.
        status: u16,
    },
    /// Answered as ever, but the body trickles.
    SlowBytes {
        /// The wait before each byte of the body; the head comes at once.
        ms_per_byte: u64,
    },
    /// 302 to another place.
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
    /// Falls on the next request.
    pub fn once(kind: FaultKind) -> Self {
        Self { method: None, path_contains: None, times: Times::Once, delay_ms: 0, after_work: false, kind }
    }

    /// Falls on every request until the faults are cleared.
    pub fn always(kind: FaultKind) -> Self {
        Self { times: Times::Always, ..Self::once(kind) }
    }

    /// Only for this method and a path with this in it.
    pub fn on(self, method: &str, path_contains: &str) -> Self {
        Self { method: Some(method.to_owned()), path_contains: Some(path_contains.to_owned()), ..self }
    }

    /// So many milliseconds late.
    pub fn late(self, delay_ms: u64) -> Self {
        Self { delay_ms, ..self }
    }

    /// With the work done first.
    pub fn after_work(self) -> Self {
        Self { after_work: true, ..self }
    }

    fn fits(&self, method: &str, path: &str) -> bool {
        self.method.as_ref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
            && self.path_contains.as_ref().is_none_or(|part| path.contains(part))
    }

    pub(crate) async fn apply(self, work: impl Future<Output = Response>, closer: &ConnectionCloser) -> Response {
        let works = match self.kind {
            FaultKind::None | FaultKind::CutAfter | FaultKind::SlowBytes { .. } => true,
            FaultKind::CutBefore => false,
            _ => self.after_work,
        };
        let reply = if works { Some(work.await) } else { None };
        tokio::time::sleep(Duration::from_millis(self.delay_ms)).await;
        match (self.kind, reply) {
            (FaultKind::CutBefore | FaultKind::CutAfter, _) => closer.close().await,
            (FaultKind::None, Some(reply)) => reply,
            (FaultKind::SlowBytes { ms_per_byte }, Some(reply)) => trickle(reply, ms_per_byte).await,
            (kind, _) => kind.reply().unwrap_or_else(|reason| (StatusCode::NOT_IMPLEMENTED, reason).into_response()),
        }
    }
}

/// The first queued fault that fits.
pub(crate) fn take(queued: &mut Vec<Fault>, method: &str, path: &str) -> Option<Fault> {
    let at = queued.iter().position(|fault| fault.fits(method, path))?;
    match queued[at].times {
        Times::Once => Some(queued.remove(at)),
        Times::Always => Some(queued[at].clone()),
    }
}

impl FaultKind {
    /// Any value as JSON with this status.
    pub fn json(status: u16, body: &serde_json::Value) -> Self {
        Self::Status { status, body: body.to_string(), content_type: json_type(), headers: Vec::new() }
    }

    pub(crate) fn check(&self) -> Result<(), String> {
        self.reply().map(drop)
    }

    fn reply(&self) -> Result<Response, String> {
        let mut response = Response::default();
        match self {
            Self::None | Self::CutBefore | Self::CutAfter | Self::SlowBytes { .. } => {}
            Self::Status { status: code, body, content_type, headers } => {
                *response.status_mut() = status(*code)?;
                *response.body_mut() = Body::from(body.clone());
                response.headers_mut().insert(CONTENT_TYPE, value(content_type)?);
                for (name, text) in headers {
                    let name = HeaderName::try_from(name).map_err(|_| format!("\"{name}\" cannot be a header"))?;
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
    // Below 200 is not an answer yet, and no server lets a handler send it.
    let status = StatusCode::from_u16(code).ok().filter(|status| status.as_u16() >= 200);
    status.ok_or_else(|| format!("{code} cannot be a status"))
}

fn value(text: &str) -> Result<HeaderValue, String> {
    HeaderValue::from_str(text).map_err(|_| format!("{text:?} cannot be the value of a header"))
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

//! A fake Altostrat API with a web server for the site. All state is in memory and is lost when the sandbox stops.
//!
//! This crate holds the behaviour of the documented API (routes, rules, error shapes), the failures of networks and
//! servers ([`Fault`]), and the web server.
//!
//! Invariant: the sandbox uses no type of the app. The two share only the recorded JSON in `fixtures/`, so that a
//! mistake in the app's types shows up as a failed request.
//!
//! The API is served under `/api`, an OpenID Connect provider under `/oidc` (see the `oidc` module), the control API under
//! `/sandbox`, and the site under every other path:
//!
//! | request | effect |
//! |---|---|
//! | `GET /sandbox/tokens` | returns fresh demo tokens by name, each with a description |
//! | `POST /sandbox/faults` | queues a [`Fault`], given as JSON |
//! | `DELETE /sandbox/faults` | removes all queued faults |
//! | `GET /sandbox/requests` | returns every [`RecordedRequest`] since the start |
//! | `DELETE /sandbox/requests` | clears the recorded requests |
//! | `GET /sandbox/issuer-secrets` | returns every `state`, `nonce`, code, verifier and token of the issuer |

mod accounts;
mod auth;
mod connections;
mod control;
mod cors;
mod countries;
mod default_address;
mod faults;
mod hs256;
mod index_html;
mod lock;
mod middleware;
mod oidc;
mod problem;
mod request_log;
mod routes;
mod seed;
mod site;
mod start_error;
mod state;
mod validation;

use std::io;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use auth::{Demo, TOKEN_KEY};
pub use cors::Cors;
pub use default_address::DefaultAddress;
pub use faults::{Fault, FaultKind, Times};
pub use oidc::fault::IssuerFault;
pub use oidc::issuer::CLIENT_ID;
pub use request_log::RecordedRequest;
pub use start_error::StartError;

use state::AppState;

/// The options of a sandbox.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The TCP port; 0 picks a free one.
    pub port: u16,
    /// The folder of the built site. `None` serves only `/api` and `/sandbox`.
    pub dist: Option<PathBuf>,
    /// The API base that the site is configured with, for example the origin of another sandbox. `None` means `/api`.
    pub api: Option<String>,
    /// Configure the site to sign users in with the sandbox's own provider. When off, they paste a token.
    pub provider: bool,
    /// Close a cut connection without sending a byte, as a real server does. On a reused HTTP/1.1 connection Chromium
    /// then repeats the request by itself, even a `POST`. When off, a cut is always one request and one network error.
    pub allow_resends: bool,
    /// The address of an account that is created without one.
    pub default_address: DefaultAddress,
}

/// A running sandbox. Dropping it stops the server and closes every connection.
#[derive(Debug)]
pub struct Sandbox {
    origin: String,
    state: Arc<AppState>,
    server: JoinHandle<()>,
}

/// Starts a sandbox on 127.0.0.1 only. Must be called inside a Tokio runtime.
pub async fn start(options: Options) -> Result<Sandbox, StartError> {
    let site = options.dist.map(|dist| site::Site::open(dist, options.api, options.provider)).transpose()?;
    let failed = |source: io::Error| match source.kind() {
        io::ErrorKind::AddrInUse => StartError::PortInUse(options.port),
        _ => StartError::Listen(options.port, source),
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await.map_err(failed)?;
    let origin = format!("http://{}", listener.local_addr().map_err(failed)?);
    let state = Arc::new(AppState::new(seed::store(), options.default_address));
    let router = routes::router(state.clone(), site.map(Arc::new));
    let server = tokio::spawn(connections::serve(listener, router, options.allow_resends));
    Ok(Sandbox { origin, state, server })
}

impl Sandbox {
    /// The origin, `http://127.0.0.1:PORT`, without a trailing slash.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The issuer of the sandbox's OpenID Connect provider, for the client [`CLIENT_ID`].
    pub fn issuer(&self) -> String {
        format!("{}/oidc", self.origin)
    }

    /// Every `state`, `nonce`, code, verifier and token that the issuer received or issued.
    pub fn issuer_secrets(&self) -> Vec<String> {
        self.state.issuer().secrets()
    }

    /// A fresh token of a demo user. Its lifetime starts now.
    pub fn token(&self, who: Demo) -> String {
        who.token()
    }

    /// A correctly signed token with arbitrary claims.
    pub fn token_with(&self, claims: Value) -> String {
        auth::sign(&claims)
    }

    /// Queues a fault. A request gets the first queued fault that matches it.
    ///
    /// # Panics
    /// If the fault's status, a header or its redirect target can't be sent over HTTP.
    pub fn fault(&self, fault: Fault) {
        if let Err(reason) = fault.kind.validate() {
            panic!("{reason}: {fault:?}");
        }
        self.state.faults().push(fault);
    }

    /// Removes all queued faults. A fault that is already being applied, such as a delay, continues.
    pub fn clear_faults(&self) {
        self.state.faults().clear();
    }

    /// All requests to the API and the issuer since the start or the last clear, in order of arrival.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.state.log().requests()
    }

    /// Clears the recorded requests.
    pub fn clear_requests(&self) {
        self.state.log().clear();
    }

    /// The stored billing accounts of a workspace in the API's JSON; empty for an unknown workspace.
    pub fn accounts(&self, workspace: &str) -> Vec<Value> {
        self.state.store().accounts_json(workspace)
    }

    /// Sets the cross-origin requests that the API permits from now on.
    pub fn cors(&self, cors: Cors) {
        *self.state.cors() = cors;
    }

    /// Serves until Ctrl-C.
    pub async fn stopped(self) {
        // Without a signal handler, serving on is better than stopping at once.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.server.abort();
    }
}

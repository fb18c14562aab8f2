//! A stand-in for the Altostrat API, and a server for the site that uses it: no account, no network, no disk.
//! Everything is kept in memory and forgotten when it stops.
//!
//! Here belongs what the documented API does (routes, rules, error shapes), the ways in which a network or a
//! server can fail ([`Fault`]), and how the site is served. What does not belong here: types of the UI crate. The
//! two share recorded JSON (`fixtures/`) and nothing else, because a stand-in that shares types with its client
//! cannot disagree with it.
//!
//! `/api` is the API, `/sandbox` the control over HTTP, every other path the site:
//!
//! | call | what it does |
//! |---|---|
//! | `GET /sandbox/tokens` | fresh demo tokens by name, each with what it may do |
//! | `POST /sandbox/faults`, `DELETE` | queue a [`Fault`], given as JSON; forget all of them |
//! | `GET /sandbox/requests`, `DELETE` | every API request [`RecordedRequest`] so far; forget them |

mod accounts;
mod auth;
mod connections;
mod control;
mod cors;
mod countries;
mod faults;
mod hs256;
mod index_html;
mod lock;
mod middleware;
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

pub use auth::Demo;
pub use cors::Cors;
pub use faults::{Fault, FaultKind, Times};
pub use request_log::RecordedRequest;
pub use start_error::StartError;

use state::AppState;

/// Where to listen and what to serve.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// 0 takes any free port.
    pub port: u16,
    /// The built site; without it only `/api` and `/sandbox` answer.
    pub dist: Option<PathBuf>,
    /// Where the site is told that the API is: another sandbox's, say. None: here, `/api`.
    pub api: Option<String>,
    /// Close a cut connection as a real server does, without a byte. Chromium then sends a request again by itself, a POST
    /// too, when the connection was used before. Off, a cut is one request and a network error.
    pub allow_resends: bool,
}

/// A sandbox that is listening. Dropping it stops it and closes every connection.
#[derive(Debug)]
pub struct Sandbox {
    origin: String,
    state: Arc<AppState>,
    server: JoinHandle<()>,
}

/// Starts listening on 127.0.0.1, and nowhere else. Must be called inside a Tokio runtime.
pub async fn start(options: Options) -> Result<Sandbox, StartError> {
    let site = options.dist.map(|dist| site::Site::open(dist, options.api)).transpose()?;
    let failed = |source: io::Error| match source.kind() {
        io::ErrorKind::AddrInUse => StartError::PortInUse(options.port),
        _ => StartError::Listen(options.port, source),
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await.map_err(failed)?;
    let origin = format!("http://{}", listener.local_addr().map_err(failed)?);
    let state = Arc::new(AppState::new(seed::store()));
    let router = routes::router(state.clone(), site.map(Arc::new));
    let server = tokio::spawn(connections::serve(listener, router, options.allow_resends));
    Ok(Sandbox { origin, state, server })
}

impl Sandbox {
    /// `http://127.0.0.1:PORT`, without a slash at the end.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// A token of a demo user, its times counted from this call.
    pub fn token(&self, who: Demo) -> String {
        who.token()
    }

    /// A rightly signed token with any claims at all.
    pub fn token_with(&self, claims: Value) -> String {
        auth::sign(&claims)
    }

    /// Queues a fault. The first queued one that fits a request is used for it.
    ///
    /// # Panics
    /// When its status, a header or the redirect target cannot be sent.
    pub fn fault(&self, fault: Fault) {
        if let Err(reason) = fault.kind.check() {
            panic!("{reason}: {fault:?}");
        }
        self.state.faults().push(fault);
    }

    /// Forgets every queued fault. One that has begun (a delay) goes on.
    pub fn clear_faults(&self) {
        self.state.faults().clear();
    }

    /// Every API request since the start or the last clear, in the order of their arrival.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.state.log().requests()
    }

    /// Forgets the requests seen.
    pub fn clear_requests(&self) {
        self.state.log().clear();
    }

    /// The billing accounts stored now, as the API shows them; none for a workspace that does not exist.
    pub fn accounts(&self, workspace: &str) -> Vec<Value> {
        self.state.store().shown(workspace)
    }

    /// What a page of another origin is allowed from now on.
    pub fn cors(&self, allowed: Cors) {
        *self.state.cors() = allowed;
    }

    /// Serves until ctrl-c.
    pub async fn stopped(self) {
        // No ctrl-c can be heard: better to go on serving than to stop at once.
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

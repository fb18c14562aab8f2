//! One task a connection, so that a fault can close the one it came in on.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tower::ServiceExt;

/// Closes the connection of the request that it is found in.
#[derive(Debug, Clone, Default)]
pub(crate) struct ConnectionCloser(Arc<Notify>);

impl ConnectionCloser {
    /// Never returns: the caller is dropped with its connection.
    pub(crate) async fn close<T>(&self) -> T {
        self.0.notify_one();
        std::future::pending().await
    }
}

/// Serves until it is dropped; every connection is dropped with it.
pub(crate) async fn serve(listener: TcpListener, router: Router, allow_resends: bool) {
    let mut open = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => drop(open.spawn(connection(stream, router.clone(), allow_resends))),
                // Out of file handles, say: trying again at once would only spin.
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            },
            Some(_) = open.join_next() => {}
        }
    }
}

async fn connection(stream: TcpStream, router: Router, allow_resends: bool) {
    // Small replies should not wait for more to send; when it cannot be set they merely come later.
    stream.set_nodelay(true).ok();
    let closer = ConnectionCloser::default();
    let service = service_fn(|mut request: Request<Incoming>| {
        request.extensions_mut().insert(closer.clone());
        router.clone().oneshot(request.map(Body::new))
    });
    let mut served = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        _ = &mut served => return,
        () = closer.0.notified() => {}
    }
    let mut stream = served.into_parts().io.into_inner();
    // Chromium sends a request again by itself, a POST too, when a kept connection closes without a byte. One byte
    // that is no HTTP stops that: it is a network error with no status, and the request is seen once.
    if !allow_resends {
        stream.write_all(b"\0").await.ok();
    }
    stream.shutdown().await.ok();
}

//! The accept loop: one task per connection, so that a fault can close the connection of its request.

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

/// Closes the connection that a request came in on. Stored in the extensions of the request.
#[derive(Debug, Clone, Default)]
pub(crate) struct ConnectionCloser(Arc<Notify>);

impl ConnectionCloser {
    /// Closes the connection. Never returns, because the calling task is dropped with the connection.
    pub(crate) async fn close<T>(&self) -> T {
        self.0.notify_one();
        std::future::pending().await
    }
}

/// Serves until the future is dropped, and then closes every connection.
pub(crate) async fn serve(listener: TcpListener, router: Router, allow_resends: bool) {
    let mut open = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => drop(open.spawn(connection(stream, router.clone(), allow_resends))),
                // For example out of file handles: an immediate retry would only spin.
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            },
            Some(_) = open.join_next() => {}
        }
    }
}

async fn connection(stream: TcpStream, router: Router, allow_resends: bool) {
    // Sends small replies without delay. If this fails, replies only arrive later.
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
    // When a reused connection closes without a byte, Chromium repeats the request, even a POST. One byte that is not
    // HTTP prevents that: the client gets a network error, and the request arrives once.
    if !allow_resends {
        stream.write_all(b"\0").await.ok();
    }
    stream.shutdown().await.ok();
}

//! A sandbox and a browser for one story, both gone after it, however it ends.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::task::Poll;

use sandbox::{Options, Sandbox};
use serde_json::{Value, json};

use crate::driver::{self, Driver};
use crate::user::User;

/// Notes what no page of ours may do, in every document from its start.
const WATCH: &str = "window.breaches = [];
    for (const kind of ['securitypolicyviolation', 'error', 'unhandledrejection'])
        addEventListener(kind, event => breaches.push(`${kind}: ${event.violatedDirective ?? event.message ?? event.reason}`));";

/// Plays a story. In every story, nothing but a failed request may be an error in the console.
pub(crate) async fn story(steps: impl AsyncFnOnce(&User)) {
    let dist = dist();
    let sandbox = sandbox::start(Options { port: 0, dist: Some(dist) }).await.expect("a free port");
    let driver = Driver::start().await;
    let user = User::new(driver.open().await, sandbox);
    let whole = async {
        driver::devtools(&user.client, "Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH })).await;
        steps(&user).await;
        user.has_a_clean_console().await;
    };
    let mut whole = pin!(whole);
    // The browser is closed before the failure goes on.
    let end = poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| whole.as_mut().poll(context))) {
        Ok(poll) => poll.map(Ok),
        Err(failure) => Poll::Ready(Err(failure)),
    });
    let end = end.await;
    driver::close(user.client.clone()).await;
    end.unwrap_or_else(|failure| resume_unwind(failure));
}

fn dist() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let dist = root.join(std::env::var_os("DIST").unwrap_or_else(|| "dist".into()));
    let built = dist.join("index.html").is_file();
    assert!(built, "{}/ is missing: run `cargo xtask test`, which builds it", dist.display());
    dist
}

/// The requests that the sandbox has seen, as questions.
pub(crate) trait Seen {
    /// The bodies of the requests that create an account, in order.
    fn created(&self) -> Vec<Value>;
    /// How often a path was asked for.
    fn gets(&self, path: &str) -> usize;
}

impl Seen for Sandbox {
    fn created(&self) -> Vec<Value> {
        let posts = self.requests().into_iter().filter(|seen| seen.method == "POST");
        posts.map(|seen| seen.body.unwrap_or_default()).collect()
    }

    fn gets(&self, path: &str) -> usize {
        self.requests().iter().filter(|seen| seen.method == "GET" && seen.path == path).count()
    }
}

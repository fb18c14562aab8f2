//! A sandbox and a browser for one story, both gone after it, however it ends.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::task::Poll;

use sandbox::{Options, Sandbox};
use serde_json::Value;

use crate::harness::driver::{self, Driver, Logs, Scratch};
use crate::harness::user::User;

/// Notes what no page of ours may do, in every document from its start.
const WATCH: &str = "window.breaches = [];
    for (const kind of ['securitypolicyviolation', 'error', 'unhandledrejection'])
        addEventListener(kind, event => breaches.push(`${kind}: ${event.violatedDirective ?? event.message ?? event.reason}`));";

/// Plays a story. In every story, nothing but a failed request may be an error in the console.
pub(crate) async fn story(steps: impl AsyncFnOnce(&User)) {
    play(dist(), Logs::Console, async |user| {
        steps(user).await;
        user.has_a_clean_console().await;
    })
    .await;
}

/// Plays a story with any site, which need not start: what is in the console is its own affair.
pub(crate) async fn play(dist: PathBuf, logs: Logs, steps: impl AsyncFnOnce(&User)) {
    play_with_api(None, dist, logs, steps).await;
}

/// Plays a story on the site, told that its API is somewhere else.
pub(crate) async fn story_with_api(api: String, steps: impl AsyncFnOnce(&User)) {
    play_with_api(Some(api), dist(), Logs::Console, async |user| {
        steps(user).await;
        user.has_a_clean_console().await;
    })
    .await;
}

async fn play_with_api(api: Option<String>, dist: PathBuf, logs: Logs, steps: impl AsyncFnOnce(&User)) {
    let options = Options { dist: Some(dist), api, ..Options::default() };
    let sandbox = sandbox::start(options).await.expect("a free port");
    let driver = Driver::start().await;
    let user = User::new(driver.open(logs).await, sandbox);
    let whole = async {
        user.before_each_page(WATCH).await;
        steps(&user).await;
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

pub(crate) fn dist() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let dist = root.join(std::env::var_os("DIST").unwrap_or_else(|| "dist".into()));
    let built = dist.join("index.html").is_file();
    assert!(built, "{}/ is missing: run `cargo xtask test`, which builds it", dist.display());
    dist
}

/// A copy of the site, to be changed; gone when dropped.
pub(crate) struct Copy(Scratch);

impl Copy {
    pub(crate) fn of_dist() -> Self {
        let copy = Self(Scratch::new());
        for entry in std::fs::read_dir(dist()).expect("dist can be listed") {
            let path = entry.expect("dist can be listed").path();
            std::fs::copy(&path, copy.folder().join(path.file_name().expect("a file has a name"))).expect("a copy");
        }
        copy
    }

    pub(crate) fn folder(&self) -> PathBuf {
        self.0.0.clone()
    }

    /// The one file whose name begins and ends so, its hash being nobody's affair.
    pub(crate) fn file(&self, start: &str, end: &str) -> PathBuf {
        let names = std::fs::read_dir(&self.0.0).expect("the copy can be listed");
        let found = names.map(|entry| entry.expect("the copy can be listed").path());
        let fits = |name: &str| name.starts_with(start) && name.ends_with(end);
        let found: Vec<_> =
            found.filter(|path| path.file_name().is_some_and(|name| fits(&name.to_string_lossy()))).collect();
        let [file] = &found[..] else { panic!("one file is {start}…{end}: {found:?}") };
        file.clone()
    }
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

//! A sandbox and a browser for one story. Both end with the story, also after a failure.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::pin::pin;
use std::task::Poll;

use sandbox::{Options, Sandbox};

use super::driver::{self, Driver, Logs};
use super::site::dist;
use super::user::User;

/// A script that records policy violations and uncaught errors in `window.violations`, from the start of each document.
const RECORD_VIOLATIONS: &str = "window.violations = [];
    for (const kind of ['securitypolicyviolation', 'error', 'unhandledrejection'])
        addEventListener(kind, event => violations.push(`${kind}: ${event.violatedDirective ?? event.message ?? event.reason}`));";

/// Plays a story on the built site, with tokens to sign in. At its end the console may hold no error but failed requests.
pub(crate) async fn story(steps: impl AsyncFnOnce(&User)) {
    play_to_a_clean_end(Options { dist: Some(dist()), ..Options::default() }, steps).await;
}

/// Plays a story on the built site, with the sandbox's provider to sign in.
pub(crate) async fn story_with_provider(steps: impl AsyncFnOnce(&User)) {
    play_to_a_clean_end(with_provider(), steps).await;
}

/// Plays a story on the built site with its API on another origin.
pub(crate) async fn story_with_api(api: &Sandbox, steps: impl AsyncFnOnce(&User)) {
    let api = Some(format!("{}/api", api.origin()));
    play_to_a_clean_end(Options { dist: Some(dist()), api, ..Options::default() }, steps).await;
}

async fn play_to_a_clean_end(options: Options, steps: impl AsyncFnOnce(&User)) {
    play_with(options, Logs::Console, async |user| {
        steps(user).await;
        user.assert_clean_console().await;
    })
    .await;
}

/// The built site, with the sandbox's provider to sign in.
pub(crate) fn with_provider() -> Options {
    Options { dist: Some(dist()), provider: true, ..Options::default() }
}

/// Plays a story on any folder, whose site may be unable to start. The console is not checked.
pub(crate) async fn play(dist: PathBuf, logs: Logs, steps: impl AsyncFnOnce(&User)) {
    play_with(Options { dist: Some(dist), ..Options::default() }, logs, steps).await;
}

/// Plays a story on any sandbox. The console is not checked.
pub(crate) async fn play_with(options: Options, logs: Logs, steps: impl AsyncFnOnce(&User)) {
    let sandbox = sandbox::start(options).await.expect("a free port");
    let driver = Driver::start().await;
    let user = User::new(driver.open(logs).await, sandbox);
    let story = async {
        user.run_before_each_page(RECORD_VIOLATIONS).await;
        steps(&user).await;
    };
    let mut story = pin!(story);
    // The browser has to be closed before a panic continues: ChromeDriver leaves it running.
    let outcome = poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| story.as_mut().poll(context))) {
        Ok(poll) => poll.map(Ok),
        Err(panic) => Poll::Ready(Err(panic)),
    });
    let outcome = outcome.await;
    driver::close(user.client.clone()).await;
    outcome.unwrap_or_else(|panic| resume_unwind(panic));
}

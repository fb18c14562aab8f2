//! Checks of what a page shows. Every check waits, and fails with the text of the page and the requests so far.

use std::cell::RefCell;
use std::fmt::{self, Display};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::driver;
use super::user::User;

/// Longer than the app's deadline for a reply.
const TIMEOUT: Duration = Duration::from_secs(45);
const POLL_INTERVAL: Duration = Duration::from_millis(20);
/// A JavaScript expression: whether a modal dialog is open.
const DIALOG_OPEN: &str = "!!document.querySelector('dialog:modal')";

impl User {
    /// Waits until the page shows this text.
    pub(crate) async fn see(&self, text: &str) {
        self.wait_until(format!("see “{text}”"), async || {
            self.evaluate(&format!("pageText().includes({})", json!(text))).await?.as_bool()?.then_some(())
        })
        .await;
    }

    /// Waits until the page no longer shows this text.
    pub(crate) async fn see_no(&self, text: &str) {
        self.wait_until(format!("no longer see “{text}”"), async || {
            (self.evaluate(&format!("pageText().includes({})", json!(text))).await? == false).then_some(())
        })
        .await;
    }

    /// Waits until a section "Details", open or closed, contains this text.
    pub(crate) async fn see_in_details(&self, text: &str) {
        self.expect(&format!("detailsText().includes({})", json!(text)), true).await;
    }

    /// Waits until a JavaScript expression, which may use the functions of `find.js`, has this value.
    pub(crate) async fn expect(&self, expression: &str, value: impl Into<Value>) {
        let value = value.into();
        let last = RefCell::new(None);
        let goal = fmt::from_fn(|out| write!(out, "{expression} to be {value}, last {:?}", last.borrow()));
        self.wait_until(goal, async || {
            let found = self.evaluate(expression).await;
            let is_equal = found.as_ref() == Some(&value);
            last.replace(found);
            is_equal.then_some(())
        })
        .await;
    }

    pub(crate) async fn see_error(&self, label: &str, text: &str) {
        let text = if text.is_empty() { String::new() } else { format!("Error: {text}") };
        self.expect(&format!("errorAt({})", json!(label)), text).await;
    }

    pub(crate) async fn see_value(&self, label: &str, value: &str) {
        self.expect(&format!("control({})?.value", json!(label)), value).await;
    }

    /// Waits for a term of an account's details with this text.
    pub(crate) async fn see_detail(&self, term: &str, text: &str) {
        self.expect(&format!("detail({})", json!(term)), text).await;
    }

    pub(crate) async fn see_heading(&self, text: &str) {
        self.expect("normalize(document.querySelector('h1')?.textContent)", text).await;
    }

    pub(crate) async fn see_path(&self, path: &str) {
        self.expect("location.pathname", path).await;
    }

    pub(crate) async fn see_dialog(&self) {
        self.expect(DIALOG_OPEN, true).await;
    }

    pub(crate) async fn see_no_dialog(&self) {
        self.expect("!!document.querySelector('dialog')", false).await;
    }

    /// Fails if the app logged an error, or the browser reported a violation of the policy. A failed request is no error.
    pub(crate) async fn assert_clean_console(&self) {
        let errors: Vec<_> = driver::console_log(&self.client)
            .await
            .into_iter()
            .filter(|entry| entry["level"] == "SEVERE" && entry["source"] != "network")
            .collect();
        assert!(errors.is_empty(), "the console has errors: {errors:#?}");
        self.expect("window.violations", json!([])).await;
    }

    /// Polls until `check` returns a value.
    pub(crate) async fn wait_until<T>(&self, goal: impl Display, check: impl AsyncFn() -> Option<T>) -> T {
        let end = Instant::now() + TIMEOUT;
        loop {
            if let Some(found) = check().await {
                return found;
            }
            if Instant::now() > end {
                panic!("cannot {goal}\n{}", self.failure_context().await);
            }
            tokio::time::sleep(POLL_INTERVAL).await;
        }
    }

    /// The page and the requests, for the message of a failed check.
    async fn failure_context(&self) -> String {
        let page = self.evaluate(
            "[location.href, document.title, nameOf(document.activeElement).slice(0, 80), pageText()].join('\\n')",
        );
        let page = page.await.unwrap_or_default();
        let requests: Vec<_> = self
            .sandbox
            .requests()
            .iter()
            .map(|request| format!("{} {} {:?}", request.method, request.path, request.status))
            .collect();
        format!("{}\n{requests:#?}", page.as_str().unwrap_or("no page is loaded"))
    }
}

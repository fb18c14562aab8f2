//! The API, played: what it is to answer, and what it was asked.
//!
//! What the app asks on the side, which workspace this is, who its members are and which accounts it has, is a help
//! that it must do without: unless a story is about it, it is not there, and does not count.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use billing_admin::api::transport::{Method, NetworkError, Request, Response, ResponseFuture};
use js_sys::{Function, Promise};
use serde_json::Value;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::harness::{settle, turn};

/// Where the app sends when the page does not say.
const BASE: &str = "https://v1.api.altostrat.io";

/// What comes back.
pub(crate) type Outcome = Result<Response, NetworkError>;

/// What the API does with a request.
#[derive(Clone)]
pub(crate) enum Answer {
    Now(Outcome),
    /// When the test says so, with [`release`].
    Later,
}

/// A request that was sent.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) authorization: String,
    pub(crate) body: Value,
}

#[derive(Default)]
struct Script {
    answers: Vec<(Method, String, Answer)>,
    asked: Vec<Asked>,
    aside: usize,
    answers_any_get: bool,
    held: VecDeque<(Function, Rc<RefCell<Option<Outcome>>>)>,
    surprises: Vec<String>,
}

thread_local! {
    static SCRIPT: RefCell<Script> = RefCell::default();
    static CANCELLED: Cell<usize> = const { Cell::new(0) };
}

/// An answer with a status and a body.
pub(crate) fn answer(status: u16, body: impl Into<String>) -> Answer {
    Answer::Now(Ok(reply(status, body)))
}

/// What an answer, or a released request, holds.
pub(crate) fn reply(status: u16, body: impl Into<String>) -> Response {
    Response { status, retry_after: None, body: body.into() }
}

/// No answer at all.
pub(crate) fn lost(reason: NetworkError) -> Answer {
    Answer::Now(Err(reason))
}

/// The next such `GET` is answered so.
pub(crate) fn on_get(path: &str, answer: Answer) {
    SCRIPT.with_borrow_mut(|script| script.answers.push((Method::Get, path.to_owned(), answer)));
}

/// The next such `POST` is answered so.
pub(crate) fn on_post(path: &str, answer: Answer) {
    SCRIPT.with_borrow_mut(|script| script.answers.push((Method::Post, path.to_owned(), answer)));
}

/// The next such `PATCH` is answered so.
pub(crate) fn on_patch(path: &str, answer: Answer) {
    SCRIPT.with_borrow_mut(|script| script.answers.push((Method::Patch, path.to_owned(), answer)));
}

/// The next such `DELETE` is answered so.
pub(crate) fn on_delete(path: &str, answer: Answer) {
    SCRIPT.with_borrow_mut(|script| script.answers.push((Method::Delete, path.to_owned(), answer)));
}

/// Every `GET` that nothing is said of finds nothing, and does not count: for replies that may need another one.
pub(crate) fn on_any_get() {
    SCRIPT.with_borrow_mut(|script| script.answers_any_get = true);
}

/// How many requests were sent on the side, which nobody said an answer to.
pub(crate) fn aside() -> usize {
    SCRIPT.with_borrow(|script| script.aside)
}

/// Answers the request that has waited longest, once there is one: what only helps is asked for behind the first paint.
pub(crate) async fn release(outcome: Outcome) {
    settle("a request waits", || SCRIPT.with_borrow(|script| !script.held.is_empty())).await;
    let (resolve, slot) = SCRIPT.with_borrow_mut(|script| script.held.pop_front()).expect("a request waits");
    slot.replace(Some(outcome));
    resolve.call0(&JsValue::UNDEFINED).expect("a promise can be resolved");
}

/// Every request so far, in order.
pub(crate) fn asked() -> Vec<Asked> {
    SCRIPT.with_borrow(|script| script.asked.clone())
}

/// Whether nothing was sent, not even on the side.
pub(crate) fn is_silent() -> bool {
    SCRIPT.with_borrow(|script| script.asked.is_empty() && script.aside == 0)
}

/// Every `POST` so far, in order.
pub(crate) fn posts() -> Vec<Asked> {
    asked().into_iter().filter(|asked| asked.method == Method::Post).collect()
}

/// Every `GET` so far, in order.
pub(crate) fn gets() -> Vec<Asked> {
    asked().into_iter().filter(|asked| asked.method == Method::Get).collect()
}

/// Every `PATCH` so far, in order.
pub(crate) fn patches() -> Vec<Asked> {
    asked().into_iter().filter(|asked| asked.method == Method::Patch).collect()
}

/// Every `DELETE` so far, in order.
pub(crate) fn deletes() -> Vec<Asked> {
    asked().into_iter().filter(|asked| asked.method == Method::Delete).collect()
}

/// How many waiting requests the app gave up.
pub(crate) fn cancelled() -> usize {
    CANCELLED.get()
}

/// Forgets everything.
pub(crate) fn reset() {
    SCRIPT.take();
    CANCELLED.set(0);
}

/// What the script and the requests do not agree on: requests with no answer, answers with no request.
pub(crate) fn disagreements() -> Vec<String> {
    SCRIPT.with_borrow(|script| {
        let unasked = script.answers.iter().map(|(method, path, _)| format!("was not asked: {method} {path}"));
        script.surprises.iter().map(|asked| format!("has no answer to: {asked}")).chain(unasked).collect()
    })
}

/// Sends a request to this API: the app's transport.
pub(crate) fn send(request: Request) -> ResponseFuture {
    let path = request.url.strip_prefix(BASE).unwrap_or(&request.url).to_owned();
    let body = request.body.as_deref().map(|body| serde_json::from_str(body).expect("a body is JSON"));
    let asked = Asked {
        method: request.method,
        path,
        authorization: request.token.authorization(),
        body: body.unwrap_or_default(),
    };
    SCRIPT.with_borrow_mut(|script| {
        let at = script.answers.iter().position(|(method, path, _)| *method == asked.method && *path == asked.path);
        let mut answer = at.map(|at| script.answers.remove(at).2);
        let is_extra = script.answers_any_get && asked.method == Method::Get;
        if answer.is_none() && (is_extra || is_aside(&asked)) {
            script.aside += 1;
            answer = Some(self::answer(404, ""));
        } else {
            if answer.is_none() {
                script.surprises.push(format!("{} {}", asked.method, asked.path));
            }
            script.asked.push(asked);
        }
        match answer {
            Some(Answer::Now(outcome)) => Box::pin(async move {
                turn().await;
                outcome
            }),
            Some(Answer::Later) => hold(script),
            None => Box::pin(std::future::pending()),
        }
    })
}

fn is_aside(asked: &Asked) -> bool {
    let path = asked.path.split('?').next().unwrap_or_default();
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    asked.method == Method::Get
        && matches!(parts[..], ["workspaces", _] | ["workspaces", _, "members" | "billing-accounts"])
}

fn hold(script: &mut Script) -> ResponseFuture {
    let slot = Rc::new(RefCell::new(None));
    let promise = Promise::new(&mut |resolve, _| script.held.push_back((resolve, Rc::clone(&slot))));
    Box::pin(async move {
        let waiting = Waiting;
        _ = JsFuture::from(promise).await;
        std::mem::forget(waiting);
        slot.take().unwrap_or(Err(NetworkError::Failed))
    })
}

/// Counts a request that is dropped before its answer came.
struct Waiting;

impl Drop for Waiting {
    fn drop(&mut self) {
        CANCELLED.set(CANCELLED.get() + 1);
    }
}

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

use crate::harness::{tick, wait_for};

/// Where the app sends when the page does not say.
const BASE: &str = "https://v1.api.altostrat.io";

/// What comes back.
pub(crate) type TransportResult = Result<Response, NetworkError>;

/// What the API does with a request.
#[derive(Clone)]
pub(crate) enum MockResponse {
    Immediate(TransportResult),
    /// When the test says so, with [`resolve_next`].
    Deferred,
}

/// A request that was sent.
#[derive(Debug, Clone)]
pub(crate) struct RecordedRequest {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) authorization: String,
    pub(crate) body: Value,
}

#[derive(Default)]
struct MockApi {
    responses: Vec<(Method, String, MockResponse)>,
    requests: Vec<RecordedRequest>,
    background: usize,
    allows_any_get: bool,
    deferred: VecDeque<(Function, Rc<RefCell<Option<TransportResult>>>)>,
    unexpected: Vec<String>,
}

thread_local! {
    static MOCK_API: RefCell<MockApi> = RefCell::default();
    static CANCELLED: Cell<usize> = const { Cell::new(0) };
}

/// An answer with a status and a body.
pub(crate) fn respond_with(status: u16, body: impl Into<String>) -> MockResponse {
    MockResponse::Immediate(Ok(response(status, body)))
}

/// What an answer, or a released request, holds.
pub(crate) fn response(status: u16, body: impl Into<String>) -> Response {
    Response { status, retry_after: None, body: body.into() }
}

/// No answer at all.
pub(crate) fn network_error(reason: NetworkError) -> MockResponse {
    MockResponse::Immediate(Err(reason))
}

/// The next such `GET` is answered so.
pub(crate) fn on_get(path: &str, response: MockResponse) {
    MOCK_API.with_borrow_mut(|api| api.responses.push((Method::Get, path.to_owned(), response)));
}

/// The next such `POST` is answered so.
pub(crate) fn on_post(path: &str, response: MockResponse) {
    MOCK_API.with_borrow_mut(|api| api.responses.push((Method::Post, path.to_owned(), response)));
}

/// The next such `PATCH` is answered so.
pub(crate) fn on_patch(path: &str, response: MockResponse) {
    MOCK_API.with_borrow_mut(|api| api.responses.push((Method::Patch, path.to_owned(), response)));
}

/// The next such `DELETE` is answered so.
pub(crate) fn on_delete(path: &str, response: MockResponse) {
    MOCK_API.with_borrow_mut(|api| api.responses.push((Method::Delete, path.to_owned(), response)));
}

/// Every `GET` that nothing is said of finds nothing, and does not count: for replies that may need another one.
pub(crate) fn allow_any_get() {
    MOCK_API.with_borrow_mut(|api| api.allows_any_get = true);
}

/// How many requests were sent on the side, which nobody said an answer to.
pub(crate) fn background_requests() -> usize {
    MOCK_API.with_borrow(|api| api.background)
}

/// Answers the request that has waited longest, once there is one: what only helps is asked for behind the first paint.
pub(crate) async fn resolve_next(outcome: TransportResult) {
    wait_for("a request waits", || MOCK_API.with_borrow(|api| !api.deferred.is_empty())).await;
    let (resolve, slot) = MOCK_API.with_borrow_mut(|api| api.deferred.pop_front()).expect("a request waits");
    slot.replace(Some(outcome));
    resolve.call0(&JsValue::UNDEFINED).expect("a promise can be resolved");
}

/// Every request so far, in order.
pub(crate) fn requests() -> Vec<RecordedRequest> {
    MOCK_API.with_borrow(|api| api.requests.clone())
}

/// Whether nothing was sent, not even on the side.
pub(crate) fn no_requests() -> bool {
    MOCK_API.with_borrow(|api| api.requests.is_empty() && api.background == 0)
}

/// Every `POST` so far, in order.
pub(crate) fn posts() -> Vec<RecordedRequest> {
    requests().into_iter().filter(|request| request.method == Method::Post).collect()
}

/// Every `GET` so far, in order.
pub(crate) fn gets() -> Vec<RecordedRequest> {
    requests().into_iter().filter(|request| request.method == Method::Get).collect()
}

/// Every `PATCH` so far, in order.
pub(crate) fn patches() -> Vec<RecordedRequest> {
    requests().into_iter().filter(|request| request.method == Method::Patch).collect()
}

/// Every `DELETE` so far, in order.
pub(crate) fn deletes() -> Vec<RecordedRequest> {
    requests().into_iter().filter(|request| request.method == Method::Delete).collect()
}

/// How many waiting requests the app gave up.
pub(crate) fn cancelled() -> usize {
    CANCELLED.get()
}

/// Forgets everything.
pub(crate) fn reset() {
    MOCK_API.take();
    CANCELLED.set(0);
}

/// What the script and the requests do not agree on: requests with no answer, answers with no request.
pub(crate) fn verify() -> Vec<String> {
    MOCK_API.with_borrow(|api| {
        let unasked = api.responses.iter().map(|(method, path, _)| format!("was not asked: {method} {path}"));
        api.unexpected.iter().map(|request| format!("has no answer to: {request}")).chain(unasked).collect()
    })
}

/// Sends a request to this API: the app's transport.
pub(crate) fn send(sent: Request) -> ResponseFuture {
    let path = sent.url.strip_prefix(BASE).unwrap_or(&sent.url).to_owned();
    let body = sent.body.as_deref().map(|body| serde_json::from_str(body).expect("a body is JSON"));
    let request = RecordedRequest {
        method: sent.method,
        path,
        authorization: sent.token.authorization(),
        body: body.unwrap_or_default(),
    };
    MOCK_API.with_borrow_mut(|api| {
        let at = api.responses.iter().position(|(method, path, _)| *method == request.method && *path == request.path);
        let mut response = at.map(|at| api.responses.remove(at).2);
        let is_extra = api.allows_any_get && request.method == Method::Get;
        if response.is_none() && (is_extra || is_background(&request)) {
            api.background += 1;
            response = Some(respond_with(404, ""));
        } else {
            if response.is_none() {
                api.unexpected.push(format!("{} {}", request.method, request.path));
            }
            api.requests.push(request);
        }
        match response {
            Some(MockResponse::Immediate(outcome)) => Box::pin(async move {
                tick().await;
                outcome
            }),
            Some(MockResponse::Deferred) => defer(api),
            None => Box::pin(std::future::pending()),
        }
    })
}

fn is_background(request: &RecordedRequest) -> bool {
    let path = request.path.split('?').next().unwrap_or_default();
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    request.method == Method::Get
        && matches!(parts[..], ["workspaces", _] | ["workspaces", _, "members" | "billing-accounts"])
}

fn defer(api: &mut MockApi) -> ResponseFuture {
    let slot = Rc::new(RefCell::new(None));
    let promise = Promise::new(&mut |resolve, _| api.deferred.push_back((resolve, Rc::clone(&slot))));
    Box::pin(async move {
        let counter = CancellationCounter;
        _ = JsFuture::from(promise).await;
        std::mem::forget(counter);
        slot.take().unwrap_or(Err(NetworkError::Failed))
    })
}

/// Counts a request that is dropped before its answer came.
struct CancellationCounter;

impl Drop for CancellationCounter {
    fn drop(&mut self) {
        CANCELLED.set(CANCELLED.get() + 1);
    }
}

//! The mock API: its responses, and the requests that the app sent.
//!
//! Background requests (`GET` of the workspace, its members and its accounts) only help the user. Unless a test registers
//! a response, they get a 404 and are not recorded, because the pages work without them.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use billing_admin::api::transport::{Method, NetworkError, Request, Response, ResponseFuture};
use js_sys::{Function, Promise};
use serde_json::Value;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::harness::wait::{tick, wait_for};

/// The API's base URL when the page names none.
const BASE: &str = "https://v1.api.altostrat.io";

/// The result of a request, as the app's transport returns it.
pub(crate) type TransportResult = Result<Response, NetworkError>;

/// The mock API's response to one request.
#[derive(Clone)]
pub(crate) enum MockResponse {
    Immediate(TransportResult),
    /// Sent by [`resolve_next`].
    Deferred,
}

/// A request that the app sent.
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

/// Responds with a status and a body, at once.
pub(crate) fn respond_with(status: u16, body: impl Into<String>) -> MockResponse {
    MockResponse::Immediate(Ok(response(status, body)))
}

/// A response with a status and a body.
pub(crate) fn response(status: u16, body: impl Into<String>) -> Response {
    Response { status, retry_after: None, body: body.into() }
}

/// Fails without a response.
pub(crate) fn network_error(reason: NetworkError) -> MockResponse {
    MockResponse::Immediate(Err(reason))
}

/// Registers the response to the next `GET` of a path.
pub(crate) fn on_get(path: &str, response: MockResponse) {
    MOCK_API.with_borrow_mut(|api| api.responses.push((Method::Get, path.to_owned(), response)));
}

/// Registers the response to the next `POST` to a path.
pub(crate) fn on_post(path: &str, response: MockResponse) {
    MOCK_API.with_borrow_mut(|api| api.responses.push((Method::Post, path.to_owned(), response)));
}

/// Registers the response to the next `PATCH` of a path.
pub(crate) fn on_patch(path: &str, response: MockResponse) {
    MOCK_API.with_borrow_mut(|api| api.responses.push((Method::Patch, path.to_owned(), response)));
}

/// Registers the response to the next `DELETE` of a path.
pub(crate) fn on_delete(path: &str, response: MockResponse) {
    MOCK_API.with_borrow_mut(|api| api.responses.push((Method::Delete, path.to_owned(), response)));
}

/// Responds with 404 to every `GET` without a registered response, and does not record it.
pub(crate) fn allow_any_get() {
    MOCK_API.with_borrow_mut(|api| api.allows_any_get = true);
}

/// How many background requests got the default 404.
pub(crate) fn background_requests() -> usize {
    MOCK_API.with_borrow(|api| api.background)
}

/// Waits for a deferred request, and sends the result of the oldest one.
pub(crate) async fn resolve_next(outcome: TransportResult) {
    wait_for("a deferred request", || MOCK_API.with_borrow(|api| !api.deferred.is_empty())).await;
    let (resolve, slot) = MOCK_API.with_borrow_mut(|api| api.deferred.pop_front()).expect("a deferred request");
    slot.replace(Some(outcome));
    resolve.call0(&JsValue::UNDEFINED).expect("a promise can be resolved");
}

/// All requests so far, in order, without background requests.
pub(crate) fn requests() -> Vec<RecordedRequest> {
    MOCK_API.with_borrow(|api| api.requests.clone())
}

/// Whether the app sent no request, background requests included.
pub(crate) fn no_requests() -> bool {
    MOCK_API.with_borrow(|api| api.requests.is_empty() && api.background == 0)
}

/// All `POST`s so far, in order.
pub(crate) fn posts() -> Vec<RecordedRequest> {
    requests().into_iter().filter(|request| request.method == Method::Post).collect()
}

/// All `GET`s so far, in order.
pub(crate) fn gets() -> Vec<RecordedRequest> {
    requests().into_iter().filter(|request| request.method == Method::Get).collect()
}

/// All `PATCH`es so far, in order.
pub(crate) fn patches() -> Vec<RecordedRequest> {
    requests().into_iter().filter(|request| request.method == Method::Patch).collect()
}

/// All `DELETE`s so far, in order.
pub(crate) fn deletes() -> Vec<RecordedRequest> {
    requests().into_iter().filter(|request| request.method == Method::Delete).collect()
}

/// How many pending requests the app cancelled.
pub(crate) fn cancelled() -> usize {
    CANCELLED.get()
}

/// Removes all responses and recorded requests.
pub(crate) fn reset() {
    MOCK_API.take();
    CANCELLED.set(0);
}

/// Removes the responses that no request has got.
pub(crate) fn forget_responses() {
    MOCK_API.with_borrow_mut(|api| api.responses.clear());
}

/// Lists requests without a response, and responses without a request.
pub(crate) fn verify() -> Vec<String> {
    MOCK_API.with_borrow(|api| {
        let unused = api.responses.iter().map(|(method, path, _)| format!("no request came: {method} {path}"));
        api.unexpected.iter().map(|request| format!("no response for: {request}")).chain(unused).collect()
    })
}

/// The transport of the app under test.
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
        let is_allowed = api.allows_any_get && request.method == Method::Get;
        if response.is_none() && (is_allowed || is_background(&request)) {
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

/// Counts a request that is dropped before its response.
struct CancellationCounter;

impl Drop for CancellationCounter {
    fn drop(&mut self) {
        CANCELLED.set(CANCELLED.get() + 1);
    }
}

//! The mock provider: its replies, and what the app sent and opened.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use billing_admin::session::oidc::http::{NetworkError, ProviderFuture, ProviderRequest, ProviderResponse};
use billing_admin::session::oidc::provider::Access;
use serde_json::{Value, json};
use wasm_bindgen::{JsCast, JsValue};

use crate::harness::app::{TestApp, open_in_same_tab, open_with_provider};
use crate::harness::tokens::token_with_claims;
use crate::harness::user::{press, see_page};
use crate::harness::wait::{tick, wait_for};

pub(crate) const ISSUER: &str = "https://id.example.com/";
const DISCOVERY: &str = "https://id.example.com/.well-known/openid-configuration";
/// A lifetime of tokens that no test outlives, in seconds.
pub(crate) const HOUR: f64 = 3600.0;

/// How the app under test reaches the provider.
pub(crate) const ACCESS: Access = Access { send, go_to, replace, open_popup, close_window };

/// A reply of the provider.
#[derive(Clone)]
pub(crate) enum Reply {
    /// Tokens whose ID token has these claims in place of the right ones, and which live so many seconds.
    Tokens(Value, f64),
    Body(u16, String),
    Lost(NetworkError),
}

#[derive(Default)]
struct MockProvider {
    is_configured: bool,
    lacks_client_id: bool,
    /// Requests get no reply for now.
    is_held: bool,
    replaced: usize,
    discovery: VecDeque<Reply>,
    tokens: VecDeque<Reply>,
    sent: Vec<String>,
    visited: Vec<String>,
    popups: Vec<String>,
    nonce: String,
    issued: usize,
}

thread_local! {
    static PROVIDER: RefCell<MockProvider> = RefCell::default();
    static BLOCKS_POPUPS: Cell<bool> = const { Cell::new(false) };
    static CLOSED: Cell<usize> = const { Cell::new(0) };
}

pub(crate) fn reset() {
    PROVIDER.take();
    BLOCKS_POPUPS.set(false);
    CLOSED.set(0);
}

/// Makes the site have the provider.
pub(crate) fn configure() {
    PROVIDER.with_borrow_mut(|provider| provider.is_configured = true);
}

/// Makes the site have a provider without a client ID.
pub(crate) fn configure_without_client_id() {
    configure();
    PROVIDER.with_borrow_mut(|provider| provider.lacks_client_id = true);
}

/// The metas of the page.
pub(crate) fn metas() -> Vec<(&'static str, &'static str)> {
    let metas = [("altostrat-oidc-issuer", ISSUER), ("altostrat-oidc-client-id", "client")];
    let count = PROVIDER.with_borrow(|provider| match (provider.is_configured, provider.lacks_client_id) {
        (false, _) => 0,
        (true, true) => 1,
        (true, false) => 2,
    });
    metas[..count].to_vec()
}

/// Holds the replies of the provider back, or lets them go.
pub(crate) fn hold_replies(is_held: bool) {
    PROVIDER.with_borrow_mut(|provider| provider.is_held = is_held);
}

/// How often the tab left so that Back does not return to the page.
pub(crate) fn replaced_pages() -> usize {
    PROVIDER.with_borrow(|provider| provider.replaced)
}

/// Registers the next reply to a request for the metadata.
pub(crate) fn on_discovery(reply: Reply) {
    PROVIDER.with_borrow_mut(|provider| provider.discovery.push_back(reply));
}

/// Registers the next reply to a token request. Without one the reply is right, and lives for an hour.
pub(crate) fn on_token(reply: Reply) {
    PROVIDER.with_borrow_mut(|provider| provider.tokens.push_back(reply));
}

/// Right tokens that live so many seconds.
pub(crate) fn tokens(seconds: f64) -> Reply {
    Reply::Tokens(json!({}), seconds)
}

/// The refusal of a code or refresh token that no longer works.
pub(crate) fn refused(description: &str) -> Reply {
    Reply::Body(400, json!({ "error": "invalid_grant", "error_description": description }).to_string())
}

pub(crate) fn block_popups() {
    BLOCKS_POPUPS.set(true);
}

/// The token requests so far, as forms.
pub(crate) fn token_requests() -> Vec<String> {
    PROVIDER.with_borrow(|provider| provider.sent.clone())
}

/// The URLs that the tab left for.
pub(crate) fn visited() -> Vec<String> {
    PROVIDER.with_borrow(|provider| provider.visited.clone())
}

/// The URLs of the popups.
pub(crate) fn popups() -> Vec<String> {
    PROVIDER.with_borrow(|provider| provider.popups.clone())
}

/// How often the window was closed.
pub(crate) fn closed_windows() -> usize {
    CLOSED.get()
}

/// The access token that the provider issued at this position, as an `Authorization` header.
pub(crate) fn is_token_number(authorization: &str, number: usize) -> bool {
    let payload = authorization.split('.').nth(1).unwrap_or_default().replace('-', "+").replace('_', "/");
    let claims = leptos::prelude::window().atob(&payload).expect("base64");
    serde_json::from_str::<Value>(&claims).expect("JSON")["jti"] == json!(number)
}

/// A parameter of a URL or form.
pub(crate) fn parameter(url: &str, name: &str) -> Option<String> {
    let query = url.split_once('?').map_or(url, |(_, query)| query);
    web_sys::UrlSearchParams::new_with_str(query).expect("a query").get(name)
}

/// The good answer to the sign-in page that was opened last.
pub(crate) fn callback_query() -> String {
    let opened = || visited().pop().filter(|_| popups().is_empty()).or_else(|| popups().pop());
    callback_to(&opened().expect("a sign-in page"))
}

/// The good answer to the sign-in page with this URL.
pub(crate) fn callback_to(url: &str) -> String {
    let state = parameter(url, "state").expect("a state");
    format!("code=the-code&state={state}&iss=https%3A%2F%2Fid.example.com%2F")
}

/// Presses "Sign in" and waits until the tab leaves.
pub(crate) async fn leave_for_provider() {
    let before = visited().len();
    press("Sign in").await;
    wait_for("the provider's page", || visited().len() > before).await;
}

/// Opens a page, and returns to it from the provider with a token that lives so many seconds. A test may register mock
/// responses until its next `await`.
pub(crate) async fn open_signed_in(path: &str, seconds: f64) -> TestApp {
    let app = open_with_provider(path);
    see_page("Sign in").await;
    leave_for_provider().await;
    on_token(tokens(seconds));
    open_in_same_tab(&app, &format!("/callback?{}", callback_query()));
    app
}

fn note_nonce(url: &str) {
    if let Some(nonce) = parameter(url, "nonce") {
        PROVIDER.with_borrow_mut(|provider| provider.nonce = nonce);
    }
}

fn go_to(url: &str) -> bool {
    note_nonce(url);
    PROVIDER.with_borrow_mut(|provider| provider.visited.push(url.to_owned()));
    true
}

fn replace(url: &str) -> bool {
    PROVIDER.with_borrow_mut(|provider| provider.replaced += 1);
    go_to(url)
}

fn open_popup(url: &str) -> bool {
    if BLOCKS_POPUPS.get() {
        return false;
    }
    note_nonce(url);
    PROVIDER.with_borrow_mut(|provider| provider.popups.push(url.to_owned()));
    true
}

fn close_window() {
    CLOSED.set(CLOSED.get() + 1);
}

fn send(request: ProviderRequest) -> ProviderFuture {
    let result = PROVIDER.with_borrow_mut(|provider| match request.form() {
        None => {
            assert_eq!(request.url(), DISCOVERY);
            provider.discovery.pop_front().map_or_else(|| Ok(discovery()), |reply| provider.reply(reply))
        }
        Some(form) => {
            assert_eq!(request.url(), "https://id.example.com/token");
            provider.sent.push(form.to_owned());
            let reply = provider.tokens.pop_front().unwrap_or_else(|| tokens(HOUR));
            provider.reply(reply)
        }
    });
    Box::pin(async move {
        tick().await;
        while PROVIDER.with_borrow(|provider| provider.is_held) {
            tick().await;
        }
        result
    })
}

fn discovery() -> ProviderResponse {
    ProviderResponse { status: 200, body: metadata().to_string() }
}

/// The provider's metadata without one of its members.
pub(crate) fn discovery_without(name: &str) -> String {
    let mut metadata = metadata();
    metadata.as_object_mut().expect("an object").remove(name).expect("a member");
    metadata.to_string()
}

fn metadata() -> Value {
    json!({
        "issuer": ISSUER,
        "authorization_endpoint": "https://id.example.com/authorize",
        "token_endpoint": "https://id.example.com/token",
        "end_session_endpoint": "https://id.example.com/end",
        "authorization_response_iss_parameter_supported": true,
    })
}

impl MockProvider {
    fn reply(&mut self, reply: Reply) -> Result<ProviderResponse, NetworkError> {
        match reply {
            Reply::Lost(error) => Err(error),
            Reply::Body(status, body) => Ok(ProviderResponse { status, body }),
            Reply::Tokens(other, seconds) => {
                self.issued += 1;
                let now = js_sys::Date::now() / 1000.0;
                let mut claims = json!({
                    "iss": ISSUER, "sub": "auth0|1", "aud": "client", "exp": now + HOUR, "iat": now, "nonce": self.nonce,
                });
                for (name, value) in other.as_object().expect("claims") {
                    claims[name] = value.clone();
                }
                let access = json!({
                    "sub": "auth0|1", "name": "Olivia Owner", "exp": now + seconds, "jti": self.issued,
                });
                let body = json!({
                    "access_token": token_with_claims(&access), "id_token": token_with_claims(&claims),
                    "token_type": "Bearer", "refresh_token": format!("refresh-{}", self.issued),
                });
                Ok(ProviderResponse { status: 200, body: body.to_string() })
            }
        }
    }
}

/// Dispatches `beforeunload`. Returns whether the browser would ask before the tab leaves.
pub(crate) fn asks_before_unload() -> bool {
    let init = web_sys::EventInit::new();
    init.set_cancelable(true);
    let event = web_sys::Event::new_with_event_init_dict("beforeunload", &init).expect("an event");
    let window: JsValue = leptos::prelude::window().into();
    !window.unchecked_ref::<web_sys::EventTarget>().dispatch_event(&event).expect("a window takes events")
}

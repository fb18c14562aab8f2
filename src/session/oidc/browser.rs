//! The only file of this folder that talks to the browser: WebCrypto, location and history, `sessionStorage`, `fetch`
//! and Web Locks. It decides nothing.

use std::future::Future;

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use leptos::prelude::{location, window};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

use super::http::{DEADLINE, ProviderFuture, ProviderRequest, ProviderResponse};
use crate::browser::http::{self, HttpRequest};
use crate::browser::storage;

/// The record of a sign-in in progress (`transaction`).
const TRANSACTION_KEY: &str = "altostrat.sign_in";
/// Says that this tab signed in through the provider, and whether the user asked to stay signed in.
const MARKER_KEY: &str = "altostrat.provider";
const REMEMBER: &str = "remember";
const FORGET: &str = "forget";
/// Held by the tab that renews its token.
const RENEWAL_LOCK: &str = "altostrat.renewal";

/// The browser lacks WebCrypto, for example because the page is served over plain HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unsupported;

/// Random bytes of a cryptographic generator.
///
/// # Errors
/// The browser has no WebCrypto.
pub fn random<const N: usize>() -> Result<[u8; N], Unsupported> {
    let mut bytes = [0; N];
    let crypto = window().crypto().map_err(|_| Unsupported)?;
    crypto.get_random_values_with_u8_array(&mut bytes).map_err(|_| Unsupported)?;
    Ok(bytes)
}

/// The SHA-256 of a text.
///
/// # Errors
/// The browser has no WebCrypto: it needs `https:` or loopback.
pub async fn sha256(text: &str) -> Result<[u8; 32], Unsupported> {
    let crypto = window().crypto().map_err(|_| Unsupported)?;
    // Missing in an insecure context, although web-sys says that it is always there.
    let subtle = Reflect::get(&crypto, &"subtle".into()).ok().filter(|subtle| !subtle.is_undefined());
    let subtle: web_sys::SubtleCrypto = subtle.ok_or(Unsupported)?.unchecked_into();
    let digest = subtle.digest_with_str_and_js_u8_array("SHA-256", &Uint8Array::from(text.as_bytes()));
    let digest = JsFuture::from(digest.map_err(|_| Unsupported)?).await.map_err(|_| Unsupported)?;
    Uint8Array::new(&digest).to_vec().try_into().map_err(|_| Unsupported)
}

/// This origin, such as `https://billing.example.com`.
pub fn origin() -> String {
    location().origin().unwrap_or_default()
}

/// The path of the page.
pub fn path() -> String {
    location().pathname().unwrap_or_default()
}

/// The query of the page, with its `?`.
pub fn query() -> String {
    location().search().unwrap_or_default()
}

/// Puts another URL of this origin into the address bar and the history, in place of the page's.
pub fn replace_url(url: &str) {
    // Fails only for a URL of another origin.
    _ = window().history().and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(url)));
}

/// Leaves the page for another URL; whether the browser takes it.
pub fn go_to(url: &str) -> bool {
    location().assign(url).is_ok()
}

/// Like [`go_to`], and replaces the page in the history: the Back button does not return to it.
pub fn replace(url: &str) -> bool {
    location().replace(url).is_ok()
}

/// Opens a popup; `false` if it was blocked. It must be called inside a click handler.
pub fn open_popup(url: &str) -> bool {
    let popup = window().open_with_url_and_target_and_features(url, "_blank", "popup,width=480,height=720");
    matches!(popup, Ok(Some(_)))
}

/// Closes this window if a script opened it.
pub fn close_window() {
    _ = window().close();
}

/// Stores the transaction record; whether the browser took it.
pub fn store_transaction(record: &str) -> bool {
    storage::set(TRANSACTION_KEY, record)
}

/// Takes the transaction record: it is gone afterwards.
pub fn take_transaction() -> Option<String> {
    let record = storage::get(TRANSACTION_KEY);
    storage::remove(TRANSACTION_KEY);
    record
}

/// Sets or clears the marker of a sign-in through the provider.
pub fn set_marker(remember: Option<bool>) {
    match remember {
        Some(remember) => _ = storage::set(MARKER_KEY, if remember { REMEMBER } else { FORGET }),
        None => storage::remove(MARKER_KEY),
    }
}

/// Whether "Stay signed in in this tab" was ticked; `None` if this tab did not sign in through the provider.
pub fn marker() -> Option<bool> {
    storage::get(MARKER_KEY).map(|marker| marker == REMEMBER)
}

/// Sends a request once, within [`DEADLINE`].
pub fn fetch(request: ProviderRequest) -> ProviderFuture {
    Box::pin(async move {
        let (method, headers): (_, &[_]) = match request.form() {
            Some(_) => ("POST", &[("Content-Type", "application/x-www-form-urlencoded")]),
            None => ("GET", &[]),
        };
        let http_request = HttpRequest { method, url: request.url(), headers, body: request.form() };
        let response = http::send(http_request, &AbortSignal::timeout_with_u32(DEADLINE)).await?;
        Ok(ProviderResponse { status: response.status, body: response.body? })
    })
}

/// Runs `work` under a lock that one tab of this origin holds at a time. A browser without Web Locks runs it at once.
pub async fn exclusively<T>(work: impl Future<Output = T>) -> T {
    let _held = lock(RENEWAL_LOCK).await;
    work.await
}

/// A held lock; dropping it lets the next tab in.
struct Held(Function);

impl Drop for Held {
    fn drop(&mut self) {
        _ = self.0.call0(&JsValue::NULL);
    }
}

async fn lock(name: &str) -> Option<Held> {
    // web-sys has Web Locks only behind an unstable flag.
    let locks = Reflect::get(&window().navigator(), &"locks".into()).ok().filter(JsValue::is_object)?;
    let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    let (until_dropped, release) = promise();
    let (acquired, acquire) = promise();
    // The lock is held until the promise that this returns is resolved.
    let on_acquired = Closure::once_into_js(move |_lock: JsValue| -> JsValue {
        _ = acquire.call0(&JsValue::NULL);
        until_dropped.into()
    });
    let held = Held(release);
    let requested: Promise = request.call2(&locks, &name.into(), &on_acquired).ok()?.dyn_into().ok()?;
    // The request itself ends later, or at once with an error.
    JsFuture::from(Promise::race(&Array::of2(&acquired, &requested))).await.ok()?;
    Some(held)
}

/// A promise and its resolver.
fn promise() -> (Promise, Function) {
    // Not `Function::default()`, which evaluates a string: the page's policy forbids it, and the app would stop.
    let mut resolver: Function = JsValue::UNDEFINED.unchecked_into();
    let promise = Promise::new(&mut |resolve, _| resolver = resolve);
    (promise, resolver)
}

/// A text that arrives later, or `None` after a while.
#[derive(Debug)]
pub struct Awaiting(Promise);

impl Awaiting {
    /// Waits for at most so many milliseconds; calling the function with a text ends the wait.
    pub fn new(milliseconds: i32) -> (Self, Function) {
        let (promise, resolve) = promise();
        // Without a timer nothing could be awaited: then the wait ends at once.
        if window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds).is_err() {
            _ = resolve.call0(&JsValue::NULL);
        }
        (Self(promise), resolve)
    }

    /// The text.
    pub async fn text(self) -> Option<String> {
        JsFuture::from(self.0).await.ok()?.as_string()
    }
}

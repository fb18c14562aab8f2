//! Signing in through a provider, with the browser's own WebCrypto, storage, history and Web Locks. A mock plays the
//! provider's endpoints.

use std::cell::RefCell;
use std::rc::Rc;

use billing_admin::session::oidc::authorize::SignInRequest;
use billing_admin::session::oidc::callback::CallbackError;
use billing_admin::session::oidc::config::OidcConfig;
use billing_admin::session::oidc::error::RenewError;
use billing_admin::session::oidc::flow::{self, Arrival};
use billing_admin::session::oidc::http::{ProviderFuture, ProviderRequest, ProviderResponse};
use billing_admin::session::oidc::provider::{Access, Provider};
use billing_admin::session::oidc::tab_message::SharedSession;
use billing_admin::session::oidc::tabs::{Handlers, SessionChannel};
use billing_admin::session::token::{Claims, Token};
use leptos::prelude::*;
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use wasm_bindgen_test::wasm_bindgen_test;

const ISSUER: &str = "https://id.example.com/";
const RECORD: &str = "altostrat.sign_in";
const RETURN_TO: &str = "/workspaces/ws_1/billing-accounts?x=y";

thread_local! {
    static SENT: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
}

fn secret(letter: &str) -> String {
    letter.repeat(43)
}

fn jwt(claims: &Value) -> String {
    let part = |json: String| {
        let text = window().btoa(&json).expect("ASCII");
        text.trim_end_matches('=').replace('+', "-").replace('/', "_")
    };
    format!("{}.{}.c2ln", part(json!({ "alg": "RS256" }).to_string()), part(claims.to_string()))
}

fn access_token(number: usize) -> String {
    jwt(&json!({ "sub": "auth0|1", "jti": number }))
}

/// Plays the provider. Each access token is another one.
fn provider_reply(request: ProviderRequest) -> ProviderFuture {
    let form = request.form().unwrap_or_default().to_owned();
    let number = SENT.with_borrow_mut(|sent| {
        sent.push((request.url().to_owned(), form.clone()));
        sent.len()
    });
    let body = if request.form().is_none() {
        json!({
            "issuer": ISSUER,
            "authorization_endpoint": "https://id.example.com/authorize",
            "token_endpoint": "https://id.example.com/token",
        })
    } else {
        let now = js_sys::Date::now() / 1000.0;
        let claims = json!({
            "iss": ISSUER, "sub": "auth0|1", "aud": "client", "exp": now + 3600.0, "iat": now, "nonce": secret("C"),
            "name": "Olivia Owner",
        });
        json!({
            "access_token": access_token(number), "id_token": jwt(&claims), "token_type": "Bearer", "expires_in": 3600,
            "refresh_token": format!("refresh-{number}"),
        })
    };
    Box::pin(async move { Ok(ProviderResponse { status: 200, body: body.to_string() }) })
}

fn sent() -> Vec<(String, String)> {
    SENT.with_borrow(Clone::clone)
}

fn start() -> (Owner, Provider) {
    SENT.with_borrow_mut(Vec::clear);
    let owner = Owner::new();
    owner.set();
    let config = OidcConfig::parse(Some(ISSUER), Some("client"), None).expect("good").expect("configured");
    (owner, Provider::new(config, Access { send: provider_reply, ..Access::BROWSER }))
}

fn channel(session: Option<SharedSession>, signed_out: Rc<RefCell<u32>>) -> SessionChannel {
    SessionChannel::start(Handlers {
        session: Box::new(move || session.clone()),
        on_signed_out: Box::new(move || *signed_out.borrow_mut() += 1),
        on_callback: Box::new(|_| false),
    })
}

fn open(url: &str) {
    window().history().expect("a history").replace_state_with_url(&JsValue::NULL, "", Some(url)).expect("this origin");
}

fn shown_url() -> String {
    location().pathname().expect("a path") + &location().search().expect("a query")
}

fn session_storage() -> web_sys::Storage {
    window().session_storage().expect("allowed").expect("there")
}

/// A sign-in of this tab, whose callback is open now.
fn open_callback() {
    let record = json!({
        "version": 1, "verifier": secret("A"), "state": secret("B"), "nonce": secret("C"), "return_to": RETURN_TO,
        "remember": true, "is_silent": false, "requires_iss": false, "started_at": js_sys::Date::now(),
    });
    session_storage().set_item(RECORD, &record.to_string()).expect("stored");
    open(&format!("/callback?code=the-code&state={}", secret("B")));
}

#[wasm_bindgen_test]
async fn a_callback_signs_in_and_leaves_no_trace_in_the_url() {
    let (_owner, provider) = start();
    let before = shown_url();
    open_callback();
    let arrival = flow::take_callback(provider).expect("a callback");
    assert_eq!((shown_url().as_str(), session_storage().get_item(RECORD).expect("allowed")), (RETURN_TO, None));
    assert!(sent().is_empty());
    let Arrival::Checked(checked) = arrival else { panic!("{arrival:?}") };
    let signed_in = flow::finish_callback(provider, checked).await.expect("signed in");
    assert_eq!((signed_in.return_to.as_str(), signed_in.remember), (RETURN_TO, true));
    assert_eq!(signed_in.tokens.claims.name.as_deref(), Some("Olivia Owner"));
    let form = format!(
        "grant_type=authorization_code&client_id=client&code=the-code&code_verifier={}&redirect_uri=",
        secret("A")
    );
    let sent = sent();
    assert_eq!(sent[0].0, "https://id.example.com/.well-known/openid-configuration");
    assert!(sent.len() == 2 && sent[1].0 == "https://id.example.com/token" && sent[1].1.starts_with(&form), "{sent:?}");
    assert_eq!(flow::last_sign_in(), Some(true));
    flow::forget(provider);
    assert_eq!(flow::last_sign_in(), None);
    open(&before);
}

#[wasm_bindgen_test]
fn a_callback_that_is_opened_again_is_rejected() {
    let (_owner, provider) = start();
    let before = shown_url();
    open(&format!("/callback?code=the-code&state={}", secret("B")));
    let arrival = flow::take_callback(provider).expect("a callback");
    let Arrival::Rejected(rejected, query) = arrival else { panic!("{arrival:?}") };
    assert_eq!((rejected.error, query.is_some()), (CallbackError::NoTransaction, true));
    assert_eq!(shown_url(), "/");
    assert!(flow::take_callback(provider).is_none() && sent().is_empty());
    open(&before);
}

#[wasm_bindgen_test]
async fn two_renewals_at_once_send_one_request() {
    let (_owner, provider) = start();
    let (before, channel) = (shown_url(), channel(None, Rc::default()));
    open_callback();
    let Some(Arrival::Checked(checked)) = flow::take_callback(provider) else { panic!("no callback") };
    let used = flow::finish_callback(provider, checked).await.expect("signed in").tokens.access;
    let renewed = Rc::new(RefCell::new(Vec::new()));
    let renew = || {
        let (used, renewed) = (used.clone(), renewed.clone());
        future_to_promise(async move {
            let result = flow::renew(provider, channel, &used).await;
            renewed.borrow_mut().push(result.map(|(token, _)| token));
            Ok(JsValue::NULL)
        })
    };
    JsFuture::from(js_sys::Promise::all(&js_sys::Array::of2(&renew(), &renew()))).await.expect("both end");
    let (third, _) = Token::parse(&access_token(3)).expect("a token");
    assert_eq!(*renewed.borrow(), [Ok(third.clone()), Ok(third)]);
    assert_eq!(sent().len(), 3, "{:?}", sent());
    assert!(sent()[2].1.ends_with("&refresh_token=refresh-2"));
    flow::forget(provider);
    open(&before);
}

#[wasm_bindgen_test]
async fn a_sign_in_is_prepared_with_fresh_secrets() {
    let (_owner, provider) = start();
    let prepared = flow::prepare_sign_in(provider, SignInRequest::default()).await.expect("prepared");
    assert_eq!(sent().len(), 1);
    assert!(!format!("{prepared:?}").contains("https://id"), "{prepared:?}");
}

#[wasm_bindgen_test]
async fn another_tab_continues_the_session_and_signs_out_with_it() {
    let (_owner, provider) = start();
    let (token, claims) = Token::parse(&access_token(1)).expect("a token");
    let claims = Claims { name: Some("Olivia Owner".into()), ..claims };
    let shared = SharedSession { token: token.clone(), claims, through_provider: true };
    let signed_out = Rc::new(RefCell::new(0));
    let _signed_in_tab = channel(Some(shared.clone()), signed_out.clone());
    let new_tab = channel(None, Rc::default());
    let offer = flow::offer_session(new_tab).await.expect("an offer");
    assert_eq!(offer.name, "Olivia Owner");
    assert_eq!(flow::accept_session(new_tab, offer, false).await, Some(shared));
    // The other tab has no newer token than the one in use.
    assert_eq!(flow::renew(provider, new_tab, &token).await.unwrap_err(), RenewError::NotRenewable);
    flow::forget(provider);
    flow::sign_out(provider, new_tab).await.expect("signed out");
    // Messages are delivered in order: an answered question comes after the sign-out.
    flow::offer_session(new_tab).await.expect("an answer");
    assert_eq!(*signed_out.borrow(), 1);
}

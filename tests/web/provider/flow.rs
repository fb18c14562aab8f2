//! The steps of a sign-in with the browser's own WebCrypto and Web Locks, without the app's pages.

use std::cell::RefCell;
use std::rc::Rc;

use billing_admin::session::oidc::authorize::SignInRequest;
use billing_admin::session::oidc::config::OidcConfig;
use billing_admin::session::oidc::flow::{self, Arrival};
use billing_admin::session::oidc::provider::Provider;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::app::open_with_provider;
use crate::harness::provider::{ACCESS, ISSUER, callback_query, is_token_number, token_requests, visited};

fn start() -> (Owner, Provider) {
    let owner = Owner::new();
    owner.set();
    let config = OidcConfig::parse(Some(ISSUER), Some("client"), None).expect("good").expect("configured");
    (owner, Provider::new(config, ACCESS))
}

#[wasm_bindgen_test]
async fn two_renewals_at_once_send_one_request() {
    // Resets the mock provider.
    let _app = open_with_provider("/");
    let (_owner, provider) = start();
    let prepared = flow::prepare_sign_in(provider, SignInRequest::default()).await.expect("prepared");
    assert!(!format!("{prepared:?}").contains("https://id"), "{prepared:?}");
    prepared.redirect(provider, false).expect("it leaves");
    assert_eq!(visited().len(), 1);
    let history = window().history().expect("a history");
    let callback = format!("/callback?{}", callback_query());
    history.replace_state_with_url(&JsValue::NULL, "", Some(&callback)).expect("this origin");
    let Some(Arrival::Checked(checked)) = flow::take_callback(provider) else { panic!("no callback") };
    let signed_in = flow::exchange(provider, checked).await.expect("signed in");
    flow::keep(provider, &signed_in);
    let renewed = Rc::new(RefCell::new(Vec::new()));
    let renew = || {
        let (used, renewed) = (signed_in.tokens.access.clone(), renewed.clone());
        future_to_promise(async move {
            let session = flow::renew(provider, &used).await.expect("renewed");
            renewed.borrow_mut().push(session.token.authorization());
            Ok(JsValue::NULL)
        })
    };
    JsFuture::from(js_sys::Promise::all(&js_sys::Array::of2(&renew(), &renew()))).await.expect("both end");
    assert!(renewed.borrow().len() == 2 && renewed.borrow().iter().all(|token| is_token_number(token, 2)));
    assert_eq!(token_requests().len(), 2);
    flow::forget(provider);
}

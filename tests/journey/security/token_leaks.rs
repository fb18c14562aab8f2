//! After a walk through the app, errors included, the token is nowhere but in the requests to the API.

use std::collections::HashMap;

use sandbox::{Fault, FaultKind};
use serde_json::{Value, json};

use crate::harness::driver::{self, Logs};
use crate::harness::fixtures::{ASSIGNED, CREATE, OWNER, list_of};
use crate::harness::site::dist;
use crate::harness::stage::play;
use crate::harness::user::{FIND, User};

const PLACES: &str = include_str!("token_leaks.js");
/// The only key under which the token may be stored.
const TOKEN_KEY: &str = "altostrat.jwt";

struct Secret {
    token: String,
    /// The parts whose appearance anywhere is a leak.
    parts: Vec<String>,
}

impl Secret {
    fn new(user: &User) -> Self {
        let claims = json!({
            "sub": OWNER, "name": "Olivia Owner", "exp": 4_102_444_800_u64, "marker": "never-to-be-seen",
        });
        let token = user.sandbox.token_with(claims);
        let parts = token.split('.').skip(1).map(str::to_owned).chain(["never-to-be-seen".to_owned()]).collect();
        Self { token, parts }
    }

    fn is_in(&self, text: &str) -> bool {
        self.parts.iter().any(|part| text.contains(part.as_str()))
    }

    /// The places of the page that contain the token. With `stored`, the storage may contain it under [`TOKEN_KEY`].
    async fn places(&self, user: &User, stored: bool) -> Vec<String> {
        let arguments = vec![json!(if stored { TOKEN_KEY } else { "" })];
        let found = user.client.execute_async(&format!("{}\n{PLACES}", FIND), arguments).await;
        let found = found.expect("the page can be searched");
        let places = found.as_object().filter(|places| places.len() == 15).unwrap_or_else(|| panic!("{found}"));
        let named = |(place, text): (&String, &Value)| {
            let text = text.as_str().unwrap_or_else(|| panic!("{place} cannot be searched: {text}"));
            self.is_in(text).then(|| place.clone())
        };
        let mut places: Vec<_> = places.iter().filter_map(named).collect();
        if user.client.get_all_cookies().await.expect("cookies can be read").iter().any(|it| self.is_in(it.value())) {
            places.push("HTTP-only cookies".to_owned());
        }
        places
    }

    async fn is_in_console(&self, user: &User) -> bool {
        self.is_in(&Value::from(driver::console_log(&user.client).await).to_string())
    }

    /// The network events that leak the token, and the number of requests to the API that carry it in `Authorization`.
    async fn sent(&self, user: &User) -> (Vec<Value>, usize) {
        let api = format!("{}/api/", user.sandbox.origin());
        let mut events = driver::network_log(&user.client).await;
        let id = |event: &Value| event["params"]["requestId"].as_str().map(str::to_owned);
        let urls: HashMap<_, _> = events
            .iter()
            .filter_map(|event| Some((id(event)?, event["params"]["request"]["url"].as_str()?.to_owned())))
            .collect();
        let mut authorized = 0;
        for event in &mut events {
            if id(event).and_then(|id| urls.get(&id)).is_some_and(|url| url.starts_with(&api)) {
                authorized += remove_authorization(event);
            }
        }
        (events.into_iter().filter(|event| self.is_in(&event.to_string())).collect(), authorized)
    }
}

/// Removes every `Authorization` header, and counts them.
fn remove_authorization(value: &mut Value) -> usize {
    match value {
        Value::Object(object) => {
            let before = object.len();
            object.retain(|key, _| !key.eq_ignore_ascii_case("authorization"));
            before - object.len() + object.values_mut().map(remove_authorization).sum::<usize>()
        }
        Value::Array(list) => list.iter_mut().map(remove_authorization).sum(),
        _ => 0,
    }
}

/// Walks from the list of workspaces to a created account, through failures and an expired session. Runs `check` on each
/// page.
async fn walk_through_app(user: &User, secret: &Secret, check: impl AsyncFn()) {
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
    user.sign_in_with(&secret.token).await;
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
async fn assert_no_leak(user: &User, secret: &Secret) {
    assert!(!secret.is_in_console(user).await, "the console contains the token");
    let (leaks, authorized) = secret.sent(user).await;
    assert!(leaks.is_empty(), "requests contain the token: {leaks:#?}");
    let requests = user.sandbox.requests();
    assert!(requests.iter().all(|request| request.authorization) && authorized >= requests.len() && requests.len() > 8);
}

#[tokio::test]
async fn by_default_the_token_is_only_in_memory() {
    play(dist(), Logs::Network, async |user| {
        let secret = Secret::new(user);
        user.goto("/").await;
        user.fill("Token", &secret.token[..secret.token.len() / 2].replace('.', "")).await;
        user.press("Sign in").await;
        user.expect("errorAt('Token').includes('This doesn’t look like an access token')", true).await;
        user.clear("Token").await;
        user.sign_in_with(&secret.token).await;
        user.see("Northwind Operations").await;
        let nowhere = async || assert_eq!(secret.places(user, false).await, [""; 0]);
        walk_through_app(user, &secret, nowhere).await;
        user.expect(&format!("sessionStorage.getItem('{TOKEN_KEY}')"), Value::Null).await;
        user.reload().await;
        user.see_heading("Sign in").await;
        user.see_path(&list_of(ASSIGNED)).await;
        assert_no_leak(user, &secret).await;
    })
    .await;
}

#[tokio::test]
async fn a_stored_token_has_one_key_and_goes_with_the_session() {
    play(dist(), Logs::Network, async |user| {
        let secret = Secret::new(user);
        user.goto("/").await;
        user.sign_in_and_stay(&format!("Bearer {}", secret.token)).await;
        user.see("Northwind Operations").await;
        let nowhere_else = async || assert_eq!(secret.places(user, true).await, [""; 0]);
        nowhere_else().await;
        user.expect(&format!("sessionStorage.getItem('{TOKEN_KEY}')"), secret.token.as_str()).await;
        user.reload().await;
        walk_through_app(user, &secret, nowhere_else).await;
        user.press("Sign out").await;
        user.see_heading("Sign in").await;
        assert_eq!(secret.places(user, false).await, [""; 0]);
        assert_no_leak(user, &secret).await;
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
        let secret = Secret::new(user);
        user.goto("/").await;
        user.see_heading("Sign in").await;
        assert_eq!(secret.places(user, false).await, [""; 0]);
        let run = async |script: &str| {
            let script =
                format!("const [secret, done] = arguments; Promise.resolve({script}).then(() => done(), done)");
            let ran = user.client.execute_async(&script, vec![json!(secret.parts[1])]).await;
            assert_eq!(ran.expect("it runs"), Value::Null, "{script}");
        };
        for (place, plant, remove) in plants {
            run(plant).await;
            let found = secret.places(user, false).await;
            assert!(found.iter().any(|found| found == place), "the search misses {place}: {found:?}");
            run(&format!("({remove}, null)")).await;
        }
        assert!(!secret.is_in_console(user).await);
        run("console.info({ secret }.secret)").await;
        assert!(secret.is_in_console(user).await, "the search misses the console");

        // The last plant is in the browser's history of URLs, none of which was sent.
        assert_eq!(secret.sent(user).await.0, [Value::Null; 0]);
        run("fetch('/x', { method: 'POST', body: secret })").await;
        run("fetch('/x', { headers: { authorization: secret } })").await;
        run("fetch('/x', { headers: { 'x-y': secret } })").await;
        run("fetch(`/x?${secret}`)").await;
        let (leaks, _) = secret.sent(user).await;
        assert!(leaks.iter().filter(|event| event["method"] == "Network.requestWillBeSent").count() == 4, "{leaks:#?}");
        run("fetch('/api/workspaces', { headers: { authorization: secret } })").await;
        let (leaks, authorized) = secret.sent(user).await;
        assert!(leaks.is_empty() && authorized > 0, "{leaks:#?}");
    })
    .await;
}

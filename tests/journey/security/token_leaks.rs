//! A whole journey, errors and all, leaves the token nowhere but in the requests to the API.

use std::collections::HashMap;

use sandbox::{Fault, FaultKind};
use serde_json::{Value, json};

use crate::harness::driver::{self, Logs};
use crate::harness::fixtures::{ASSIGNED, CREATE, OWNER, list_of};
use crate::harness::site::dist;
use crate::harness::stage::play;
use crate::harness::user::{FIND, User};

const PLACES: &str = include_str!("token_leaks.js");
/// The one name under which a token may be stored.
const KEY: &str = "altostrat.jwt";

struct Secret {
    token: String,
    /// The parts by which a piece of it is known.
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

    /// The places of the page that have it; with `stored`, it may be in the one place where it is asked to be kept.
    async fn places(&self, user: &User, stored: bool) -> Vec<String> {
        let arguments = vec![json!(if stored { KEY } else { "" })];
        let found = user.client.execute_async(&format!("{}\n{PLACES}", FIND), arguments).await;
        let found = found.expect("the page can be searched");
        let places = found.as_object().filter(|places| places.len() == 15).unwrap_or_else(|| panic!("{found}"));
        let named = |(place, text): (&String, &Value)| {
            let text = text.as_str().unwrap_or_else(|| panic!("{place} cannot be searched: {text}"));
            self.is_in(text).then(|| place.clone())
        };
        let mut places: Vec<_> = places.iter().filter_map(named).collect();
        if user.client.get_all_cookies().await.expect("cookies can be read").iter().any(|it| self.is_in(it.value())) {
            places.push("cookies that no script sees".to_owned());
        }
        places
    }

    async fn said_in_the_console(&self, user: &User) -> bool {
        self.is_in(&Value::from(driver::console_log(&user.client).await).to_string())
    }

    /// The requests that have it anywhere but where it belongs, and how many have it there.
    async fn sent(&self, user: &User) -> (Vec<Value>, usize) {
        let api = format!("{}/api/", user.sandbox.origin());
        let mut events = driver::network_log(&user.client).await;
        let id = |event: &Value| event["params"]["requestId"].as_str().map(str::to_owned);
        let urls: HashMap<_, _> = events
            .iter()
            .filter_map(|event| Some((id(event)?, event["params"]["request"]["url"].as_str()?.to_owned())))
            .collect();
        let mut rightly = 0;
        for event in &mut events {
            if id(event).and_then(|id| urls.get(&id)).is_some_and(|url| url.starts_with(&api)) {
                rightly += authorizations_taken(event);
            }
        }
        (events.into_iter().filter(|event| self.is_in(&event.to_string())).collect(), rightly)
    }
}

/// Takes out every `Authorization`, and counts them.
fn authorizations_taken(value: &mut Value) -> usize {
    match value {
        Value::Object(object) => {
            let before = object.len();
            object.retain(|key, _| !key.eq_ignore_ascii_case("authorization"));
            before - object.len() + object.values_mut().map(authorizations_taken).sum::<usize>()
        }
        Value::Array(list) => list.iter_mut().map(authorizations_taken).sum(),
        _ => 0,
    }
}

/// From the list of workspaces to a created account and the end of the session, through what can go wrong, with a look
/// at each page.
async fn journey(user: &User, secret: &Secret, look: impl AsyncFn()) {
    let list = list_of(ASSIGNED);
    let refused = |status, body: &Value| Fault::once(FaultKind::json(status, body)).on("POST", &list);
    look().await;
    user.sandbox.fault(Fault::once(FaultKind::Html { status: 500 }).on("GET", &list));
    user.follow("Northwind Operations").await;
    user.see("Try again").await;
    look().await;
    user.press("Try again").await;
    user.see("No billing account yet").await;
    look().await;
    user.follow("New billing account").await;
    user.press(CREATE).await;
    user.see("There is a problem").await;
    look().await;
    user.fill("Name", "Karoo Broadband").await;
    user.fill("Email", "billing@karoo.example.com").await;
    user.sandbox.fault(refused(422, &json!({ "message": "No.", "errors": { "name": ["No such name."] } })));
    user.press(CREATE).await;
    user.see_error("Name", "No such name.").await;
    look().await;
    user.fill("Name", "Karoo Broadband (EU)").await;
    user.sandbox.fault(refused(401, &json!({ "message": "Unauthenticated." })));
    user.press(CREATE).await;
    user.see("Your session has ended").await;
    look().await;
    user.sign_in_with(&secret.token).await;
    user.expect("!!document.querySelector('dialog')", false).await;
    user.press(CREATE).await;
    user.see("Billing account created").await;
    user.press("Copy id").await;
    look().await;
    user.follow("Billing accounts").await;
    user.see("Karoo Broadband (EU)").await;
    look().await;
}

/// The console and the network, over the whole of a story.
async fn left_no_trace(user: &User, secret: &Secret) {
    assert!(!secret.said_in_the_console(user).await, "the console has the token");
    let (wrongly, rightly) = secret.sent(user).await;
    assert!(wrongly.is_empty(), "requests have the token: {wrongly:#?}");
    let requests = user.sandbox.requests();
    assert!(requests.iter().all(|seen| seen.authorization) && rightly >= requests.len() && requests.len() > 8);
}

#[tokio::test]
async fn the_token_is_kept_in_memory_alone() {
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
        journey(user, &secret, nowhere).await;
        user.expect(&format!("sessionStorage.getItem('{KEY}')"), Value::Null).await;
        left_no_trace(user, &secret).await;
    })
    .await;
}

#[tokio::test]
async fn asked_to_stay_the_tab_keeps_the_token_under_one_name() {
    play(dist(), Logs::Network, async |user| {
        let secret = Secret::new(user);
        user.goto("/").await;
        user.sign_in_and_stay(&format!("Bearer {}", secret.token)).await;
        user.see("Northwind Operations").await;
        let nowhere_else = async || assert_eq!(secret.places(user, true).await, [""; 0]);
        nowhere_else().await;
        user.expect(&format!("sessionStorage.getItem('{KEY}')"), secret.token.as_str()).await;
        user.reload().await;
        journey(user, &secret, nowhere_else).await;
        user.press("Sign out").await;
        user.see_heading("Sign in").await;
        assert_eq!(secret.places(user, false).await, [""; 0]);
        left_no_trace(user, &secret).await;
    })
    .await;
}

/// A search that finds nothing proves nothing: here is something to find, in each place.
#[tokio::test]
async fn a_copy_of_the_token_would_be_found() {
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
        for (place, plant, uproot) in plants {
            run(plant).await;
            let found = secret.places(user, false).await;
            assert!(found.iter().any(|found| found == place), "{place} is not searched: {found:?}");
            run(&format!("({uproot}, null)")).await;
        }
        assert!(!secret.said_in_the_console(user).await);
        run("console.info({ secret }.secret)").await;
        assert!(secret.said_in_the_console(user).await, "the console is not searched");

        // The last plant is in the browser's memory of addresses, and none of those was sent.
        assert_eq!(secret.sent(user).await.0, [Value::Null; 0]);
        run("fetch('/x', { method: 'POST', body: secret })").await;
        run("fetch('/x', { headers: { authorization: secret } })").await;
        run("fetch('/x', { headers: { 'x-y': secret } })").await;
        run("fetch(`/x?${secret}`)").await;
        let (wrongly, _) = secret.sent(user).await;
        assert!(
            wrongly.iter().filter(|event| event["method"] == "Network.requestWillBeSent").count() == 4,
            "{wrongly:#?}"
        );
        run("fetch('/api/workspaces', { headers: { authorization: secret } })").await;
        let (wrongly, rightly) = secret.sent(user).await;
        assert!(wrongly.is_empty() && rightly > 0, "{wrongly:#?}");
    })
    .await;
}

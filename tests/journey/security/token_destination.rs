//! The token goes to the configured API and nowhere else, whatever the URL, a reply or the page's own setting says.

use sandbox::{Demo, Fault, FaultKind, Options};
use serde_json::json;

use crate::harness::driver::Logs;
use crate::harness::fixtures::{ASSIGNED, POOLED, list_of};
use crate::harness::requests::ReceivedRequests;
use crate::harness::site::dist;
use crate::harness::stage::{play, story};
use crate::harness::user::User;

/// Ids that try to leave their segment of the path, and how they stay in it.
const IDS: [(&str, &str); 9] = [
    ("../x", "..%2Fx"),
    ("../../../../evil", "..%2F..%2F..%2F..%2Fevil"),
    ("a/b", "a%2Fb"),
    ("?x", "%3Fx"),
    ("#", "%23"),
    ("@evil.example", "%40evil.example"),
    ("%2f", "%252f"),
    ("\\..\\x", "%5C..%5Cx"),
    ("https://evil.example/", "https%3A%2F%2Fevil.example%2F"),
];

/// The paths asked for, each once, in the order of the alphabet.
fn asked(user: &User) -> Vec<String> {
    let mut paths: Vec<_> = user.sandbox.requests().into_iter().map(|seen| seen.path).collect();
    paths.sort();
    paths.dedup();
    paths
}

#[tokio::test]
async fn an_id_stays_in_its_segment_of_the_path() {
    story(async |user| {
        user.goto("/").await;
        user.sign_in_and_stay(&user.sandbox.token(Demo::Owner)).await;
        user.see("Northwind Operations").await;
        for (id, segment) in IDS {
            user.goto("/").await;
            user.see("Northwind Operations").await;
            user.sandbox.clear_requests();
            user.fill("Workspace id", id).await;
            user.press("Open workspace").await;
            user.see("There is no such workspace").await;
            let within = format!("/api/workspaces/{segment}");
            let left: Vec<_> = asked(user)
                .into_iter()
                .filter(|path| {
                    !(path == &within
                        || path
                            .strip_prefix(&within)
                            .is_some_and(|rest| rest.starts_with('/') && rest.matches('/').count() == 1))
                })
                .collect();
            assert!(left.is_empty(), "{id} leads to {left:?}");

            // What only helps is asked for behind the paint: it is not to be taken for the next page's.
            let helps = [within.clone(), within + "/members"];
            let all_asked = async || helps.iter().all(|path| user.sandbox.gets(path) > 0).then_some(());
            user.wait_until("see all of the page's requests", all_asked).await;
            user.sandbox.clear_requests();
            user.goto(&format!("{}/{segment}", list_of(POOLED))).await;
            user.see("There is no such billing account").await;
            let asked = asked(user);
            assert!(asked.contains(&format!("/api{}/{segment}", list_of(POOLED))), "{id}: {asked:?}");
            let inside = |path: &String| {
                path.starts_with(&format!("/api/workspaces/{POOLED}")) && path.matches('/').count() <= 5
            };
            assert!(asked.iter().all(inside), "{id} leads to {asked:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    story(async |user| {
        let elsewhere = sandbox::start(Options::default()).await.expect("a free port");
        user.goto("/").await;
        user.sign_in_and_stay(&user.sandbox.token(Demo::Owner)).await;
        user.see("Northwind Operations").await;
        let list = list_of(ASSIGNED);
        for to in [format!("{}/api{list}", elsewhere.origin()), format!("/api{}", list_of(POOLED))] {
            user.sandbox.fault(Fault::always(FaultKind::Redirect { to }).on("GET", &list));
            user.goto(&list).await;
            user.see("Try again").await;
            user.see_no("Acme Netzwerke GmbH").await;
            user.sandbox.clear_faults();
        }
        assert!(elsewhere.requests().is_empty());
        assert!(!asked(user).contains(&format!("/api{}", list_of(POOLED))));
    })
    .await;
}

/// Sets the API base of the page before the app reads it.
fn based_at(base: &str) -> String {
    format!(
        "new MutationObserver(() => document.querySelector('meta[name=altostrat-api-base]')?.setAttribute('content', {}))
            .observe(document, {{ childList: true, subtree: true }})",
        json!(base)
    )
}

#[tokio::test]
async fn a_base_that_is_not_https_gets_no_token() {
    play(dist(), Logs::Console, async |user| {
        // The last script wins.
        for base in
            ["http://evil.example", "//evil.example", "ftp://evil.example", "https://a@evil.example", "javascript:0"]
        {
            user.run_before_each_page(&based_at(base)).await;
            user.goto("/").await;
            user.see_heading("Not set up").await;
            user.see(&format!("“{base}”")).await;
            user.expect("!!control('Token')", false).await;
        }
        assert!(user.sandbox.requests().is_empty());
    })
    .await;
}

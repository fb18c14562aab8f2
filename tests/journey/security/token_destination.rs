//! The token is sent to the configured API and nowhere else, whatever an ID in the URL or a redirect says.

use sandbox::{Fault, FaultKind, Options};

use crate::harness::fixtures::{ASSIGNED, POOLED, list_of};
use crate::harness::requests::ReceivedRequests;
use crate::harness::stage::story;
use crate::harness::user::User;

/// IDs that try to leave their segment of the path, and their percent-encoded segment.
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

/// The distinct paths of the requests, in alphabetical order.
fn requested_paths(user: &User) -> Vec<String> {
    let mut paths: Vec<_> = user.sandbox.requests().into_iter().map(|request| request.path).collect();
    paths.sort();
    paths.dedup();
    paths
}

#[tokio::test]
async fn an_id_cannot_leave_its_segment_of_the_path() {
    story(async |user| {
        user.open_signed_in("/").await;
        for (id, segment) in IDS {
            user.see("Northwind Operations").await;
            user.sandbox.clear_requests();
            user.fill("Workspace ID", id).await;
            user.press("Open workspace").await;
            user.see("Workspace not found").await;
            let workspace = format!("/api/workspaces/{segment}");
            // Two requests start after the paint. They have to end before the next page is checked.
            let late = [workspace.clone(), format!("{workspace}/members")];
            let all_sent = async || late.iter().all(|path| user.sandbox.gets(path) > 0).then_some(());
            user.wait_until("see all requests of the page", all_sent).await;
            let stays = |path: &String| {
                path.strip_prefix(&workspace).is_some_and(|rest| rest.is_empty() || rest.rfind('/') == Some(0))
            };
            let paths = requested_paths(user);
            assert!(paths.iter().all(stays), "{id} leads to {paths:?}");
            user.go_back().await;
        }

        for (id, segment) in IDS {
            user.sandbox.clear_requests();
            user.goto(&format!("{}/{segment}", list_of(POOLED))).await;
            user.see("Billing account not found").await;
            let paths = requested_paths(user);
            assert!(paths.contains(&format!("/api{}/{segment}", list_of(POOLED))), "{id}: {paths:?}");
            let stays = |path: &String| {
                path.starts_with(&format!("/api/workspaces/{POOLED}")) && path.matches('/').count() <= 5
            };
            assert!(paths.iter().all(stays), "{id} leads to {paths:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    story(async |user| {
        let elsewhere = sandbox::start(Options::default()).await.expect("a free port");
        user.open_signed_in("/").await;
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
        assert!(!requested_paths(user).contains(&format!("/api{}", list_of(POOLED))));
    })
    .await;
}

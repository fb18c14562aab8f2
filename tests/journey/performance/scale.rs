//! Large lists and long sessions: the time that a user waits for, and the growth of the page.

use crate::harness::stage::story;

#[tokio::test]
async fn filtering_5000_workspaces_takes_under_50_ms_a_keystroke() {
    story(async |user| {
        user.prepare_measurements().await;
        user.open_5000_workspaces().await;
        let slowest = user.measure_number("measure.slowestFilter()").await;
        // Three frames at 60 Hz, for a busy machine.
        assert!(slowest < 50.0, "{slowest} ms");
    })
    .await;
}

#[tokio::test]
async fn five_hundred_navigations_leave_no_nodes_or_listeners() {
    story(async |user| {
        user.prepare_measurements().await;
        user.goto("/").await;
        user.see("Choose a workspace").await;
        user.navigate(20).await;
        let before = user.footprint().await;
        user.navigate(500).await;
        let growth = user.footprint().await.since(before);
        assert!(growth.nodes <= 10.0 && growth.listeners <= 10.0, "{growth:?}");
        // Some 200 bytes a navigation, of which the browser's history needs a part.
        assert!(growth.js_heap_bytes < 200_000.0, "{growth:?}");
    })
    .await;
}

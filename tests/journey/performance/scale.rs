//! Large lists and long sessions: the time that a user waits for, and the growth of the page.

use crate::harness::measure::Footprint;
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
        let mut growths = Vec::new();
        for _ in 0..3 {
            let before = user.footprint().await;
            user.navigate(167).await;
            growths.push(user.footprint().await.since(before));
        }
        // The median, because the browser may keep one old page for a while. A leak grows each time.
        let median = |of: fn(&Footprint) -> f64| {
            let mut values: Vec<_> = growths.iter().map(of).collect();
            values.sort_by(f64::total_cmp);
            values[1]
        };
        assert!(median(|growth| growth.nodes) <= 10.0, "{growths:?}");
        assert!(median(|growth| growth.listeners) <= 10.0, "{growths:?}");
        // Some 200 bytes a navigation, of which the browser's history needs a part.
        assert!(median(|growth| growth.js_heap_bytes) < 67_000.0, "{growths:?}");
    })
    .await;
}

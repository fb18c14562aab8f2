//! The second visit: every file but `index.html` comes from the browser's cache, without a request.

use serde_json::json;

use crate::harness::fixtures::{ASSIGNED, list_of};
use crate::harness::stage::story;

/// A JavaScript expression: the paths of the site that the page requested from the server, which excludes the API's and
/// the sandbox's own. A file that comes from the cache has no transfer size.
const REQUESTED: &str = "['navigation', 'resource'].flatMap(kind => performance.getEntriesByType(kind))
    .filter(({ name, transferSize }) => transferSize > 0 && !/^\\/(api|sandbox)\\//.test(new URL(name).pathname))
    .map(({ name }) => new URL(name).pathname)";

#[tokio::test]
async fn the_second_visit_requests_only_the_page() {
    story(async |user| {
        // The list needs both chunks.
        let page = list_of(ASSIGNED);
        user.open_signed_in(&page).await;
        user.see("No billing accounts yet").await;
        user.expect(&format!("{REQUESTED}.length"), 5).await;

        user.goto(&page).await;
        user.see("No billing accounts yet").await;
        user.expect(REQUESTED, json!([page])).await;
    })
    .await;
}

//! The site runs whole, or not at all and says so: a file that was changed, one that is missing, a browser that cannot.

use std::fs;
use std::path::Path;

use crate::harness::driver::Logs;
use crate::harness::site::{SiteCopy, append_comment, delete, dist, flip_one_bit, replace_with_html};
use crate::harness::stage::play;
use crate::harness::user::User;

const NOT_LOADED: &str = "Altostrat Billing could not be loaded";
const TOO_OLD: &str = "This browser cannot run Altostrat Billing";
const NOT_STARTED: &str = "Altostrat Billing has not started";

/// Puts another file in place of one, or none, sees what the page says, and puts it back.
async fn damaged(user: &User, file: &Path, damage: impl FnOnce(&[u8]) -> Option<Vec<u8>>, words: &str) {
    let whole = fs::read(file).expect("the file is read");
    match damage(&whole) {
        Some(other) => fs::write(file, other).expect("the file is written"),
        None => fs::remove_file(file).expect("the file is removed"),
    }
    user.goto("/").await;
    if words == NOT_STARTED {
        // It is said by the style sheet alone, and late: nobody waits for that here.
        let late = "document.querySelector('.unstarted').getAnimations().map(late => late.finish()).length";
        user.expect(late, 1).await;
    }
    user.see(words).await;
    user.expect("!!control('Token') || all('.bone').length > 0 && !pageText().includes('has not started')", false)
        .await;
    fs::write(file, whole).expect("the file is written back");
}

#[tokio::test]
async fn a_site_that_is_not_whole_says_so_and_does_not_run() {
    let copy = SiteCopy::of_dist();
    play(copy.folder(), Logs::Console, async |user| {
        user.disable_cache().await;
        let parts = [("altostrat", "_bg.wasm"), ("altostrat", ".js"), ("main", ".css")];
        let [wasm, script, style] = parts.map(|(start, end)| copy.file(start, end));
        for damage in [flip_one_bit, delete, replace_with_html] {
            damaged(user, &wasm, damage, NOT_LOADED).await;
            damaged(user, &style, damage, NOT_LOADED).await;
            damaged(user, &script, damage, NOT_STARTED).await;
        }
        damaged(user, &script, append_comment, NOT_STARTED).await;
        assert!(user.sandbox.requests().is_empty());

        user.goto("/").await;
        user.see_heading("Sign in").await;
        user.expect("document.querySelector('.unstarted')", serde_json::Value::Null).await;
    })
    .await;
}

#[tokio::test]
async fn a_browser_that_cannot_run_it_says_so() {
    play(dist(), Logs::Console, async |user| {
        user.run_before_each_page("delete window.WebAssembly").await;
        user.goto("/").await;
        user.see(TOO_OLD).await;
        user.press("Reload").await;
        user.see(TOO_OLD).await;
    })
    .await;
    play(dist(), Logs::Console, async |user| {
        user.run_before_each_page("delete AbortSignal.any").await;
        user.goto("/").await;
        user.see(TOO_OLD).await;
        user.expect("!!control('Token')", false).await;
    })
    .await;
}

//! Subresource integrity: the site runs only with the files it was built with, and says so otherwise. It also says so in
//! a browser that is too old.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::harness::driver::Logs;
use crate::harness::site::{
    Damage, SiteCopy, append_comment, delete, dist, flip_one_bit, replace_with_html, write_damaged,
};
use crate::harness::stage::play;
use crate::harness::user::User;

const NOT_LOADED: &str = "Altostrat Billing couldn’t be loaded";
const TOO_OLD: &str = "This browser can’t run Altostrat Billing";
const NOT_STARTED: &str = "Altostrat Billing hasn’t started";

/// Damages a file, waits for the message of the page, and restores the file.
async fn see_message_when_damaged(user: &User, file: &Path, damage: Damage, message: &str) {
    let original = fs::read(file).expect("the file is read");
    write_damaged(file, &original, damage);
    user.goto("/").await;
    if message == NOT_STARTED {
        // The style sheet alone shows this message, after a delay that the story skips.
        let skip_delay = "document.querySelector('.unstarted').getAnimations().map(delay => delay.finish()).length";
        user.expect(skip_delay, 1).await;
    }
    user.see(message).await;
    user.expect("!!control('Token') || all('.bone').length > 0 && !pageText().includes('hasn’t started')", false).await;
    fs::write(file, original).expect("the file is written back");
}

#[tokio::test]
async fn a_site_with_a_damaged_file_says_so_and_does_not_run() {
    let site = SiteCopy::of_dist();
    play(site.folder(), Logs::Console, async |user| {
        user.disable_cache().await;
        let files = [("altostrat", "_bg.wasm"), ("altostrat", ".js"), ("main", ".css")];
        let [wasm, script, style] = files.map(|(prefix, suffix)| site.file(prefix, suffix));
        for damage in [flip_one_bit as Damage, delete, replace_with_html] {
            see_message_when_damaged(user, &wasm, damage, NOT_LOADED).await;
            see_message_when_damaged(user, &style, damage, NOT_LOADED).await;
            see_message_when_damaged(user, &script, damage, NOT_STARTED).await;
        }
        see_message_when_damaged(user, &script, append_comment, NOT_STARTED).await;
        assert!(user.sandbox.requests().is_empty());

        user.goto("/").await;
        user.see_heading("Sign in").await;
        user.expect("document.querySelector('.unstarted')", Value::Null).await;
    })
    .await;
}

#[tokio::test]
async fn a_browser_that_is_too_old_is_told_so() {
    play(dist(), Logs::Console, async |user| {
        let remove = "location.search === '?wasm' ? delete window.WebAssembly : delete AbortSignal.any";
        user.run_before_each_page(remove).await;
        user.goto("/?wasm").await;
        user.see(TOO_OLD).await;
        user.press("Reload").await;
        user.see(TOO_OLD).await;
        user.goto("/?signal").await;
        user.see(TOO_OLD).await;
        user.expect("!!control('Token')", false).await;
    })
    .await;
}

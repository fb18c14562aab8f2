//! The site runs whole, or not at all and says so: a file that was changed, one that is missing, a browser that cannot.

use std::fs;
use std::path::Path;

use crate::harness::driver::{self, Logs};
use crate::harness::stage::{Copy, play};
use crate::harness::user::User;

const NOT_LOADED: &str = "Altostrat Billing could not be loaded";
const TOO_OLD: &str = "This browser cannot run Altostrat Billing";
const NOT_STARTED: &str = "Altostrat Billing has not started";

/// Every file is asked for anew.
pub(crate) async fn without_cache(user: &User) {
    driver::devtools(&user.client, "Network.enable", serde_json::json!({})).await;
    driver::devtools(&user.client, "Network.setCacheDisabled", serde_json::json!({ "cacheDisabled": true })).await;
}

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
    user.expect("!!labelled('Token') || all('.bone').length > 0 && !written().includes('has not started')", false)
        .await;
    fs::write(file, whole).expect("the file is written back");
}

/// One bit of a letter in the middle, so that a script stays a script.
pub(crate) fn one_byte(whole: &[u8]) -> Option<Vec<u8>> {
    let mut other = whole.to_vec();
    let middle = whole.len() / 2;
    let letter = middle + whole[middle..].iter().position(u8::is_ascii_lowercase)?;
    other[letter] ^= 1;
    Some(other)
}

pub(crate) fn nothing(_: &[u8]) -> Option<Vec<u8>> {
    None
}

pub(crate) fn a_page(_: &[u8]) -> Option<Vec<u8>> {
    Some(b"<!DOCTYPE html><title>A page</title>".to_vec())
}

/// A comment: the same program, and another file.
fn a_comment(whole: &[u8]) -> Option<Vec<u8>> {
    Some([whole, b"//"].concat())
}

#[tokio::test]
async fn a_site_that_is_not_whole_says_so_and_does_not_run() {
    let copy = Copy::of_dist();
    play(copy.folder(), Logs::Console, async |user| {
        without_cache(user).await;
        let parts = [("altostrat", "_bg.wasm"), ("altostrat", ".js"), ("main", ".css")];
        let [wasm, script, style] = parts.map(|(start, end)| copy.file(start, end));
        for damage in [one_byte, nothing, a_page] {
            damaged(user, &wasm, damage, NOT_LOADED).await;
            damaged(user, &style, damage, NOT_LOADED).await;
            damaged(user, &script, damage, NOT_STARTED).await;
        }
        damaged(user, &script, a_comment, NOT_STARTED).await;
        assert!(user.sandbox.requests().is_empty());

        user.goto("/").await;
        user.see_heading("Sign in").await;
        user.expect("document.querySelector('.unstarted')", serde_json::Value::Null).await;
    })
    .await;
}

#[tokio::test]
async fn a_browser_that_cannot_run_it_says_so() {
    play(crate::harness::stage::dist(), Logs::Console, async |user| {
        user.before_each_page("delete window.WebAssembly").await;
        user.goto("/").await;
        user.see(TOO_OLD).await;
        user.press("Reload").await;
        user.see(TOO_OLD).await;
    })
    .await;
    play(crate::harness::stage::dist(), Logs::Console, async |user| {
        user.before_each_page("delete AbortSignal.any").await;
        user.goto("/").await;
        user.see(TOO_OLD).await;
        user.expect("!!labelled('Token')", false).await;
    })
    .await;
}

//! The second chunk of the app's code: it is fetched before it is needed, and the form works without it.

use std::fs;

use crate::harness::driver::Logs;
use crate::harness::emulation::SHORT_DEADLINE;
use crate::harness::fixtures::{ASSIGNED, CREATE, list_of, new_in};
use crate::harness::requests::ReceivedRequests;
use crate::harness::site::{SiteCopy, answer_chunk_with, delete, dist, flip_one_bit, replace_with_html, write_damaged};
use crate::harness::stage::{play, story};
use crate::harness::user::User;

const NOT_LOADED: &str = "Part of the app is missing";
/// A JavaScript expression: whether this page has fetched the chunk.
const IS_FETCHED: &str =
    "performance.getEntriesByType('resource').some(entry => /split_second_chunk/.test(entry.name))";
/// A JavaScript expression: a reply that never comes.
const STALLED: &str =
    "new Promise((_, fail) => how[0].signal?.addEventListener('abort', () => fail(how[0].signal.reason)))";

/// Opens a page in a tab that has stored the token.
async fn open_with_stored_session(user: &User, path: &str) {
    user.open_signed_in(path).await;
    user.reload().await;
}

#[tokio::test]
async fn a_damaged_chunk_is_explained_and_retried() {
    let site = SiteCopy::of_dist();
    play(site.folder(), Logs::Console, async |user| {
        let file = site.second_chunk();
        let original = fs::read(&file).expect("the file is read");
        open_with_stored_session(user, &new_in(ASSIGNED)).await;
        user.disable_cache().await;
        for damage in [flip_one_bit, delete, replace_with_html] {
            write_damaged(&file, &original, damage);
            user.goto(&new_in(ASSIGNED)).await;
            user.see_heading("New billing account").await;
            user.clear("Name").await;
            user.fill("Name", "Karoo Broadband").await;
            user.follow("Billing accounts").await;
            user.see_path(&list_of(ASSIGNED)).await;
            user.see_heading("This page couldn’t be loaded").await;
            user.see_focus_on("This page couldn’t be loaded").await;
            user.press("Try again").await;
            user.see(NOT_LOADED).await;
        }

        // The form needs no part of the chunk.
        user.goto(&new_in(ASSIGNED)).await;
        user.see_value("Name", "Karoo Broadband").await;
        user.fill("Email", "billing@karoo.example.com").await;
        user.choose("Country", "United States").await;
        user.expect("!!control('ZIP code')", true).await;
        user.press(CREATE).await;
        user.see("Billing account created").await;
        user.see(NOT_LOADED).await;
        assert_eq!((user.sandbox.posts().len(), user.sandbox.accounts(ASSIGNED).len()), (1, 1));

        user.goto(&list_of(ASSIGNED)).await;
        user.see(NOT_LOADED).await;
        fs::write(&file, &original).expect("the file is written back");
        user.press("Try again").await;
        user.see_heading("Billing accounts").await;
        user.see_no(NOT_LOADED).await;

        user.goto(&new_in(ASSIGNED)).await;
        user.see_heading("New billing account").await;
        user.expect(IS_FETCHED, true).await;
    })
    .await;
}

#[tokio::test]
async fn a_chunk_that_never_comes_is_given_up() {
    play(dist(), Logs::Console, async |user| {
        user.run_before_each_page(&(SHORT_DEADLINE.to_owned() + &answer_chunk_with(STALLED))).await;
        open_with_stored_session(user, &list_of(ASSIGNED)).await;
        user.see(NOT_LOADED).await;
    })
    .await;
}

#[tokio::test]
async fn signing_out_does_not_wait_for_the_chunk() {
    story(async |user| {
        user.run_before_each_page(&answer_chunk_with(STALLED)).await;
        open_with_stored_session(user, &new_in(ASSIGNED)).await;
        user.fill("Name", "Karoo Broadband").await;
        user.press("Sign out").await;
        user.see("Sign out without saving?").await;
        user.press("Sign out").await;
        user.see_heading("Sign in").await;
        user.expect("sessionStorage.length", 0).await;
    })
    .await;
}

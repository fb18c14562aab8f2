//! The second chunk of the app's code: when it is loaded, and what works without it.

use std::fs;
use std::path::PathBuf;

use sandbox::Demo;

use crate::harness::driver::Logs;
use crate::harness::stage::{Copy, Seen, dist, play, story};
use crate::harness::user::User;
use crate::security::integrity::{a_page, nothing, one_byte, without_cache};
use crate::{ASSIGNED, list_of, new_in};

const CREATE: &str = "Create billing account";
const NOT_LOADED: &str = "A part of this page could not be loaded";
const IS_LOADED: &str = "performance.getEntriesByType('resource').some(part => /split_second_chunk/.test(part.name))";

fn chunk(site: &Copy) -> PathBuf {
    site.file("split_second_chunk", ".wasm")
}

/// Opens a page as a user whose token the tab keeps.
pub(crate) async fn open_signed_in(user: &User, path: &str) {
    user.goto(path).await;
    user.sign_in_to_stay(&user.sandbox.token(Demo::Owner)).await;
    user.goto(path).await;
}

#[tokio::test]
async fn the_chunk_is_fetched_ahead_of_its_first_use() {
    story(async |user| {
        open_signed_in(user, &new_in(ASSIGNED)).await;
        user.see_heading("New billing account").await;
        user.expect(IS_LOADED, true).await;
    })
    .await;
}

#[tokio::test]
async fn an_account_is_created_without_the_chunk_and_that_is_said() {
    let site = Copy::of_dist();
    play(site.folder(), Logs::Console, async |user| {
        fs::remove_file(chunk(&site)).expect("the file is removed");
        open_signed_in(user, &new_in(ASSIGNED)).await;
        user.fill("Name", "Karoo Broadband").await;
        user.fill("Email", "billing@karoo.example.com").await;
        user.choose("Country", "United States").await;
        user.expect("!!labelled('ZIP code')", true).await;
        user.press(CREATE).await;
        user.see("Billing account created").await;
        user.see(NOT_LOADED).await;
        assert_eq!((user.sandbox.created().len(), user.sandbox.accounts(ASSIGNED).len()), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn a_chunk_that_does_not_load_is_explained_and_retried() {
    let site = Copy::of_dist();
    play(site.folder(), Logs::Console, async |user| {
        let file = chunk(&site);
        let whole = fs::read(&file).expect("the file is read");
        open_signed_in(user, &new_in(ASSIGNED)).await;
        without_cache(user).await;
        for damage in [one_byte, nothing, a_page] {
            match damage(&whole) {
                Some(other) => fs::write(&file, other).expect("the file is written"),
                None => fs::remove_file(&file).expect("the file is removed"),
            }
            user.goto(&new_in(ASSIGNED)).await;
            user.see_heading("New billing account").await;
            user.clear("Name").await;
            user.fill("Name", "Karoo Broadband").await;
            user.follow("Billing accounts").await;
            user.see_path(&list_of(ASSIGNED)).await;
            user.see_heading("This page could not be loaded").await;
            user.see_focus_on("This page could not be loaded").await;
            user.press("Try again").await;
            user.see(NOT_LOADED).await;
        }
        fs::write(&file, &whole).expect("the file is written back");
        user.press("Try again").await;
        user.see_heading("Billing accounts").await;
        user.see_no(NOT_LOADED).await;
        user.goto(&new_in(ASSIGNED)).await;
        user.see_value("Name", "Karoo Broadband").await;
    })
    .await;
}

/// A script with which the request for the chunk gives `answer`; `real(what, ...how)` is the browser's own `fetch`.
pub(crate) fn with_chunk(answer: &str) -> String {
    let fetch = "const real = fetch;
        window.fetch = (what, ...how) => /split_second_chunk/.test(what) ? ANSWER : real(what, ...how);";
    fetch.replace("ANSWER", answer)
}

/// The request gets no answer.
const STALLED: &str =
    "new Promise((_, fail) => how[0].signal?.addEventListener('abort', () => fail(how[0].signal.reason)))";
/// The deadline of the request is short.
const IMPATIENT: &str = "const timeout = AbortSignal.timeout.bind(AbortSignal);
    AbortSignal.timeout = ms => timeout(ms === 30_000 ? 200 : ms);";

#[tokio::test]
async fn a_chunk_that_never_comes_is_given_up() {
    play(dist(), Logs::Console, async |user| {
        user.before_each_page(&(IMPATIENT.to_owned() + &with_chunk(STALLED))).await;
        open_signed_in(user, &list_of(ASSIGNED)).await;
        user.see(NOT_LOADED).await;
    })
    .await;
}

#[tokio::test]
async fn signing_out_does_not_wait_for_the_chunk() {
    story(async |user| {
        user.before_each_page(&with_chunk(STALLED)).await;
        open_signed_in(user, &new_in(ASSIGNED)).await;
        user.fill("Name", "Karoo Broadband").await;
        user.press("Sign out").await;
        user.see("Sign out without saving?").await;
        user.press("Sign out").await;
        user.see_heading("Sign in").await;
        user.expect("sessionStorage.length", 0).await;
    })
    .await;
}

//! The part of the app that comes later: when it comes, and what there is without it.

use std::fs;

use sandbox::Demo;

use crate::driver::Logs;
use crate::stage::{Copy, Seen, play, story};
use crate::user::User;
use crate::whole::{a_page, nothing, one_byte, without_cache};
use crate::{ASSIGNED, list_of, new_in};

const CREATE: &str = "Create billing account";
const NOT_LOADED: &str = "A part of this page could not be loaded";
const IS_LOADED: &str = "performance.getEntriesByType('resource').some(part => /lazy-/.test(part.name))";

/// A page that needs no sign-in, which would bring everything along.
pub(crate) async fn open_signed_in(user: &User, path: &str) {
    user.goto(path).await;
    user.sign_in_to_stay(&user.sandbox.token(Demo::Owner)).await;
    user.goto(path).await;
}

#[tokio::test]
async fn a_new_account_is_typed_before_the_rest_is_there_and_the_first_field_brings_it() {
    story(async |user| {
        open_signed_in(user, &new_in(ASSIGNED)).await;
        user.see_heading("New billing account").await;
        user.fill("Name", "Karoo Broadband").await;
        user.see("15/100").await;
        user.expect(IS_LOADED, false).await;
        user.fill("Email", "billing@karoo.example.com").await;
        user.expect(IS_LOADED, true).await;
        user.press(CREATE).await;
        user.see("Billing account created").await;
        assert_eq!(user.sandbox.created().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_country_that_is_chosen_first_brings_its_way_to_write_addresses() {
    story(async |user| {
        open_signed_in(user, &new_in(ASSIGNED)).await;
        user.see_heading("New billing account").await;
        user.expect(IS_LOADED, false).await;
        user.choose("Country", "United States").await;
        user.expect("!!labelled('ZIP code') && !!labelled('State')", true).await;
        user.see_value("Country", "US").await;
    })
    .await;
}

#[tokio::test]
async fn a_link_and_a_draft_are_told_of_as_they_come() {
    story(async |user| {
        open_signed_in(user, &(new_in(ASSIGNED) + "?name=Karoo&country=Atlantis")).await;
        user.see("Filled in from a link").await;
        user.see("Country is not filled in").await;
        user.see_value("Name", "Karoo").await;
        user.fill("Email", "billing@karoo.example.com").await;
        user.reload().await;
        user.see("Draft restored").await;
        user.see_value("Email", "billing@karoo.example.com").await;
    })
    .await;
}

#[tokio::test]
async fn without_the_rest_nothing_is_sent_and_nothing_typed_is_lost() {
    let copy = Copy::of_dist();
    play(copy.folder(), Logs::Console, async |user| {
        let file = copy.file("lazy-", ".wasm");
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
            user.clear("Email").await;
            user.fill("Email", "billing@karoo.example.com").await;
            user.press("Copy as JSON").await;
            user.see("Not copied: press again in a moment").await;
            user.press(CREATE).await;
            user.see("Nothing was sent: a part of this page could not be loaded").await;
            user.expect("document.activeElement.textContent.startsWith('Nothing was sent')", true).await;
            user.see_value("Name", "Karoo Broadband").await;
            user.expect("labelled('Name').readOnly", false).await;
            assert!(user.sandbox.created().is_empty());
        }
        fs::write(&file, &whole).expect("the file is written back");
        user.press(CREATE).await;
        user.see("Billing account created").await;
        assert_eq!((user.sandbox.created().len(), user.sandbox.accounts(ASSIGNED).len()), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn a_page_that_comes_later_says_so_when_it_does_not_come_and_comes_when_asked_again() {
    let copy = Copy::of_dist();
    play(copy.folder(), Logs::Console, async |user| {
        let file = copy.file("lazy-", ".wasm");
        let whole = fs::read(&file).expect("the file is read");
        open_signed_in(user, &new_in(ASSIGNED)).await;
        without_cache(user).await;
        fs::remove_file(&file).expect("the file is removed");
        user.goto(&new_in(ASSIGNED)).await;
        user.see_heading("New billing account").await;
        user.follow("Billing accounts").await;
        user.see_path(&list_of(ASSIGNED)).await;
        user.see_heading("This page could not be loaded").await;
        user.see_focus_on("This page could not be loaded").await;
        user.see(NOT_LOADED).await;
        user.press("Try again").await;
        user.see(NOT_LOADED).await;
        fs::write(&file, whole).expect("the file is written back");
        user.press("Try again").await;
        user.see_heading("Billing accounts").await;
        user.see_no(NOT_LOADED).await;
    })
    .await;
}

/// A script with which the request for the part of the app that comes later gives `answer`: `real(what, ...how)` would
/// be the browser's own.
pub(crate) fn with_rest(answer: &str) -> String {
    let fetch = "const real = fetch;
        window.fetch = (what, ...how) => /lazy-/.test(what) ? ANSWER : real(what, ...how);";
    fetch.replace("ANSWER", answer)
}

/// Fills the form in and presses Save, in a page that runs a script first.
pub(crate) async fn press_create_with(user: &User, script: &str) {
    open_signed_in(user, &new_in(ASSIGNED)).await;
    user.before_each_page(script).await;
    user.goto(&new_in(ASSIGNED)).await;
    user.fill("Name", "Karoo Broadband").await;
    user.fill("Email", "billing@karoo.example.com").await;
    user.press(CREATE).await;
}

/// The rest is on its way until `release` is called.
const HELD: &str = "new Promise(done => { window.release = () => done(real(what, ...how)); })";

#[tokio::test]
async fn a_save_that_waits_for_the_rest_is_sent_once() {
    story(async |user| {
        press_create_with(user, &with_rest(HELD)).await;
        user.press("Saving…").await;
        user.expect("labelled('Name').readOnly", true).await;
        for label in ["Name", "Country", "Description"] {
            user.expect(&format!("getComputedStyle(labelled('{label}')).borderTopStyle"), "dashed").await;
        }
        assert!(user.sandbox.created().is_empty());
        user.expect("(release(), true)", true).await;
        user.see("Billing account created").await;
        assert_eq!((user.sandbox.created().len(), user.sandbox.accounts(ASSIGNED).len()), (1, 1));
    })
    .await;
}

/// The rest never comes.
const STALLED: &str =
    "new Promise((_, fail) => how[0].signal?.addEventListener('abort', () => fail(how[0].signal.reason)))";
/// What waits for the rest does so for a moment.
const IMPATIENT: &str = "const timeout = AbortSignal.timeout.bind(AbortSignal);
    AbortSignal.timeout = ms => timeout(ms === 30_000 ? 200 : ms);";

#[tokio::test]
async fn a_rest_that_never_comes_is_not_waited_for_for_ever() {
    story(async |user| {
        press_create_with(user, &(IMPATIENT.to_owned() + &with_rest(STALLED))).await;
        user.see("Nothing was sent: a part of this page could not be loaded").await;
        assert!(user.sandbox.created().is_empty());
    })
    .await;
}

//! A live region announces only text that changes. A repeated message has to leave its region first, or to arrive in a
//! new one.

use std::cell::RefCell;
use std::rc::Rc;

use billing_admin::api::transport::Response;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, MutationObserver};

use crate::harness::api::{MockResponse, on_delete, on_get, on_post, respond_with};
use crate::harness::app::{open, root};
use crate::harness::delete_dialog::{ACCOUNT_NAME, CONFIRM_NAME, DELETE};
use crate::harness::fixtures::{ACCOUNT, ACCOUNT_PATH, ACCOUNTS_PATH, CREATE, NEW_PATH, SAVE_CHANGES};
use crate::harness::form::fill_required_fields;
use crate::harness::page::{focused, query_all, shows, text_of};
use crate::harness::scenarios::open_edit;
use crate::harness::user::{fill, find, press, see};
use crate::harness::wait::{on_mutation, sleep, wait_for};

/// Records the announcements of live regions, until it is dropped.
struct Announcements {
    observer: MutationObserver,
    announced: Rc<RefCell<Vec<String>>>,
}

impl Announcements {
    fn of(regions: &'static str) -> Self {
        let read = move || query_all(regions).into_iter().map(|region| (text_of(&region), region)).collect::<Vec<_>>();
        let announced = Rc::new(RefCell::new(Vec::new()));
        let (into, mut before) = (Rc::clone(&announced), read());
        let observer = on_mutation(&root(), false, move || {
            let now = read();
            let was_there = |(text, region): &&(String, Element)| {
                before.iter().any(|(earlier, same)| same.is_same_node(Some(region)) && earlier == text)
            };
            let new = now.iter().filter(|now| !now.0.is_empty() && !was_there(now)).map(|(text, _)| text.clone());
            into.borrow_mut().extend(new);
            before = now;
        });
        Self { observer, announced }
    }

    /// Waits until a message was announced this many times, and no more.
    async fn wait_for(&self, message: &str, times: usize) {
        let count = || self.announced.borrow().iter().filter(|announced| announced.starts_with(message)).count();
        wait_for(&format!("“{message}” the {times}. time"), || count() >= times).await;
        assert_eq!(count(), times, "{:?}", self.announced.borrow());
    }
}

impl Drop for Announcements {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

#[wasm_bindgen_test]
async fn a_repeated_status_is_announced_again() {
    let _app = open(ACCOUNTS_PATH);
    on_get(
        ACCOUNTS_PATH,
        MockResponse::Immediate(Ok(Response { status: 429, retry_after: Some("60".into()), body: String::new() })),
    );
    find("Try again").await;
    let announcements = Announcements::of("[role=status]");
    for times in 1..=3 {
        press("Try again").await;
        announcements.wait_for("Nothing was sent. Wait until the countdown ends", times).await;
    }
}

#[wasm_bindgen_test]
async fn a_repeated_save_failure_is_announced_again() {
    let _app = open(NEW_PATH);
    fill_required_fields().await;
    let announcements = Announcements::of("[role=alert]");
    for times in 1..=3 {
        on_post(ACCOUNTS_PATH, respond_with(409, ""));
        press(CREATE).await;
        announcements.wait_for("Something else changed at the same time", times).await;
        wait_for("the focus on the notice", || text_of(&focused()).starts_with("Something else changed")).await;
    }
}

#[wasm_bindgen_test]
async fn a_repeated_delete_rejection_is_announced_again() {
    let _app = open(ACCOUNT_PATH);
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    press("Delete").await;
    fill(CONFIRM_NAME, ACCOUNT_NAME).await;
    let announcements = Announcements::of("[role=alert]");
    for times in 1..=2 {
        on_delete(ACCOUNT_PATH, respond_with(422, ""));
        press(DELETE).await;
        announcements.wait_for("This account can’t be deleted", times).await;
        see("The account wasn’t deleted.").await;
    }
}

/// The delayed message once appeared after the edit that had withdrawn it.
#[wasm_bindgen_test]
async fn a_withdrawn_message_is_not_announced_late() {
    let _app = open_edit().await;
    press(SAVE_CHANGES).await;
    fill("Name", "Mine").await;
    on_get(ACCOUNT_PATH, MockResponse::Deferred);
    press(SAVE_CHANGES).await;
    see("Saving…").await;
    fill("Name", "ACME Corp Billing").await;
    sleep(200).await;
    assert!(!shows("No changes to save"));
}

//! Everything by keyboard alone, and where the focus goes: seen at every stop, on the heading after every move.

use fantoccini::key::Key;
use sandbox::{Demo, Fault, FaultKind};
use serde_json::json;

use crate::harness::fixtures::{ASSIGNED, GERMANY, POOLED, list_of, new_in};
use crate::harness::keyboard::{FOCUS_RING, MAX_TABS};
use crate::harness::requests::ReceivedRequests;
use crate::harness::stage::story;
use crate::harness::user::User;

/// The label of what has the focus is on top of everything, in the window.
const LABEL_IN_VIEW: &str = "(label => {
    const { left, top, bottom } = label.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight && label.contains(document.elementFromPoint(left + 2, (top + bottom) / 2));
})(document.activeElement.labels[0])";

async fn sign_in(user: &User) {
    user.tab_to("Token").await;
    user.insert_text(&user.sandbox.token(Demo::Owner)).await;
    user.press_key(Key::Enter, 1).await;
}

/// Opens a page and signs in there.
async fn open(user: &User, path: &str, heading: &str) {
    user.goto(path).await;
    user.see_heading("Sign in").await;
    sign_in(user).await;
    user.see_focus_on_heading(heading).await;
}

async fn follow(user: &User, link: &str, heading: &str) {
    user.tab_to(link).await;
    user.press_key(Key::Enter, 1).await;
    user.see_focus_on_heading(heading).await;
}

async fn fill_in_what_is_required(user: &User) {
    user.tab_to("Name").await;
    user.type_text("Karoo Broadband").await;
    user.tab_to("Email").await;
    user.type_text("billing@karoo.example.com").await;
}

#[tokio::test]
async fn from_signing_in_to_a_new_account_and_out() {
    story(async |user| {
        open(user, "/", "Choose a workspace").await;
        follow(user, "Northwind Operations", "Billing accounts").await;
        user.see("No billing account yet").await;
        follow(user, "Create the first billing account", "New billing account").await;

        fill_in_what_is_required(user).await;
        user.tab_to("Currency").await;
        user.press_key(Key::Down, 3).await;
        user.see_value("Currency", "eur").await;
        user.press_key(Key::Up, 1).await;
        user.see_value("Currency", "zar").await;
        user.tab_to("Country").await;
        user.type_text("Germ").await;
        user.see_value("Country", "DE").await;
        for (label, text) in [("Address line 1", "Müllerstraße 5"), ("Postal code", "13353"), ("City", "Berlin")] {
            user.tab_to(label).await;
            user.insert_text(text).await;
        }
        user.tab_back_to("Country").await;
        user.type_text("United Arab").await;
        user.see_value("Country", "AE").await;
        user.see_focus_on("Country").await;
        user.tab_to("Clear City").await;
        user.press_key(Key::Space, 1).await;
        user.see_focus_on("City").await;
        user.tab_back_to("Name").await;
        user.insert_text("Karoo Breitband").await;
        user.tab_to("Create billing account").await;
        user.press_key(Key::Space, 1).await;
        user.see_focus_on_heading("Karoo Breitband").await;
        user.expect("all('[role=status]').some(said => said.innerText.includes('Billing account created'))", true)
            .await;
        let address = json!({ "country": "AE", "line1": "Müllerstraße 5", "postal_code": "13353" });
        let body = json!({
            "name": "Karoo Breitband", "email": "billing@karoo.example.com", "currency": "zar", "address": address,
        });
        assert_eq!(user.sandbox.posts(), [body]);

        user.tab_back_to("Sign out").await;
        user.press_key(Key::Enter, 1).await;
        user.see_focus_on_heading("Sign in").await;
    })
    .await;
}

#[tokio::test]
async fn from_the_list_to_a_changed_account_and_to_its_copy() {
    story(async |user| {
        open(user, &list_of(POOLED), "Billing accounts").await;
        user.see("Acme Netzwerke GmbH").await;
        follow(user, "Acme Netzwerke GmbH", "Acme Netzwerke GmbH").await;
        user.see("13353 Berlin").await;
        follow(user, "Edit", "Edit billing account").await;
        user.see_value("City", "Berlin").await;
        // Tab selects what a control holds: typing takes its place.
        user.tab_to("Phone").await;
        user.insert_text("+49 30 1").await;
        user.tab_to("City").await;
        user.insert_text("Potsdam").await;
        user.tab_to("Undo the change of Phone").await;
        user.press_key(Key::Enter, 1).await;
        user.see_focus_on("Phone").await;
        user.expect(FOCUS_RING, true).await;
        user.tab_to("Save changes").await;
        user.press_key(Key::Enter, 1).await;
        user.see_focus_on_heading("Acme Netzwerke GmbH").await;
        user.see("Billing account updated").await;
        let sent = user.sandbox.patches();
        assert_eq!((sent.len(), &sent[0]["address"]["city"]), (1, &json!("Potsdam")));
        assert!(sent[0].get("phone").is_none());

        follow(user, "Edit", "Edit billing account").await;
        user.see_value("City", "Potsdam").await;
        follow(user, "New account in another currency", "New billing account").await;
        user.see_value("City", "Potsdam").await;
        user.see_value("Currency", "").await;
    })
    .await;
}

#[tokio::test]
async fn a_conflict_is_settled() {
    story(async |user| {
        let account = format!("{}/{GERMANY}", list_of(POOLED));
        open(user, &format!("{account}/edit"), "Edit billing account").await;
        user.see_value("City", "Berlin").await;
        user.tab_to("Name").await;
        user.insert_text("Mine").await;
        user.tab_to("Phone").await;
        user.insert_text("1").await;
        user.patch_as_other_user(&account, json!({ "name": "Theirs", "phone": "2" })).await;
        user.sandbox.clear_requests();
        user.press_key(Key::Enter, 1).await;
        let notice = "Someone else changed this account while you were editing it";
        user.see_focus_on_notice(notice).await;
        for choice in ["Take theirs for Name", "Keep mine for Phone"] {
            assert!(user.sandbox.patches().is_empty());
            user.tab_to(choice).await;
            user.press_key(Key::Enter, 1).await;
            user.see_no(choice).await;
            user.expect("document.activeElement !== document.body", true).await;
        }
        user.see_value("Name", "Theirs").await;
        user.tab_to("Save changes").await;
        user.press_key(Key::Space, 1).await;
        user.see_focus_on_heading("Theirs").await;
        assert_eq!(user.sandbox.patches(), [json!({ "phone": "1" })]);
    })
    .await;
}

#[tokio::test]
async fn an_ended_session_goes_on_where_it_was() {
    story(async |user| {
        user.sandbox.fault(Fault::once(FaultKind::Empty { status: 401 }).on("POST", "/billing-accounts"));
        open(user, &new_in(ASSIGNED), "New billing account").await;
        fill_in_what_is_required(user).await;
        user.press_key(Key::Enter, 1).await;
        user.see("Your session has ended").await;
        user.expect("document.activeElement.closest('dialog') !== null", true).await;
        user.expect(FOCUS_RING, true).await;
        // Chromium closes a dialog on the second Escape, whatever the page says of the first.
        for _ in 0..3 {
            user.press_key(Key::Escape, 1).await;
            user.expect("!!document.querySelector('dialog:modal')", true).await;
        }
        user.tab_to("Stay signed in in this tab").await;
        user.tab_back_to("Token").await;
        user.insert_text(&user.sandbox.token(Demo::Owner)).await;
        user.press_key(Key::Enter, 1).await;
        user.expect("!!document.querySelector('dialog')", false).await;
        user.see_focus_on("Email").await;
        user.expect(FOCUS_RING, true).await;
        user.press_key(Key::Enter, 1).await;
        user.see_focus_on_heading("Karoo Broadband").await;
        assert_eq!(user.sandbox.accounts(ASSIGNED).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_fails_takes_the_focus_and_leads_on() {
    story(async |user| {
        user.set_screen_width(320).await;
        user.sandbox.fault(Fault::once(FaultKind::Html { status: 409 }).on("POST", "/billing-accounts"));
        open(user, &new_in(ASSIGNED), "New billing account").await;
        user.tab_to("Description").await;
        user.press_with(Key::Control, Key::Enter).await;
        user.see_focus_on_notice("There is a problem").await;
        for (sentence, label) in [("Enter a name", "Name"), ("Enter an email address", "Email")] {
            user.tab_to(sentence).await;
            user.press_key(Key::Enter, 1).await;
            user.see_focus_on(label).await;
            user.expect(LABEL_IN_VIEW, true).await;
            user.expect(FOCUS_RING, true).await;
            user.expect("location.hash", "").await;
            user.tab_back_to("Enter an email address").await;
        }
        fill_in_what_is_required(user).await;
        user.tab_to("Description").await;
        user.type_text("one").await;
        user.press_key(Key::Enter, 1).await;
        user.type_text("two").await;
        assert!(user.sandbox.posts().is_empty(), "Enter alone is a new line");
        user.press_with(Key::Control, Key::Enter).await;
        user.see_focus_on_notice("The API refused: something else got in the way").await;
        user.tab_to("Copy details").await;
        user.tab_to("Description").await;
        user.press_with(Key::Meta, Key::Enter).await;
        user.see_focus_on_heading("Karoo Broadband").await;
        let sent = user.sandbox.posts();
        assert_eq!(sent.iter().map(|body| &body["description"]).collect::<Vec<_>>(), ["one\ntwo"; 2]);
    })
    .await;
}

#[tokio::test]
async fn the_focus_is_seen_at_every_stop_of_every_page() {
    story(async |user| {
        let account = format!("{}/{GERMANY}", list_of(POOLED));
        user.goto("/").await;
        user.sign_in_and_stay(&user.sandbox.token(Demo::Owner)).await;
        user.see("Northwind Operations").await;
        let last = "[...document.querySelectorAll('main :is(a, button, input, select, textarea)')].filter(found => found.checkVisibility()).at(-1)";
        for (path, text) in [
            ("/", "Northwind Operations".to_owned()),
            (&list_of(POOLED), "Acme Netzwerke GmbH".to_owned()),
            (&new_in(POOLED), "Create billing account".to_owned()),
            (&account, "13353 Berlin".to_owned()),
            (&format!("{account}/edit"), "Save changes".to_owned()),
        ] {
            user.goto(path).await;
            user.see(&text).await;
            let mut stops = 0;
            while user.evaluate(&format!("document.activeElement === {last}")).await != Some(true.into()) {
                user.press_key(Key::Tab, 1).await;
                user.expect(FOCUS_RING, true).await;
                stops += 1;
                assert!(stops < MAX_TABS, "{path}: Tab does not lead to the end");
            }
            user.expect("document.activeElement.closest('main') !== null", true).await;
        }
    })
    .await;
}

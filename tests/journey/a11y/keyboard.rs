//! Everything works with the keyboard alone. The focus is visible at every stop, and on the heading after navigation.

use fantoccini::key::Key;
use sandbox::{Demo, Fault, FaultKind};
use serde_json::json;

use crate::harness::fixtures::{
    ASSIGNED, CREATE, GERMANY_NAME, POOLED, SAVE, USER_MENU, edit_germany, germany, list_of, new_in,
};
use crate::harness::keyboard::{FOCUS_RING, MAX_TABS};
use crate::harness::requests::ReceivedRequests;
use crate::harness::stage::story;
use crate::harness::user::User;

/// A JavaScript expression: whether the label of the focused control is in the window and not covered.
const LABEL_IN_VIEW: &str = "(label => {
    const { left, top, bottom } = label.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight && label.contains(document.elementFromPoint(left + 2, (top + bottom) / 2));
})(document.activeElement.labels[0])";

/// Opens a page and signs in there.
async fn open(user: &User, path: &str, heading: &str) {
    user.goto(path).await;
    user.see_heading("Sign in").await;
    user.tab_to("Token").await;
    user.insert_text(&user.sandbox.token(Demo::Owner)).await;
    user.press_key(Key::Enter, 1).await;
    user.see_focus_on_heading(heading).await;
}

async fn follow(user: &User, link: &str, heading: &str) {
    user.tab_to(link).await;
    user.press_key(Key::Enter, 1).await;
    user.see_focus_on_heading(heading).await;
}

async fn fill_required(user: &User) {
    user.tab_to("Name").await;
    user.type_text("Karoo Broadband").await;
    user.tab_to("Email").await;
    user.type_text("billing@karoo.example.com").await;
}

#[tokio::test]
async fn keyboard_alone_signs_in_creates_and_signs_out() {
    story(async |user| {
        user.goto("/").await;
        user.see_heading("Sign in").await;
        user.press_key(Key::Tab, 1).await;
        user.see_focus_on("Skip to content").await;
        user.tab_to("Token").await;
        user.insert_text(&user.sandbox.token(Demo::Owner)).await;
        user.tab_to("Stay signed in in this tab").await;
        user.press_key(Key::Space, 1).await;
        user.expect("control('Stay signed in in this tab')?.checked", true).await;
        user.press_key(Key::Tab, 1).await;
        user.see_focus_on("Sign in").await;
        user.press_key(Key::Enter, 1).await;
        user.see_focus_on_heading("Choose a workspace").await;
        follow(user, "Northwind Operations", "Billing accounts").await;
        user.see("No billing accounts yet").await;
        follow(user, CREATE, "New billing account").await;

        fill_required(user).await;
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
        user.tab_to("Currency").await;
        user.press_key(Key::Down, 3).await;
        user.see_value("Currency", "eur").await;
        user.press_key(Key::Up, 1).await;
        user.see_value("Currency", "zar").await;
        user.tab_back_to("Name").await;
        user.insert_text("Karoo Breitband").await;
        user.tab_to(CREATE).await;
        user.press_key(Key::Space, 1).await;
        user.see_focus_on_heading("Karoo Breitband").await;
        user.expect("all('[role=status]').some(status => status.innerText.includes('Billing account created'))", true)
            .await;
        let address = json!({ "country": "AE", "line1": "Müllerstraße 5", "postal_code": "13353" });
        let body = json!({
            "name": "Karoo Breitband", "email": "billing@karoo.example.com", "currency": "zar", "address": address,
        });
        assert_eq!(user.sandbox.posts(), [body]);

        user.tab_back_to(USER_MENU).await;
        user.press_key(Key::Enter, 1).await;
        user.tab_to("Sign out").await;
        user.press_key(Key::Enter, 1).await;
        user.see_focus_on_heading("Sign in").await;
    })
    .await;
}

#[tokio::test]
async fn keyboard_alone_edits_and_duplicates_an_account() {
    story(async |user| {
        open(user, &list_of(POOLED), "Billing accounts").await;
        user.see(GERMANY_NAME).await;
        follow(user, GERMANY_NAME, GERMANY_NAME).await;
        user.see("13353 Berlin").await;
        follow(user, "Edit", "Edit billing account").await;
        user.see_value("City", "Berlin").await;
        // Tab selects the value of a control, and typing replaces it.
        user.tab_to("Phone").await;
        user.insert_text("+49 30 1").await;
        user.tab_to("City").await;
        user.insert_text("Potsdam").await;
        user.tab_to("Undo the change of Phone").await;
        user.press_key(Key::Enter, 1).await;
        user.see_focus_on("Phone").await;
        user.expect(FOCUS_RING, true).await;
        user.tab_to(SAVE).await;
        user.press_key(Key::Enter, 1).await;
        user.see_focus_on_heading(GERMANY_NAME).await;
        user.see("Billing account updated").await;
        let sent = user.sandbox.patches();
        assert_eq!((sent.len(), &sent[0]["address"]["city"]), (1, &json!("Potsdam")));
        assert!(sent[0].get("phone").is_none());

        follow(user, "Edit", "Edit billing account").await;
        user.see_value("City", "Potsdam").await;
        follow(user, "Duplicate in another currency", "New billing account").await;
        user.see_value("City", "Potsdam").await;
        user.see_value("Currency", "").await;
    })
    .await;
}

#[tokio::test]
async fn keyboard_alone_settles_a_conflict() {
    story(async |user| {
        open(user, &edit_germany(), "Edit billing account").await;
        user.see_value("City", "Berlin").await;
        user.tab_to("Name").await;
        user.insert_text("Mine").await;
        user.tab_to("Phone").await;
        user.insert_text("1").await;
        user.patch_as_other_user(&germany(), json!({ "name": "Theirs", "phone": "2" })).await;
        user.sandbox.clear_requests();
        user.press_key(Key::Enter, 1).await;
        let notice = "This account was updated while you were editing";
        user.see_focus_on_notice(notice).await;
        for choice in ["Take theirs for Name", "Keep mine for Phone"] {
            assert!(user.sandbox.patches().is_empty());
            user.tab_to(choice).await;
            user.press_key(Key::Enter, 1).await;
            user.see_no(choice).await;
            user.expect("document.activeElement !== document.body", true).await;
        }
        user.see_value("Name", "Theirs").await;
        user.tab_to(SAVE).await;
        user.press_key(Key::Space, 1).await;
        user.see_focus_on_heading("Theirs").await;
        assert_eq!(user.sandbox.patches(), [json!({ "phone": "1" })]);
    })
    .await;
}

#[tokio::test]
async fn keyboard_alone_signs_in_again_after_expiry() {
    story(async |user| {
        user.sandbox.fault(Fault::once(FaultKind::Empty { status: 401 }).on("POST", "/billing-accounts"));
        open(user, &new_in(ASSIGNED), "New billing account").await;
        fill_required(user).await;
        user.press_key(Key::Enter, 1).await;
        user.see("Your session has ended").await;
        user.expect("document.activeElement.closest('dialog') !== null", true).await;
        user.expect(FOCUS_RING, true).await;
        // Chromium closes a dialog on the second Escape even if the page cancelled the first.
        for _ in 0..3 {
            user.press_key(Key::Escape, 1).await;
            user.see_dialog().await;
        }
        user.tab_to("Stay signed in in this tab").await;
        user.tab_back_to("Token").await;
        user.insert_text(&user.sandbox.token(Demo::Owner)).await;
        user.press_key(Key::Enter, 1).await;
        user.see_no_dialog().await;
        user.see_focus_on("Email").await;
        user.expect(FOCUS_RING, true).await;
        user.press_key(Key::Enter, 1).await;
        user.see_focus_on_heading("Karoo Broadband").await;
        assert_eq!(user.sandbox.accounts(ASSIGNED).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_failed_save_takes_the_focus_and_leads_to_fields() {
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
        fill_required(user).await;
        user.tab_to("Description").await;
        user.type_text("one").await;
        user.press_key(Key::Enter, 1).await;
        user.type_text("two").await;
        assert!(user.sandbox.posts().is_empty(), "Enter alone is a new line");
        user.press_with(Key::Control, Key::Enter).await;
        user.see_focus_on_notice("Something else changed at the same time").await;
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
async fn the_focus_is_visible_at_every_tab_stop() {
    story(async |user| {
        user.open_signed_in("/").await;
        user.see("Northwind Operations").await;
        let last = "[...document.querySelectorAll('main :is(a, button, input, select, textarea, summary)')] \
            .filter(element => element.checkVisibility()).at(-1)";
        for (path, text) in [
            ("/", "Northwind Operations"),
            (&list_of(POOLED), GERMANY_NAME),
            (&new_in(POOLED), CREATE),
            (&germany(), "13353 Berlin"),
            (&edit_germany(), SAVE),
        ] {
            user.goto(path).await;
            user.see(text).await;
            let mut stops = 0;
            while user.evaluate(&format!("document.activeElement === {last}")).await != Some(true.into()) {
                user.press_key(Key::Tab, 1).await;
                user.expect(FOCUS_RING, true).await;
                stops += 1;
                assert!(stops < MAX_TABS, "{path}: Tab does not reach the last control");
            }
            user.expect("document.activeElement.closest('main') !== null", true).await;
        }

        // The warning of a likely duplicate is beside the form, after its bar.
        user.goto(&new_in(POOLED)).await;
        user.fill("Name", GERMANY_NAME).await;
        user.see("has nearly the same name").await;
        user.see_focus_on("Name").await;
        user.focus("Postal code").await;
        for name in [CREATE, "View account Acme Netzwerke GmbH"] {
            user.tab_to(name).await;
        }
    })
    .await;
}

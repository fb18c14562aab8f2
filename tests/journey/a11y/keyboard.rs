//! Everything by keyboard alone, and where the focus goes: seen at every stop, on the heading after every move.

use fantoccini::key::Key;
use sandbox::{Demo, Fault, FaultKind, Sandbox};
use serde_json::{Value, json};

use crate::harness::stage::{Seen, story};
use crate::harness::user::User;
use crate::{ASSIGNED, GERMANY, POOLED, list_of, new_in};

/// More presses of Tab than anything is away.
const FAR: usize = 40;
/// What has the focus, when it can be seen that it has: a ring around it, in the window. The sandbox's panel is not ours.
const RING: &str = "(here => {
    if (here === document.body || here.closest('.sandbox')) return true;
    const { outlineStyle, outlineWidth } = getComputedStyle(here);
    const { top, bottom, width } = here.getBoundingClientRect();
    const ring = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    return ring && width > 0 && bottom > 0 && top < innerHeight || here.outerHTML.slice(0, 200);
})(document.activeElement)";
/// The label of what has the focus is on top of everything, in the window.
const LABEL_IN_VIEW: &str = "(label => {
    const { left, top, bottom } = label.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight && label.contains(document.elementFromPoint(left + 2, (top + bottom) / 2));
})(document.activeElement.labels[0])";

/// Presses Tab until the focus is on what is called this, and sees the focus at every stop.
async fn tab_to(user: &User, name: &str) {
    go_to(user, name, async || user.strike(Key::Tab, 1).await).await;
}

/// The same, backwards.
async fn tab_back_to(user: &User, name: &str) {
    go_to(user, name, async || user.strike_with(Key::Shift, Key::Tab).await).await;
}

async fn go_to(user: &User, name: &str, step: impl AsyncFn()) {
    for _ in 0..FAR {
        step().await;
        user.expect(RING, true).await;
        if user.ask(&format!("nameOf(document.activeElement) === {}", json!(name))).await == Some(true.into()) {
            return;
        }
    }
    user.see_focus_on(name).await;
}

async fn see_focus_on_heading(user: &User, text: &str) {
    user.expect("document.activeElement.tagName", "H1").await;
    user.see_focus_on(text).await;
    let title = format!("{text} – Altostrat Billing");
    user.expect("document.title", title).await;
}

/// Waits for a message that has the focus.
async fn see_focus_on_message(user: &User, title: &str) {
    user.expect("clean(document.activeElement.querySelector('h2')?.textContent)", title).await;
    user.expect(RING, true).await;
}

async fn sign_in(user: &User) {
    tab_to(user, "Token").await;
    user.insert(&user.sandbox.token(Demo::Owner)).await;
    user.strike(Key::Enter, 1).await;
}

/// Opens a page and signs in there.
async fn open(user: &User, path: &str, heading: &str) {
    user.goto(path).await;
    user.see_heading("Sign in").await;
    sign_in(user).await;
    see_focus_on_heading(user, heading).await;
}

async fn follow(user: &User, link: &str, heading: &str) {
    tab_to(user, link).await;
    user.strike(Key::Enter, 1).await;
    see_focus_on_heading(user, heading).await;
}

async fn fill_in_what_is_required(user: &User) {
    tab_to(user, "Name").await;
    user.strike_text("Karoo Broadband").await;
    tab_to(user, "Email").await;
    user.strike_text("billing@karoo.example.com").await;
}

fn changed(sandbox: &Sandbox) -> Vec<Value> {
    let patches = sandbox.requests().into_iter().filter(|seen| seen.method == "PATCH");
    patches.map(|seen| seen.body.unwrap_or_default()).collect()
}

#[tokio::test]
async fn from_signing_in_to_a_new_account_and_out() {
    story(async |user| {
        open(user, "/", "Choose a workspace").await;
        follow(user, "Northwind Operations", "Billing accounts").await;
        user.see("No billing account yet").await;
        follow(user, "Create the first billing account", "New billing account").await;

        fill_in_what_is_required(user).await;
        tab_to(user, "Currency").await;
        user.strike(Key::Down, 3).await;
        user.see_value("Currency", "eur").await;
        user.strike(Key::Up, 1).await;
        user.see_value("Currency", "zar").await;
        tab_to(user, "Country").await;
        user.strike_text("Germ").await;
        user.see_value("Country", "DE").await;
        for (label, text) in [("Address line 1", "Müllerstraße 5"), ("Postal code", "13353"), ("City", "Berlin")] {
            tab_to(user, label).await;
            user.insert(text).await;
        }
        tab_back_to(user, "Country").await;
        user.strike_text("United Arab").await;
        user.see_value("Country", "AE").await;
        user.see_focus_on("Country").await;
        tab_to(user, "Clear City").await;
        user.strike(Key::Space, 1).await;
        user.see_focus_on("City").await;
        tab_back_to(user, "Name").await;
        user.insert("Karoo Breitband").await;
        tab_to(user, "Create billing account").await;
        user.strike(Key::Space, 1).await;
        see_focus_on_heading(user, "Karoo Breitband").await;
        user.expect("all('[role=status]').some(said => said.innerText.includes('Billing account created'))", true)
            .await;
        let address = json!({ "country": "AE", "line1": "Müllerstraße 5", "postal_code": "13353" });
        let body = json!({
            "name": "Karoo Breitband", "email": "billing@karoo.example.com", "currency": "zar", "address": address,
        });
        assert_eq!(user.sandbox.created(), [body]);

        tab_back_to(user, "Sign out").await;
        user.strike(Key::Enter, 1).await;
        see_focus_on_heading(user, "Sign in").await;
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
        tab_to(user, "Phone").await;
        user.insert("+49 30 1").await;
        tab_to(user, "City").await;
        user.insert("Potsdam").await;
        tab_to(user, "Undo the change of Phone").await;
        user.strike(Key::Enter, 1).await;
        user.see_focus_on("Phone").await;
        user.expect(RING, true).await;
        tab_to(user, "Save changes").await;
        user.strike(Key::Enter, 1).await;
        see_focus_on_heading(user, "Acme Netzwerke GmbH").await;
        user.see("Billing account updated").await;
        let sent = changed(&user.sandbox);
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
        tab_to(user, "Name").await;
        user.insert("Mine").await;
        tab_to(user, "Phone").await;
        user.insert("1").await;
        user.meanwhile(&account, json!({ "name": "Theirs", "phone": "2" })).await;
        user.sandbox.clear_requests();
        user.strike(Key::Enter, 1).await;
        let notice = "Someone else changed this account while you were editing it";
        see_focus_on_message(user, notice).await;
        for choice in ["Take theirs for Name", "Keep mine for Phone"] {
            assert!(changed(&user.sandbox).is_empty());
            tab_to(user, choice).await;
            user.strike(Key::Enter, 1).await;
            user.see_no(choice).await;
            user.expect("document.activeElement !== document.body", true).await;
        }
        user.see_value("Name", "Theirs").await;
        tab_to(user, "Save changes").await;
        user.strike(Key::Space, 1).await;
        see_focus_on_heading(user, "Theirs").await;
        assert_eq!(changed(&user.sandbox), [json!({ "phone": "1" })]);
    })
    .await;
}

#[tokio::test]
async fn an_ended_session_goes_on_where_it_was() {
    story(async |user| {
        user.sandbox.fault(Fault::once(FaultKind::Empty { status: 401 }).on("POST", "/billing-accounts"));
        open(user, &new_in(ASSIGNED), "New billing account").await;
        fill_in_what_is_required(user).await;
        user.strike(Key::Enter, 1).await;
        user.see("Your session has ended").await;
        user.expect("document.activeElement.closest('dialog') !== null", true).await;
        user.expect(RING, true).await;
        // Chromium closes a dialog on the second Escape, whatever the page says of the first.
        for _ in 0..3 {
            user.strike(Key::Escape, 1).await;
            user.expect("!!document.querySelector('dialog:modal')", true).await;
        }
        tab_to(user, "Stay signed in in this tab").await;
        tab_back_to(user, "Token").await;
        user.insert(&user.sandbox.token(Demo::Owner)).await;
        user.strike(Key::Enter, 1).await;
        user.expect("!!document.querySelector('dialog')", false).await;
        user.see_focus_on("Email").await;
        user.expect(RING, true).await;
        user.strike(Key::Enter, 1).await;
        see_focus_on_heading(user, "Karoo Broadband").await;
        assert_eq!(user.sandbox.accounts(ASSIGNED).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_fails_takes_the_focus_and_leads_on() {
    story(async |user| {
        user.screen_is(320).await;
        user.sandbox.fault(Fault::once(FaultKind::Html { status: 409 }).on("POST", "/billing-accounts"));
        open(user, &new_in(ASSIGNED), "New billing account").await;
        tab_to(user, "Description").await;
        user.strike_with(Key::Control, Key::Enter).await;
        see_focus_on_message(user, "There is a problem").await;
        for (sentence, label) in [("Enter a name", "Name"), ("Enter an email address", "Email")] {
            tab_to(user, sentence).await;
            user.strike(Key::Enter, 1).await;
            user.see_focus_on(label).await;
            user.expect(LABEL_IN_VIEW, true).await;
            user.expect(RING, true).await;
            user.expect("location.hash", "").await;
            tab_back_to(user, "Enter an email address").await;
        }
        fill_in_what_is_required(user).await;
        tab_to(user, "Description").await;
        user.strike_text("one").await;
        user.strike(Key::Enter, 1).await;
        user.strike_text("two").await;
        assert!(user.sandbox.created().is_empty(), "Enter alone is a new line");
        user.strike_with(Key::Control, Key::Enter).await;
        see_focus_on_message(user, "The API refused: something else got in the way").await;
        tab_to(user, "Copy details").await;
        tab_to(user, "Description").await;
        user.strike_with(Key::Meta, Key::Enter).await;
        see_focus_on_heading(user, "Karoo Broadband").await;
        let sent = user.sandbox.created();
        assert_eq!(sent.iter().map(|body| &body["description"]).collect::<Vec<_>>(), ["one\ntwo"; 2]);
    })
    .await;
}

#[tokio::test]
async fn the_focus_is_seen_at_every_stop_of_every_page() {
    story(async |user| {
        let account = format!("{}/{GERMANY}", list_of(POOLED));
        user.goto("/").await;
        user.sign_in_to_stay(&user.sandbox.token(Demo::Owner)).await;
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
            while user.ask(&format!("document.activeElement === {last}")).await != Some(true.into()) {
                user.strike(Key::Tab, 1).await;
                user.expect(RING, true).await;
                stops += 1;
                assert!(stops < FAR, "{path}: Tab does not lead to the end");
            }
            user.expect("document.activeElement.closest('main') !== null", true).await;
        }
    })
    .await;
}

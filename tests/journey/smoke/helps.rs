//! What helps around the form, and never stands in its way: the workspace, its room, a link, the other tabs.

use sandbox::{Demo, Fault, FaultKind};
use serde_json::{Value, json};

use crate::harness::fixtures::{ASSIGNED, GERMANY, POOLED, SINGLE, list_of, new_in};
use crate::harness::requests::ReceivedRequests;
use crate::harness::stage::story;
use crate::harness::user::User;

const FULL: &str = "This workspace has all the billing accounts it may have";

#[tokio::test]
async fn a_full_workspace_says_so_before_it_is_filled_in_and_when_the_last_place_is_taken_meanwhile() {
    story(async |user| {
        user.goto(&new_in(SINGLE)).await;
        user.sign_in_and_stay(&user.sandbox.token(Demo::Owner)).await;
        user.see(FULL).await;
        user.see("1 of 1 used: single billing allows one account.").await;
        user.follow("Choose another workspace").await;
        user.see_heading("Choose a workspace").await;

        // The list of a moment ago: there was a place then.
        let empty = FaultKind::json(200, &json!({ "data": [], "has_more": false }));
        user.sandbox.fault(Fault::once(empty).on("GET", &format!("/workspaces/{SINGLE}/billing-accounts")));
        user.goto(&new_in(SINGLE)).await;
        user.fill("Name", "Karoo Broadband").await;
        user.fill("Email", "billing@karoo.example.com").await;
        user.see_no(FULL).await;
        user.press("Create billing account").await;
        user.see("The API refused: there is no room for another account").await;
        user.see(FULL).await;
        user.see("1 of 1 used: single billing allows one account.").await;
        user.see_value("Name", "Karoo Broadband").await;
        user.see_value("Email", "billing@karoo.example.com").await;
        user.expect("!!link('See its billing accounts')", true).await;
        assert_eq!(user.sandbox.posts().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn every_help_may_fail_and_the_account_is_created_all_the_same() {
    story(async |user| {
        let workspace = format!("/workspaces/{ASSIGNED}");
        for path in [workspace.clone(), format!("{workspace}/billing-accounts"), format!("{workspace}/members")] {
            user.sandbox.fault(Fault::always(FaultKind::Empty { status: 500 }).on("GET", &path));
        }
        user.goto(&new_in(ASSIGNED)).await;
        user.sign_in(Demo::Owner).await;
        user.fill("Name", "Karoo Broadband").await;
        user.fill("Email", "billing@karoo.example.com").await;
        user.see(ASSIGNED).await;
        user.see_no("The API failed").await;
        user.press("Create billing account").await;
        user.see("Billing account created").await;
    })
    .await;
}

#[tokio::test]
async fn a_link_fills_in_a_form_that_is_checked_before_it_is_saved() {
    story(async |user| {
        let query = "?name=Karoo+Broadband%20%26%20Co&email=billing%40karoo&currency=ZAR&country=za";
        user.goto(&format!("{}{query}", new_in(ASSIGNED))).await;
        user.sign_in_and_stay(&user.sandbox.token(Demo::Owner)).await;
        user.see("Filled in from a link").await;
        user.see_value("Name", "Karoo Broadband & Co").await;
        user.see_value("Country", "ZA").await;
        user.see_error("Email", "Enter an email address in the correct format, like name@example.com").await;
        user.expect("location.search", "").await;
        user.fill("Email", "billing@karoo.example.com").await;
        user.press("Create billing account").await;
        user.see("Billing account created").await;
        user.see_detail("Currency", "ZAR – South African Rand").await;
        assert_eq!(user.sandbox.posts()[0]["name"], "Karoo Broadband & Co");
    })
    .await;
}

/// A tab more, with the user signed in and looking at a page.
async fn tab(user: &User, path: &str) {
    let tab = user.client.new_window(true).await.expect("a tab");
    user.client.switch_to_window(tab.handle).await.expect("the tab");
    user.goto(path).await;
    user.sign_in(Demo::Owner).await;
}

#[tokio::test]
async fn what_one_tab_saves_the_others_know() {
    story(async |user| {
        let account = format!("{}/{GERMANY}", list_of(POOLED));
        user.goto(&list_of(POOLED)).await;
        user.sign_in(Demo::Owner).await;
        user.see("Acme Netzwerke GmbH").await;
        tab(user, &format!("{account}/edit")).await;
        user.fill("Description", "Mine").await;
        tab(user, &format!("{account}/edit")).await;
        user.fill("Name", "Acme Netze").await;
        user.press("Save changes").await;
        user.see("Billing account updated").await;

        let tabs = user.client.windows().await.expect("the tabs");
        user.client.switch_to_window(tabs[1].clone()).await.expect("the form");
        user.see("This billing account was changed in another tab").await;
        user.see_value("Description", "Mine").await;
        user.press("Save changes").await;
        user.see("Someone else changed this meanwhile, and it was kept: Name.").await;
        user.see_heading("Acme Netze").await;
        user.client.switch_to_window(tabs[0].clone()).await.expect("the list");
        user.see("Acme Netze rechnung@acme.de").await;
    })
    .await;
}

/// How long the slowest keystroke in the filter keeps the browser, in milliseconds, with what it takes to lay out the
/// page. Each is struck five times, and the quickest counts: the machine has other things to do.
const KEYSTROKES: &str = "const done = arguments[arguments.length - 1];
    const filter = control('Filter by name or id');
    const texts = ['s', 'si', 'sit', 'site', 'site 4', 'site 49', 'site 499', 'site 49', ''];
    const times = texts.map(() => Infinity);
    const strike = at => {
        if (at === 5 * texts.length) return done(Math.max(...times));
        const start = performance.now();
        filter.value = texts[at % texts.length];
        filter.dispatchEvent(new Event('input', { bubbles: true }));
        queueMicrotask(() => queueMicrotask(() => queueMicrotask(() => {
            document.body.offsetHeight;
            times[at % texts.length] = Math.min(times[at % texts.length], performance.now() - start);
            setTimeout(() => strike(at + 1));
        })));
    };
    strike(0);";

#[tokio::test]
async fn of_five_thousand_workspaces_one_is_found_and_the_header_leads_to_another() {
    story(async |user| {
        let mut many: Vec<Value> = (0..5000)
            .map(|at| json!({ "id": format!("ws_{at}"), "name": format!("Site {at}"), "billing_mode": "pooled", "archived": at % 7 == 3 }))
            .collect();
        many.push(json!({ "id": POOLED, "name": "Ácme Networks", "billing_mode": "pooled" }));
        let many = FaultKind::json(200, &json!({ "data": many, "has_more": false }));
        user.sandbox.fault(Fault::once(many.clone()).on("GET", "/workspaces"));
        user.goto("/").await;
        user.sign_in(Demo::Owner).await;
        user.see("50 of 5,001 shown, type to narrow").await;
        let slowest = user.evaluate_async(KEYSTROKES).await.as_f64().expect("a time");
        println!("the slowest keystroke among 5,001 workspaces: {slowest:.1} ms");
        // A frame is 16 ms; this is for a machine that is busy.
        assert!(slowest < 50.0, "{slowest} ms");
        user.fill("Filter by name or id", "acme").await;
        user.see("1 of 5,001 matches: Enter opens it").await;
        user.see("up to 10 accounts, pooled billing").await;
        user.press_key(fantoccini::key::Key::Enter, 1).await;
        user.see_heading("Billing accounts").await;
        for width in [320, 1280] {
            user.set_screen_width(width).await;
            user.see("Acme Networks").await;
            user.expect("document.documentElement.scrollWidth <= innerWidth", true).await;
        }
        user.sandbox.fault(Fault::once(many).on("GET", "/workspaces"));
        user.follow("Switch workspace").await;
        user.see("Last used").await;
        user.expect("normalize(document.querySelector('.card-link').textContent)", "Ácme Networks").await;
    })
    .await;
}

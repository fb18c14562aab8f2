//! Choosing a workspace from the list or by its ID.

use billing_admin::api::transport::NetworkError;
use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{MockResponse, network_error, on_get, requests, respond_with};
use crate::harness::app::{open, path};
use crate::harness::fixtures::{ACCOUNTS_PATH, EMPTY_LIST};
use crate::harness::page::{assert_no_banned_words, error, focused, page_text, query, query_all, shows, text_of};
use crate::harness::storage::session_storage;
use crate::harness::user::{click, fill, find, focus, press, press_key, see, see_page, see_summary, set_value};
use crate::harness::wait::{tick, wait_for};

const THREE_WORKSPACES: &str = include_str!("../../../sandbox/fixtures/workspaces.json");

#[wasm_bindgen_test]
async fn workspaces_are_listed_and_link_to_their_accounts() {
    let _app = open("/");
    on_get("/workspaces", respond_with(200, THREE_WORKSPACES));
    let listed = [
        ("Acme Networks", "ws_a1b2c3d4e5f6g7h8"),
        ("Northwind Operations", "ws_n0r7hw1nd0p3r8t5"),
        ("Solo Consulting", "ws_s0l0c0n5ult1ng42"),
    ];
    for (name, id) in listed {
        let link = find(name).await;
        assert_eq!(link.get_attribute("href"), Some(format!("/workspaces/{id}/billing-accounts")));
    }
    on_get("/workspaces/ws_n0r7hw1nd0p3r8t5/billing-accounts", respond_with(200, EMPTY_LIST));
    press("Northwind Operations").await;
    see("No billing accounts yet").await;
    assert_eq!(path(), "/workspaces/ws_n0r7hw1nd0p3r8t5/billing-accounts");
}

#[wasm_bindgen_test]
async fn without_the_list_a_workspace_opens_by_its_id() {
    let failures = [
        (vec![respond_with(500, "")], "Something went wrong at Altostrat"),
        (vec![respond_with(403, "")], "You don’t have permission to do this"),
        (vec![respond_with(404, "<html>")], "Not found"),
        (vec![respond_with(503, ""), respond_with(503, "")], "Something went wrong at Altostrat"),
        (vec![network_error(NetworkError::Failed), network_error(NetworkError::Failed)], "No response from Altostrat"),
        (vec![network_error(NetworkError::Timeout)], "Altostrat took too long to respond"),
        (vec![respond_with(200, "<html>")], "The response couldn’t be read"),
    ];
    for (answers, message) in failures {
        let _app = open("/");
        let count = answers.len();
        answers.into_iter().for_each(|answer| on_get("/workspaces", answer));
        see(message).await;
        find("Try again").await;
        assert_eq!(requests().len(), count, "a GET is retried once, after a transient failure: {message}");

        on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
        fill("Workspace ID", " ws_1 ").await;
        press("Open workspace").await;
        see_page("Billing accounts").await;
        assert_eq!(path(), ACCOUNTS_PATH);
        see("No billing accounts yet").await;
    }
}

#[wasm_bindgen_test]
async fn one_transient_failure_is_retried_silently() {
    for failure in
        [respond_with(502, ""), respond_with(503, ""), respond_with(504, ""), network_error(NetworkError::Failed)]
    {
        let _app = open("/");
        on_get("/workspaces", failure);
        on_get("/workspaces", respond_with(200, THREE_WORKSPACES));
        find("Acme Networks").await;
        assert!(!shows("Try again"));
    }
}

#[wasm_bindgen_test]
async fn try_again_loads_the_list() {
    let _app = open("/");
    on_get("/workspaces", respond_with(500, ""));
    find("Try again").await;
    on_get("/workspaces", respond_with(200, THREE_WORKSPACES));
    press("Try again").await;
    find("Acme Networks").await;
    wait_for("no failure", || !shows("Something went wrong")).await;
}

#[wasm_bindgen_test]
async fn a_workspace_opens_by_its_id_while_the_list_loads() {
    let _app = open("/");
    on_get("/workspaces", MockResponse::Deferred);
    fill("Workspace ID", "ws_1").await;
    on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
    press_key("Workspace ID", "Enter", false).await;
    see_page("Billing accounts").await;
}

#[wasm_bindgen_test]
async fn a_text_that_is_not_an_id_is_an_error() {
    for typed in ["", "   ", ".", "..", "\u{200B}"] {
        let _app = open("/");
        on_get("/workspaces", respond_with(200, THREE_WORKSPACES));
        fill("Workspace ID", typed).await;
        press("Open workspace").await;
        assert_eq!(see_summary().await, ["Enter a workspace ID, like ws_a1b2c3d4"], "{typed:?}");
        assert_eq!(error("Workspace ID").as_deref(), Some("Enter a workspace ID, like ws_a1b2c3d4"));
        assert_eq!(path(), "/");
        assert!(document().title().starts_with("Error: "));
        assert_no_banned_words(&page_text());
    }
}

#[wasm_bindgen_test]
async fn a_workspace_with_an_unknown_mode_is_listed() {
    let _app = open("/");
    let odd = r#"{"data":[{"id":"ws_9","billing_mode":"galactic","archived":true},{"no":"id"},7],"has_more":true}"#;
    on_get("/workspaces", respond_with(200, odd));
    find("ws_9").await;
    see("Archived").await;
    see("Galactic").await;
    see("Not all workspaces are listed.").await;
}

/// A list of this many workspaces, the third of them archived.
fn many(count: usize) -> String {
    let one = |at| {
        let archived = at == 2;
        format!(r#"{{"id":"ws_{at}","name":"Çité Nº {at}","billing_mode":"pooled","archived":{archived}}}"#)
    };
    format!(r#"{{"data":[{}]}}"#, (0..count).map(one).collect::<Vec<_>>().join(","))
}

fn cards() -> Vec<String> {
    query_all(".card-link").iter().map(text_of).collect()
}

#[wasm_bindgen_test]
async fn filtering_5000_workspaces_keeps_up_with_typing() {
    let _app = open("/");
    on_get("/workspaces", respond_with(200, many(5000)));
    see("50 of 5,000 workspaces. Type to narrow").await;
    assert_eq!(cards().len(), 50);
    let filter = focus("Search workspaces").await;
    let clock = || window().performance().expect("a clock").now();
    let mut slowest: f64 = 0.0;
    for typed in ["c", "ci", "cit", "cité", "cite n", "cite no 49", "cite no 499", "cite no 4999"] {
        let start = clock();
        set_value(&filter, typed);
        tick().await;
        slowest = slowest.max(clock() - start);
        assert!(cards().len() <= 50, "{typed}");
    }
    // This build is not optimised; the release build takes a tenth.
    assert!(slowest < 100.0, "a keystroke took {slowest} ms");
    wait_for("the only match", || cards() == ["Çité Nº 4999"]).await;
    see("1 of 5,000 workspaces. Press Enter to open").await;
    assert!(filter.is_same_node(Some(&focused())), "the focus stays in the filter");
    on_get("/workspaces/ws_4999/billing-accounts", respond_with(200, EMPTY_LIST));
    press_key("Search workspaces", "Enter", false).await;
    see_page("Billing accounts").await;
    assert_eq!(path(), "/workspaces/ws_4999/billing-accounts");
}

#[wasm_bindgen_test]
async fn the_filter_matches_names_and_ids() {
    let _app = open("/");
    on_get("/workspaces", respond_with(200, many(4)));
    for (typed, matches) in [("WS_3", vec!["Çité Nº 3"]), ("  CITE   1 ", vec!["Çité Nº 1"]), ("berlin", vec![])]
    {
        fill("Search workspaces", typed).await;
        wait_for(typed, || cards() == matches).await;
    }
    see("No workspaces match.").await;
    press_key("Search workspaces", "Enter", false).await;
    assert_eq!(path(), "/", "Enter opens a workspace only if it is the only match");
    fill("Search workspaces", "").await;
    wait_for("all workspaces", || cards().len() == 4).await;
    press_key("Search workspaces", "Enter", false).await;
    assert_eq!(path(), "/");
    assert_eq!(query_all("h2").iter().map(text_of).collect::<Vec<_>>()[..2], ["Other workspaces", "Archived"]);
    assert_eq!(cards()[3], "Çité Nº 2", "archived workspaces come last");
}

#[wasm_bindgen_test]
async fn the_number_of_matches_is_announced_after_a_pause() {
    let _app = open("/");
    on_get("/workspaces", respond_with(200, many(20)));
    fill("Search workspaces", "cite").await;
    let message = || query_all("[aria-live=polite]").iter().map(text_of).collect::<String>();
    assert_eq!(message(), "", "no announcement at the keystroke");
    wait_for("the announced number", || message() == "20 of 20 workspaces").await;
}

#[wasm_bindgen_test]
async fn recent_workspaces_come_first_until_sign_out() {
    let _app = open("/");
    on_get("/workspaces", respond_with(200, many(12)));
    for id in ["ws_3", "ws_9"] {
        fill("Workspace ID", id).await;
        on_get(&format!("/workspaces/{id}/billing-accounts"), respond_with(200, EMPTY_LIST));
        press("Open workspace").await;
        see("No billing accounts yet").await;
        on_get("/workspaces", respond_with(200, many(12)));
        click(query("a.switcher").expect("the switcher").unchecked_ref());
    }
    see("Recent").await;
    assert_eq!(cards()[..3], ["Çité Nº 9", "Çité Nº 3", "Çité Nº 0"]);
    let stored = session_storage().get_item("altostrat.recent").expect("storage").expect("the ids");
    assert!(stored.contains(r#"["ws_9","ws_3"]"#) && !stored.contains("it") && !stored.contains("auth0"), "{stored}");
    press("Sign out").await;
    see_page("Sign in").await;
    assert_eq!(session_storage().get_item("altostrat.recent"), Ok(None));
}

#[wasm_bindgen_test]
async fn garbage_in_the_storage_does_not_break_the_list() {
    let others = r#"{"version":1,"user":"811c9dc5","workspaces":["ws_1"]}"#;
    for garbage in ["", "null", "[\"ws_1\"]", "\n\n\n", others, "%\u{0}\u{ffff}"] {
        let _app = open("/");
        session_storage().set_item("altostrat.recent", garbage).expect("storage");
        on_get("/workspaces", respond_with(200, THREE_WORKSPACES));
        find("Acme Networks").await;
        assert!(!shows("Recent"), "{garbage:?}");
    }
}

//! Where one works: choosing a workspace, by the list or by its id.

use billing_admin::api::transport::NoReply;
use leptos::prelude::document;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::acme::{ACCOUNTS, MEMBERS, NEW, members};
use crate::api::{Answer, answer, asked, lost, on_get, release, reply};
use crate::stage::{open, path, settle, turn};
use crate::user::{
    all, error, fill, find, focused, maybe, press, press_key, see, see_page, see_summary, shows, type_in, value, words,
};

const THREE: &str = include_str!("../../sandbox/fixtures/workspaces.json");
const NO_ACCOUNTS: &str = r#"{"data":[],"has_more":false}"#;

#[wasm_bindgen_test]
async fn my_workspaces_are_listed_and_lead_to_their_accounts() {
    let _stage = open("/");
    on_get("/workspaces", answer(200, THREE));
    let listed = [
        ("Acme Networks", "ws_a1b2c3d4e5f6g7h8"),
        ("Northwind Operations", "ws_n0r7hw1nd0p3r8t5"),
        ("Solo Consulting", "ws_s0l0c0n5ult1ng42"),
    ];
    for (name, id) in listed {
        let link = find(name).await;
        assert_eq!(link.get_attribute("href"), Some(format!("/workspaces/{id}/billing-accounts")));
    }
    on_get("/workspaces/ws_n0r7hw1nd0p3r8t5/billing-accounts", answer(200, NO_ACCOUNTS));
    press("Northwind Operations").await;
    see("No billing account yet").await;
    assert_eq!(path(), "/workspaces/ws_n0r7hw1nd0p3r8t5/billing-accounts");
}

#[wasm_bindgen_test]
async fn while_the_list_cannot_be_had_an_id_leads_on() {
    let failures = [
        (vec![answer(500, "")], "The API failed (status 500)"),
        (vec![answer(403, "")], "You are not allowed to do this"),
        (vec![answer(404, "<html>")], "Not found: the API knows nothing under this URL"),
        (vec![answer(503, ""), answer(503, "")], "The API failed (status 503)"),
        (vec![lost(NoReply::Network), lost(NoReply::Network)], "No answer from the API"),
        (vec![lost(NoReply::Timeout)], "The API did not answer in time"),
        (vec![answer(200, "<html>")], "The API’s answer could not be read"),
    ];
    for (answers, said) in failures {
        let _stage = open("/");
        let count = answers.len();
        answers.into_iter().for_each(|answer| on_get("/workspaces", answer));
        see(said).await;
        find("Try again").await;
        assert_eq!(asked().len(), count, "a GET is repeated once, after a fault that passes: {said}");

        on_get(ACCOUNTS, answer(200, NO_ACCOUNTS));
        fill("Workspace id", " ws_1 ").await;
        press("Open workspace").await;
        see_page("Billing accounts").await;
        assert_eq!(path(), ACCOUNTS);
        see("No billing account yet").await;
    }
}

#[wasm_bindgen_test]
async fn a_gateway_that_stumbles_once_is_not_noticed() {
    for stumble in [answer(502, ""), answer(503, ""), answer(504, ""), lost(NoReply::Network)] {
        let _stage = open("/");
        on_get("/workspaces", stumble);
        on_get("/workspaces", answer(200, THREE));
        find("Acme Networks").await;
        assert!(!shows("Try again"));
    }
}

#[wasm_bindgen_test]
async fn trying_again_loads_the_list_after_all() {
    let _stage = open("/");
    on_get("/workspaces", answer(500, ""));
    find("Try again").await;
    on_get("/workspaces", answer(200, THREE));
    press("Try again").await;
    find("Acme Networks").await;
    settle("no failure", || !shows("The API failed")).await;
}

#[wasm_bindgen_test]
async fn an_id_can_be_typed_and_entered_while_the_list_is_on_its_way() {
    let _stage = open("/");
    on_get("/workspaces", Answer::Later);
    fill("Workspace id", "ws_1").await;
    on_get(ACCOUNTS, answer(200, NO_ACCOUNTS));
    press_key("Workspace id", "Enter", false).await;
    see_page("Billing accounts").await;
}

#[wasm_bindgen_test]
async fn a_text_that_names_no_workspace_is_said_so() {
    for typed in ["", "   ", ".", "..", "\u{200B}"] {
        let _stage = open("/");
        on_get("/workspaces", answer(200, THREE));
        fill("Workspace id", typed).await;
        press("Open workspace").await;
        assert_eq!(see_summary().await, ["Enter a workspace id, like ws_a1b2c3d4e5f6g7h8"], "{typed:?}");
        assert_eq!(error("Workspace id").as_deref(), Some("Enter a workspace id, like ws_a1b2c3d4e5f6g7h8"));
        assert_eq!(path(), "/");
        assert!(document().title().starts_with("Error: "));
    }
}

#[wasm_bindgen_test]
async fn a_workspace_of_a_mode_that_is_not_known_is_listed_all_the_same() {
    let _stage = open("/");
    let odd = r#"{"data":[{"id":"ws_9","billing_mode":"galactic","archived":true},{"no":"id"},7],"has_more":true}"#;
    on_get("/workspaces", answer(200, odd));
    find("ws_9").await;
    see("galactic billing, archived").await;
    see("There are more workspaces than are listed here").await;
}

#[wasm_bindgen_test]
async fn a_viewer_is_told_why_there_is_no_form() {
    for page in [NEW.to_owned(), ACCOUNTS.to_owned(), format!("{ACCOUNTS}/cus_1")] {
        let _stage = open(&page);
        on_get(MEMBERS, answer(200, members("viewer")));
        if page != NEW {
            on_get(&page, answer(200, r#"{"id":"cus_1","data":[]}"#));
        }
        settle("the reason", || shows("Your role in this workspace is viewer") || shows("You are a viewer")).await;
        assert!(maybe("form").is_none() && !shows("Edit") && !shows("New billing account New"));
    }
}

#[wasm_bindgen_test]
async fn a_role_that_is_known_late_does_not_disturb_the_typing() {
    for role in ["owner", "admin", "galactic"] {
        let _stage = open(NEW);
        on_get(MEMBERS, Answer::Later);
        fill("Name", "Acme").await;
        let typing = focused();
        release(Ok(reply(200, members(role))));
        turn().await;
        type_in("Email", "a@b.c").await;
        assert_eq!([value("Name"), value("Email")], ["Acme", "a@b.c"]);
        assert!(typing.is_connected(), "the form is not built anew");
        let is_said = || all("[aria-live=polite]").iter().any(|region| words(region) == "96 characters remaining");
        settle("what was about to be announced", is_said).await;
    }
}

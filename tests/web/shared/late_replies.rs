//! A reply that arrives after its page was left changes nothing on the page that is shown.
//!
//! What becomes of the stored draft then: `unknown_outcome`. Which questions are asked before: `leaving`.

use billing_admin::api::transport::NetworkError;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::form::edit::PATH;
use crate::form::unknown_outcome::{account as new_account, kept};
use crate::harness::api::{Answer, Outcome, answer, asked, deletes, lost, on_delete, on_get, on_post, release, reply};
use crate::harness::fixtures::{
    self as acme, ACCOUNT, ACCOUNTS, MEMBERS, NEW, OTHER_ACCOUNT, OTHER_PATH, SAVE, members,
};
use crate::harness::user::{fill, follow, maybe, press, see, see_page, shows};
use crate::harness::{open, path, root, settle, turn};

/// A page that loads nothing.
const ELSEWHERE: &str = "/nowhere";

async fn leave() {
    follow(ELSEWHERE).await;
    see_page("Page not found").await;
}

/// Answers the request that has waited longest, and checks that the page stays as it is.
async fn assert_reply_changes_nothing(outcome: Outcome) {
    let before = (path(), root().inner_html());
    release(outcome).await;
    turn().await;
    assert_eq!((path(), root().inner_html()), before);
}

#[wasm_bindgen_test]
async fn a_late_reply_to_a_load_changes_nothing() {
    let edit = format!("{PATH}/edit");
    let list = format!(r#"{{"data":[{ACCOUNT}]}}"#);
    let loads =
        [("/", "/workspaces", &*list), (ACCOUNTS, ACCOUNTS, &list), (PATH, PATH, ACCOUNT), (&edit, PATH, ACCOUNT)];
    for (page, resource, body) in loads {
        for outcome in [Ok(reply(200, body)), Ok(reply(404, "{}")), Ok(reply(401, "{}")), Err(NetworkError::Timeout)] {
            let _stage = open(page);
            on_get(resource, Answer::Later);
            settle("the request", || asked().len() == 1).await;
            leave().await;
            assert_reply_changes_nothing(outcome).await;
        }
    }
}

#[wasm_bindgen_test]
async fn a_late_reply_to_a_load_changes_nothing_after_sign_out() {
    for page in ["/", ACCOUNTS, PATH] {
        let _stage = open(page);
        on_get(if page == "/" { "/workspaces" } else { page }, Answer::Later);
        settle("the request", || asked().len() == 1).await;
        press("Sign out").await;
        see_page("Sign in").await;
        assert_reply_changes_nothing(Ok(reply(200, ACCOUNT))).await;
    }
}

#[wasm_bindgen_test]
async fn a_late_reply_does_not_replace_another_account() {
    for outcome in [Ok(reply(200, ACCOUNT)), Ok(reply(404, "{}"))] {
        let _stage = open(PATH);
        on_get(PATH, Answer::Later);
        settle("the request", || asked().len() == 1).await;
        on_get(OTHER_PATH, answer(200, OTHER_ACCOUNT));
        follow(OTHER_PATH).await;
        see("billing@globex.example").await;
        release(outcome).await;
        turn().await;
        see_page("Globex GmbH").await;
        assert!(shows("billing@globex.example") && !shows("ACME Corp") && !shows("Not found"));
    }
}

/// Whose role it is, how much room there is, and which accounts are alike: all of that is loaded in the background.
#[wasm_bindgen_test]
async fn late_replies_to_background_loads_change_nothing() {
    let _stage = open(NEW);
    let list = format!(r#"{{"data":[{ACCOUNT}]}}"#);
    for resource in [MEMBERS, ACCOUNTS, "/workspaces/ws_1"] {
        on_get(resource, Answer::Later);
    }
    fill("Name", "ACME Corp Billing").await;
    settle("the requests", || asked().len() == 3).await;
    leave().await;
    for asked in asked() {
        let body = match &*asked.path {
            MEMBERS => members("viewer"),
            ACCOUNTS => list.clone(),
            _ => r#"{"id":"ws_1","name":"Acme","billing_mode":"single"}"#.to_owned(),
        };
        assert_reply_changes_nothing(Ok(reply(200, body))).await;
    }
}

#[wasm_bindgen_test]
async fn a_late_reply_to_a_deletion_changes_nothing() {
    for outcome in [Ok(reply(204, "")), Ok(reply(422, "{}")), Err(NetworkError::Timeout)] {
        let _stage = open(PATH);
        on_get(PATH, answer(200, ACCOUNT));
        press("Delete").await;
        fill("Type the account’s name to confirm", "ACME Corp Billing").await;
        on_delete(PATH, Answer::Later);
        press("Delete billing account").await;
        settle("the request", || deletes().len() == 1).await;
        follow(ELSEWHERE).await;
        press("Leave").await;
        see_page("Page not found").await;
        settle("no dialog", || maybe("dialog").is_none()).await;
        assert_reply_changes_nothing(outcome).await;
    }
}

#[wasm_bindgen_test]
async fn a_late_reply_to_the_check_of_a_save_changes_nothing() {
    let created = json!({ "data": [new_account("cus_2", "Acme", 1.0)] }).to_string();
    for outcome in [Ok(reply(200, created)), Ok(reply(500, "")), Err(NetworkError::Timeout)] {
        let _stage = open(NEW);
        acme::fill_in_what_is_required().await;
        on_post(ACCOUNTS, lost(NetworkError::Failed));
        press(SAVE).await;
        on_get(ACCOUNTS, Answer::Later);
        press("Check whether it was created").await;
        see("Checking…").await;
        leave().await;
        let draft = kept("/ws_1");
        assert_reply_changes_nothing(outcome).await;
        assert!(draft.is_some() && kept("/ws_1") == draft, "the unanswered save is still known");
    }
}

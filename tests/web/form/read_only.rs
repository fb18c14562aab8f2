//! The user's role is known late: it never takes what was typed.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{MockResponse, on_get, resolve_next, respond_with, response};
use crate::harness::app::open;
use crate::harness::fixtures::{ACCOUNT, ACCOUNT_PATH, CREATE, MEMBERS_PATH, NEW_PATH, edit_path, members_with_role};
use crate::harness::page::{has_focus, query, query_all, shows, text_of, value};
use crate::harness::user::{fill, find, focus, see, see_focus_on_heading, see_page, type_in};
use crate::harness::wait::wait_for;

const LOOKING: &str = "You can view billing accounts here, but not change them";

#[wasm_bindgen_test]
async fn a_viewer_who_has_typed_keeps_the_form_and_is_warned() {
    for (path, save) in [(NEW_PATH.to_owned(), CREATE), (format!("{ACCOUNT_PATH}/edit"), "Save changes")] {
        let _app = open(&path);
        if path != NEW_PATH {
            on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
        }
        on_get(MEMBERS_PATH, MockResponse::Deferred);
        fill("Name", "Mine").await;
        let name = focus("Name").await;
        resolve_next(Ok(response(200, members_with_role("viewer")))).await;
        see(LOOKING).await;
        see("What you typed is still here").await;
        let is_said = || query_all("[role=status]").iter().any(|region| text_of(region).starts_with(LOOKING));
        wait_for("it is said", is_said).await;
        assert!(name.is_connected() && has_focus(&name), "{path}");
        type_in("Name", "!").await;
        assert_eq!(value("Name"), "Mine!");
        find(save).await;
    }
}

#[wasm_bindgen_test]
async fn a_viewer_who_has_typed_nothing_gets_the_read_only_page() {
    let _app = open(NEW_PATH);
    on_get(MEMBERS_PATH, MockResponse::Deferred);
    focus("Name").await;
    resolve_next(Ok(response(200, members_with_role("viewer")))).await;
    see(LOOKING).await;
    wait_for("no form", || query("form").is_none()).await;
    see_focus_on_heading().await;

    let _app = open(&edit_path());
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    on_get(MEMBERS_PATH, MockResponse::Deferred);
    focus("Name").await;
    resolve_next(Ok(response(200, members_with_role("viewer")))).await;
    see(LOOKING).await;
    wait_for("no form", || query("form").is_none()).await;
    see_focus_on_heading().await;
    assert!(shows("ACME Corp Billing"));
    see_page("Edit billing account").await;
}

//! The user's role is known late: it never takes what was typed.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::form::edit::PATH;
use crate::harness::api::{Answer, answer, on_get, release, reply};
use crate::harness::fixtures::{ACCOUNT, MEMBERS, NEW, SAVE, members};
use crate::harness::user::{all, enter, fill, find, focused, maybe, see, see_page, shows, type_in, value, words};
use crate::harness::{open, settle};

const LOOKING: &str = "You can view billing accounts here, but not change them";

#[wasm_bindgen_test]
async fn a_viewer_who_has_typed_keeps_the_form_and_is_told() {
    for (path, save) in [(NEW.to_owned(), SAVE), (format!("{PATH}/edit"), "Save changes")] {
        let _stage = open(&path);
        if path != NEW {
            on_get(PATH, answer(200, ACCOUNT));
        }
        on_get(MEMBERS, Answer::Later);
        fill("Name", "Mine").await;
        let name = enter("Name").await;
        release(Ok(reply(200, members("viewer")))).await;
        see(LOOKING).await;
        see("What you typed is still here").await;
        let is_said = || all("[role=status]").iter().any(|region| words(region).starts_with(LOOKING));
        settle("it is said", is_said).await;
        assert!(name.is_connected() && focused().is_same_node(Some(&name)), "{path}");
        type_in("Name", "!").await;
        assert_eq!(value("Name"), "Mine!");
        find(save).await;
    }
}

#[wasm_bindgen_test]
async fn a_viewer_who_has_typed_nothing_is_shown_what_there_is_to_see() {
    let _stage = open(NEW);
    on_get(MEMBERS, Answer::Later);
    enter("Name").await;
    release(Ok(reply(200, members("viewer")))).await;
    see(LOOKING).await;
    settle("no form", || maybe("form").is_none()).await;
    settle("the focus on the heading", || focused().tag_name() == "H1").await;

    let _stage = open(&format!("{PATH}/edit"));
    on_get(PATH, answer(200, ACCOUNT));
    on_get(MEMBERS, Answer::Later);
    enter("Name").await;
    release(Ok(reply(200, members("viewer")))).await;
    see(LOOKING).await;
    settle("no form", || maybe("form").is_none()).await;
    settle("the focus on the heading", || focused().tag_name() == "H1").await;
    assert!(shows("ACME Corp Billing"));
    see_page("Edit billing account").await;
}

//! The token is renewed before it expires and after a 401. A GET is then sent again, and a save never is.

use billing_admin::session::oidc::http::NetworkError;
use leptos::prelude::window;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{deletes, gets, on_delete, on_get, on_patch, on_post, patches, posts, respond_with};
use crate::harness::delete_dialog::{ACCOUNT_NAME, CONFIRM_NAME, DELETE};
use crate::harness::dialog::{dialog_is_open, see_dialog, see_no_dialog};
use crate::harness::fixtures::{
    ACCOUNT, ACCOUNT_PATH, ACCOUNTS_PATH, CREATE, EMPTY_LIST, NEW_PATH, SAVE_CHANGES, edit_path, respond_created,
};
use crate::harness::form::{assert_form_is_unchanged, fill_every_field};
use crate::harness::page::{shows, value};
use crate::harness::provider::{
    HOUR, Reply, is_token_number, on_token, open_signed_in, parameter, refused, token_requests, visited,
};
use crate::harness::user::{fill, press, see, see_page};
use crate::harness::wait::{tick, wait_for};

#[wasm_bindgen_test]
async fn the_token_is_renewed_before_it_expires() {
    let _app = open_signed_in(NEW_PATH, 3.0).await;
    see_page("New billing account").await;
    assert!(!shows("Your session ends"), "it renews itself");
    wait_for("the renewal", || token_requests().len() == 2).await;
    let form = token_requests().pop().unwrap();
    assert_eq!(parameter(&form, "grant_type").as_deref(), Some("refresh_token"));
    assert_eq!(parameter(&form, "refresh_token").as_deref(), Some("refresh-1"));
    on_post(ACCOUNTS_PATH, respond_created());
    fill_every_field().await;
    press(CREATE).await;
    see_page("ACME Corp Billing").await;
    assert!(posts().len() == 1 && is_token_number(&posts()[0].authorization, 2));
    assert!(!dialog_is_open() && visited().len() == 1);
}

#[wasm_bindgen_test]
async fn a_get_with_a_401_is_sent_again_after_the_renewal() {
    let _app = open_signed_in(ACCOUNTS_PATH, HOUR).await;
    on_get(ACCOUNTS_PATH, respond_with(401, ""));
    on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
    see("No billing account").await;
    let numbers: Vec<_> = gets().iter().map(|get| is_token_number(&get.authorization, 2)).collect();
    assert_eq!(numbers, [false, true]);
    assert_eq!(token_requests().len(), 2);
    assert!(!dialog_is_open());
}

#[wasm_bindgen_test]
async fn a_get_is_sent_again_only_once() {
    let _app = open_signed_in(ACCOUNTS_PATH, HOUR).await;
    on_get(ACCOUNTS_PATH, respond_with(401, ""));
    on_get(ACCOUNTS_PATH, respond_with(401, ""));
    see_dialog("Your session has ended").await;
    assert_eq!((gets().len(), token_requests().len()), (2, 2));
}

#[wasm_bindgen_test]
async fn a_post_with_a_401_is_not_sent_again() {
    let _app = open_signed_in(NEW_PATH, HOUR).await;
    on_post(ACCOUNTS_PATH, respond_with(401, ""));
    fill_every_field().await;
    press(CREATE).await;
    see("You’re signed in again").await;
    see("Try again.").await;
    tick().await;
    assert_eq!((posts().len(), token_requests().len()), (1, 2));
    assert!(!dialog_is_open());
    assert_form_is_unchanged("a renewal");
    on_post(ACCOUNTS_PATH, respond_created());
    press(CREATE).await;
    see_page("ACME Corp Billing").await;
    assert!(posts().len() == 2 && is_token_number(&posts()[1].authorization, 2));
}

#[wasm_bindgen_test]
async fn a_patch_with_a_401_is_not_sent_again() {
    let _app = open_signed_in(&edit_path(), HOUR).await;
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    fill("Name", "Mine").await;
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    on_patch(ACCOUNT_PATH, respond_with(401, ""));
    press(SAVE_CHANGES).await;
    see("You’re signed in again").await;
    tick().await;
    assert_eq!((patches().len(), token_requests().len(), value("Name").as_str()), (1, 2, "Mine"));
}

#[wasm_bindgen_test]
async fn a_delete_with_a_401_is_not_sent_again() {
    let _app = open_signed_in(ACCOUNT_PATH, HOUR).await;
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    press("Delete").await;
    fill(CONFIRM_NAME, ACCOUNT_NAME).await;
    on_delete(ACCOUNT_PATH, respond_with(401, ""));
    press(DELETE).await;
    see("You’re signed in again").await;
    tick().await;
    assert_eq!((deletes().len(), token_requests().len()), (1, 2));
}

#[wasm_bindgen_test]
async fn a_token_that_is_about_to_expire_is_renewed_before_a_save() {
    let _app = open_signed_in(NEW_PATH, 50.0).await;
    fill_every_field().await;
    on_post(ACCOUNTS_PATH, respond_created());
    press(CREATE).await;
    see_page("ACME Corp Billing").await;
    assert!(posts().len() == 1 && is_token_number(&posts()[0].authorization, 2));
}

#[wasm_bindgen_test]
async fn a_renewal_without_an_answer_is_tried_again_under_the_dialog() {
    let _app = open_signed_in(NEW_PATH, HOUR).await;
    on_post(ACCOUNTS_PATH, respond_with(401, ""));
    on_token(Reply::Lost(NetworkError::Failed));
    fill_every_field().await;
    press(CREATE).await;
    see_dialog("Your session has ended").await;
    window().dispatch_event(&web_sys::Event::new("online").unwrap()).unwrap();
    see_no_dialog().await;
    assert_form_is_unchanged("a late renewal");
    let forms = token_requests();
    assert_eq!(parameter(&forms[2], "refresh_token").as_deref(), Some("refresh-1"));
    on_post(ACCOUNTS_PATH, respond_created());
    press(CREATE).await;
    see_page("ACME Corp Billing").await;
    assert!(posts().len() == 2 && is_token_number(&posts()[1].authorization, 2));
}

#[wasm_bindgen_test]
async fn a_refused_renewal_is_not_tried_again() {
    let _app = open_signed_in(NEW_PATH, HOUR).await;
    on_post(ACCOUNTS_PATH, respond_with(401, ""));
    on_token(refused("Revoked."));
    fill_every_field().await;
    press(CREATE).await;
    see_dialog("Your session has ended").await;
    window().dispatch_event(&web_sys::Event::new("online").unwrap()).unwrap();
    tick().await;
    tick().await;
    see_dialog("Your session has ended").await;
    assert_eq!(token_requests().len(), 2);
}

#[wasm_bindgen_test]
async fn a_refused_renewal_covers_the_page_and_keeps_the_form() {
    for reply in [refused("The refresh token was used before."), Reply::Lost(NetworkError::Failed)] {
        let _app = open_signed_in(NEW_PATH, HOUR).await;
        on_post(ACCOUNTS_PATH, respond_with(401, ""));
        on_token(reply);
        fill_every_field().await;
        press(CREATE).await;
        see_dialog("Your session has ended").await;
        assert_form_is_unchanged("a refused renewal");
        assert_eq!((posts().len(), token_requests().len()), (1, 2));
    }
}

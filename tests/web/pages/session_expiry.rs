//! The end of a session: the notice before it, and signing in again without losing the draft.

use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, EventInit};

use crate::harness::api::{
    MockResponse, no_requests, on_get, on_post, posts, requests, resolve_next, respond_with, response,
};
use crate::harness::app::{TestApp, open, open_signed_out, open_with_token, root};
use crate::harness::clock::WrongClock;
use crate::harness::dialog::{dialog_is_open, see_dialog, see_no_dialog};
use crate::harness::fixtures::{ACCOUNT, ACCOUNTS_PATH, CREATE, EMPTY_LIST, NEW_PATH, respond_created};
use crate::harness::form::{assert_form_is_unchanged, fill_every_field, fill_required_fields};
use crate::harness::page::{error, has_focus, is_checked, query, shows, text_of, topmost, value};
use crate::harness::storage::{TOKEN_KEY, session_storage};
use crate::harness::tokens::{YEAR_2100, token, token_expiring_in, token_with_claims};
use crate::harness::user::{dispatch, fill, find, focus, press, see, see_focus_on, see_page, see_summary};
use crate::harness::wait::{sleep, tick, wait_for};

fn open_for(path: &str, seconds: f64) -> TestApp {
    open_with_token(path, Some(&token_expiring_in(seconds)))
}

#[wasm_bindgen_test]
async fn the_expiry_notice_does_not_take_the_focus() {
    let _app = open_for(NEW_PATH, 240.0);
    let name = focus("Name").await;
    see("Your session ends at").await;
    let notice = query(".session-end").unwrap();
    assert_eq!(notice.get_attribute("role").as_deref(), Some("status"));
    assert!(has_focus(&name));
    assert!(query("dialog").is_none());
}

#[wasm_bindgen_test]
async fn a_distant_expiry_shows_no_notice() {
    for seconds in [310.0, 1e9, 1e300] {
        let _app = open_for(NEW_PATH, seconds);
        see_page("New billing account").await;
        tick().await;
        assert!(!shows("Your session ends") && !shows("Sign in again"));
    }
}

/// Browser timers are limited to 24 days; a longer delay would fire at once, again and again.
#[wasm_bindgen_test]
async fn the_expiry_notice_appears_five_minutes_before() {
    let _app = open_for(NEW_PATH, 301.0);
    see_page("New billing account").await;
    assert!(!shows("Your session ends at"));
    see("Your session ends at").await;
}

#[wasm_bindgen_test]
async fn signing_in_again_before_the_expiry_keeps_the_form() {
    let _app = open_for(NEW_PATH, 200.0);
    fill_every_field().await;
    press("Sign in again").await;
    see_dialog("Sign in again").await;
    press("Not now").await;
    see_no_dialog().await;
    see_focus_on("Sign in again").await;
    press("Sign in again").await;
    let fresh = token("Ada Lovelace", YEAR_2100);
    fill("Token", &fresh).await;
    press("Sign in").await;
    see_no_dialog().await;
    wait_for("no notice", || !shows("Your session ends at")).await;
    assert_form_is_unchanged("signing in again");
    on_post(ACCOUNTS_PATH, respond_created());
    press(CREATE).await;
    see_page("ACME Corp Billing").await;
    assert_eq!(posts()[0].authorization, format!("Bearer {fresh}"));
}

#[wasm_bindgen_test]
async fn a_token_in_its_last_minute_sends_no_request() {
    let _app = open_for(NEW_PATH, 61.0);
    fill_every_field().await;
    sleep(1500).await;
    see("Sign in again to save.").await;
    press(CREATE).await;
    see_dialog("Your session has ended").await;
    see("The account wasn’t created.").await;
    assert!(posts().is_empty());
    assert_eq!(session_storage().get_item(TOKEN_KEY), Ok(None));
    fill("Token", &token("Ada Lovelace", YEAR_2100)).await;
    press("Sign in").await;
    see_no_dialog().await;
    assert_form_is_unchanged("signing in again");
    on_post(ACCOUNTS_PATH, respond_created());
    press(CREATE).await;
    see_page("ACME Corp Billing").await;
}

#[wasm_bindgen_test]
async fn a_token_that_ends_within_a_minute_does_not_sign_in() {
    let _app = open_signed_out("/");
    fill("Token", &token_expiring_in(50.0)).await;
    press("Sign in").await;
    see_summary().await;
    assert!(
        error("Token").unwrap().starts_with("This token expires in less than a minute, or this computer’s clock (")
    );
    assert!(no_requests());
    drop(_app);
    let _app = open_for("/", 50.0);
    see_page("Sign in").await;
    assert_eq!(session_storage().get_item(TOKEN_KEY), Ok(None));
}

#[wasm_bindgen_test]
async fn another_user_over_a_form_is_told_whose_draft_it_is() {
    let _app = open(NEW_PATH);
    on_post(ACCOUNTS_PATH, respond_with(401, ""));
    fill_every_field().await;
    press(CREATE).await;
    see_dialog("Your session has ended").await;
    let claims = serde_json::json!({ "sub": "auth0|2", "name": "Grace Hopper", "exp": YEAR_2100 });
    fill("Token", &token_with_claims(&claims)).await;
    press("Sign in").await;
    see("You’re now signed in as Grace Hopper").await;
    see("as Ada Lovelace").await;
    assert_form_is_unchanged("a sign-in by another user");
    on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
    press("Cancel").await;
    if query("dialog").is_some() {
        press("Leave").await;
    }
    see_page("Billing accounts").await;
    wait_for("no notice", || !shows("You’re now signed in as")).await;
}

#[wasm_bindgen_test]
async fn another_user_reloads_the_page() {
    let _app = open_for(ACCOUNTS_PATH, 200.0);
    on_get(ACCOUNTS_PATH, respond_with(200, format!(r#"{{"data":[{}]}}"#, ACCOUNT)));
    see("ACME Corp Billing").await;
    press("Sign in again").await;
    on_get(ACCOUNTS_PATH, respond_with(403, ""));
    let claims = serde_json::json!({ "sub": "auth0|2", "name": "Grace Hopper", "exp": YEAR_2100 });
    fill("Token", &token_with_claims(&claims)).await;
    press("Sign in").await;
    see("You don’t have permission to do this").await;
    assert!(!shows("ACME Corp Billing"));
    assert_eq!(requests().len(), 2);
}

#[wasm_bindgen_test]
async fn the_same_user_does_not_reload_the_page() {
    let _app = open_for(ACCOUNTS_PATH, 200.0);
    on_get(ACCOUNTS_PATH, respond_with(200, format!(r#"{{"data":[{}]}}"#, ACCOUNT)));
    see("ACME Corp Billing").await;
    press("Sign in again").await;
    fill("Token", &token("Ada Lovelace", YEAR_2100)).await;
    press("Sign in").await;
    see_no_dialog().await;
    assert!(shows("ACME Corp Billing"));
    assert_eq!(requests().len(), 1);
}

#[wasm_bindgen_test]
async fn an_expiry_during_renewal_keeps_the_dialog_and_its_token() {
    let _app = open_for(ACCOUNTS_PATH, 200.0);
    on_get(ACCOUNTS_PATH, MockResponse::Deferred);
    press("Sign in again").await;
    fill("Token", "half a token").await;
    resolve_next(Ok(response(401, ""))).await;
    see_dialog("Your session has ended").await;
    assert_eq!(value("Token"), "half a token");
    let init = EventInit::new();
    init.set_cancelable(true);
    let escape = Event::new_with_event_init_dict("cancel", &init).unwrap();
    query("dialog").unwrap().dispatch_event(&escape).unwrap();
    tick().await;
    see_dialog("Your session has ended").await;
    find("Sign out").await;
}

/// When the computer's clock is ahead, every new session ends at once.
#[wasm_bindgen_test]
async fn an_ended_session_names_the_clock_too() {
    let names_the_clock = || {
        let text = text_of(&topmost());
        text.contains("It expired, or this computer’s clock (") && text.contains(") is wrong. Sign in again to keep")
    };
    let _app = open_for(NEW_PATH, 62.0);
    fill_required_fields().await;
    assert!(!names_the_clock());
    let _clock = WrongClock::set(70_000.0);
    // The browser's timers stop while the computer sleeps; the notice is up to date when the page is seen again.
    dispatch(&root(), "visibilitychange");
    see("Your session has ended").await;
    assert!(names_the_clock() && !dialog_is_open(), "in the notice");
    press(CREATE).await;
    see_dialog("Your session has ended").await;
    assert!(names_the_clock() && posts().is_empty(), "in the dialog");
}

#[wasm_bindgen_test]
async fn an_expiry_during_a_save_keeps_the_draft() {
    let _app = open(NEW_PATH);
    on_post(ACCOUNTS_PATH, respond_with(401, r#"{"message":"Unauthenticated."}"#));
    fill_every_field().await;
    press(CREATE).await;
    wait_for("the dialog", dialog_is_open).await;
    see("Your session has ended").await;
    assert_form_is_unchanged("a 401");
    assert_eq!(session_storage().get_item(TOKEN_KEY), Ok(None));

    assert!(is_checked("Stay signed in in this tab"), "the earlier choice is kept");
    let fresh = token("Ada again", YEAR_2100);
    fill("Token", &fresh).await;
    press("Sign in").await;
    see_no_dialog().await;
    assert_form_is_unchanged("signing in again");
    assert_eq!(posts().len(), 1, "the app repeats no request by itself");
    see("You’re signed in again").await;
    assert!(shows("The account wasn’t created. Try again.") && !shows("Sign in again"));

    assert_eq!(session_storage().get_item(TOKEN_KEY), Ok(Some(fresh.clone())));

    on_post(ACCOUNTS_PATH, respond_created());
    press(CREATE).await;
    see_page("ACME Corp Billing").await;
    let bearers: Vec<_> = posts().into_iter().map(|post| post.authorization).collect();
    assert_eq!(bearers, [format!("Bearer {}", token("Ada Lovelace", YEAR_2100)), format!("Bearer {fresh}")]);
    assert_eq!(posts()[0].body, posts()[1].body);
}

#[wasm_bindgen_test]
async fn the_sign_in_dialog_keeps_the_earlier_storage_choice() {
    let _app = open_signed_out(NEW_PATH);
    fill("Token", &token("Ada", YEAR_2100)).await;
    press("Sign in").await;
    see_page("New billing account").await;
    on_post(ACCOUNTS_PATH, respond_with(401, ""));
    fill_required_fields().await;
    press(CREATE).await;
    wait_for("the dialog", dialog_is_open).await;
    assert!(!is_checked("Stay signed in in this tab"));
}

#[wasm_bindgen_test]
async fn a_page_with_a_401_loads_after_signing_in_again() {
    let _app = open("/");
    on_get("/workspaces", respond_with(401, ""));
    wait_for("the dialog", dialog_is_open).await;
    on_get("/workspaces", respond_with(200, EMPTY_LIST));
    fill("Token", &token("Ada", YEAR_2100)).await;
    press("Sign in").await;
    see("You’re not a member of any workspace").await;
    find("Sign out").await;
}

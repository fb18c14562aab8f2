//! Rate limiting (429): a countdown, no request before its end, and none without the user.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::harness::api::{deletes, gets, on_delete, on_get, on_post, posts, requests, respond_with};
use crate::harness::app::{open, reload};
use crate::harness::channel::{account_event, broadcast};
use crate::harness::delete_dialog::{ACCOUNT_NAME, CHECK_DELETED, CONFIRM_NAME, DELETE};
use crate::harness::fixtures::{
    ACCOUNT, ACCOUNT_PATH, ACCOUNTS_PATH, CREATE, EMPTY_LIST, NEW_PATH, respond_created, respond_rate_limited,
};
use crate::harness::form::{assert_form_is_unchanged, fill_every_field, fill_required_fields};
use crate::harness::page::{query_all, shows, text_of};
use crate::harness::scenarios::CHECK_CREATED;
use crate::harness::user::{fill, find, press, see, see_page};
use crate::harness::wait::{sleep, wait_for};

const NOT_SENT: &str = "Nothing was sent. Wait until the countdown ends.";
const WAIT_IS_OVER: &str = "You can try again now.";

/// Whether a status region has exactly this text.
fn is_announced(what: &str) -> bool {
    query_all("[role=status]").iter().any(|region| text_of(region) == what)
}

#[wasm_bindgen_test]
async fn a_rate_limited_load_waits_for_the_user() {
    let _app = open(ACCOUNTS_PATH);
    on_get(ACCOUNTS_PATH, respond_rate_limited(Some("2")));
    see("Too many requests").await;
    see("Wait 2 s").await;
    for _ in 0..2 {
        press("Try again").await;
        wait_for("the announced wait", || is_announced(NOT_SENT)).await;
    }
    assert_eq!(requests().len(), 1);
    let button = find("Try again").await;
    assert_eq!(button.get_attribute("aria-disabled").as_deref(), Some("true"));
    assert!(!button.has_attribute("disabled"), "the button stays in the tab order");
    see("Wait 1 s").await;
    wait_for("the announced end", || is_announced(WAIT_IS_OVER)).await;
    assert!(!shows("Wait 1 s") && !shows("Wait 0 s"));
    assert_eq!(button.get_attribute("aria-disabled"), None);
    sleep(300).await;
    assert_eq!(requests().len(), 1, "the app sends nothing by itself");
    on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
    press("Try again").await;
    see("No billing accounts yet").await;
}

#[wasm_bindgen_test]
async fn a_rate_limited_save_waits_for_the_user() {
    let _app = open(NEW_PATH);
    fill_every_field().await;
    on_post(ACCOUNTS_PATH, respond_rate_limited(Some("2")));
    press(CREATE).await;
    see("Wait 2 seconds and try again.").await;
    see("Wait 2 s").await;
    for _ in 0..3 {
        press(CREATE).await;
    }
    wait_for("the announced wait", || is_announced(NOT_SENT)).await;
    assert_eq!(posts().len(), 1);
    wait_for("the announced end", || is_announced(WAIT_IS_OVER)).await;
    sleep(300).await;
    assert_eq!(posts().len(), 1, "the app sends nothing by itself");
    assert_form_is_unchanged("the countdown");
    on_post(ACCOUNTS_PATH, respond_created());
    press(CREATE).await;
    see_page("ACME Corp Billing").await;
    assert_eq!(posts().len(), 2);
}

#[wasm_bindgen_test]
async fn a_rate_limit_survives_a_reload() {
    let app = open(NEW_PATH);
    fill_required_fields().await;
    on_post(ACCOUNTS_PATH, respond_rate_limited(Some("60")));
    press(CREATE).await;
    see("Wait 60 seconds and try again.").await;
    reload(&app);
    see("Wait ").await;
    press(CREATE).await;
    wait_for("the announced wait", || is_announced(NOT_SENT)).await;
    assert_eq!(posts().len(), 1);
}

#[wasm_bindgen_test]
async fn a_rate_limited_check_waits_for_the_user() {
    let _app = open(NEW_PATH);
    on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
    fill_every_field().await;
    on_post(ACCOUNTS_PATH, respond_with(500, ""));
    press(CREATE).await;
    on_get(ACCOUNTS_PATH, respond_rate_limited(Some("4")));
    press(CHECK_CREATED).await;
    see("We couldn’t check.").await;
    see("Wait 4 s").await;
    for button in ["Check again", "Create anyway"] {
        press(button).await;
        wait_for("the announced wait", || is_announced(NOT_SENT)).await;
        assert_eq!(find(button).await.get_attribute("aria-disabled").as_deref(), Some("true"), "{button}");
    }
    assert_eq!((posts().len(), gets().len()), (1, 2), "neither request is sent early");
    wait_for("the announced end", || is_announced(WAIT_IS_OVER)).await;
    sleep(300).await;
    assert_eq!((posts().len(), gets().len()), (1, 2), "the app sends nothing by itself");
    assert_eq!(find("Create anyway").await.get_attribute("aria-disabled"), None);
    on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
    press("Check again").await;
    see("It isn’t in the list of accounts yet").await;
    assert!(!shows("Wait "));
}

#[wasm_bindgen_test]
async fn a_rate_limited_delete_waits_for_the_user() {
    let _app = open(ACCOUNT_PATH);
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    press("Delete").await;
    fill(CONFIRM_NAME, ACCOUNT_NAME).await;
    for (round, button) in ["Delete billing account", "Check now"].into_iter().enumerate() {
        let sent = || deletes().len() + gets().len();
        if round == 0 {
            on_delete(ACCOUNT_PATH, respond_rate_limited(Some("6")));
        } else {
            on_delete(ACCOUNT_PATH, respond_with(500, ""));
            press(DELETE).await;
            see(button).await;
            on_get(ACCOUNT_PATH, respond_rate_limited(Some("4")));
        }
        press(button).await;
        see(if round == 0 { "Wait 6 s" } else { "Wait 4 s" }).await;
        if round == 0 {
            // Closing the dialog, and reloading the account, once forgot the wait.
            press("Cancel").await;
            on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT.replace("For US-based operations", "Changed elsewhere")));
            broadcast(&account_event("saved", "ws_1", "cus_a1b2c3d4e5f6g7h8"));
            see("Changed elsewhere").await;
            press("Delete").await;
            let counts =
                || query_all("dialog .countdown [aria-hidden]").iter().any(|shown| text_of(shown).starts_with("Wait"));
            wait_for("the countdown in the new dialog", counts).await;
            fill(CONFIRM_NAME, ACCOUNT_NAME).await;
        }
        let before = sent();
        press(button).await;
        wait_for("the announced wait", || is_announced(NOT_SENT)).await;
        assert_eq!(find(button).await.get_attribute("aria-disabled").as_deref(), Some("true"), "{button}");
        wait_for("the announced end", || is_announced(WAIT_IS_OVER)).await;
        sleep(300).await;
        assert_eq!(sent(), before, "no request without the user");
    }
    on_get(ACCOUNT_PATH, respond_with(200, ACCOUNT));
    press(CHECK_DELETED).await;
    see("It’s still there").await;
}

#[wasm_bindgen_test]
async fn the_wait_is_between_a_moment_and_an_hour() {
    let date = |seconds: f64| {
        String::from(js_sys::Date::new(&(js_sys::Date::now() + seconds * 1000.0).into()).to_utc_string())
    };
    let waits = [
        (None, "Wait 60 s"),
        (Some("soon".to_owned()), "Wait 60 s"),
        (Some(String::new()), "Wait 60 s"),
        (Some("NaN".to_owned()), "Wait 60 s"),
        (Some(" 30 ".to_owned()), "Wait 30 s"),
        (Some("91".to_owned()), "Wait 2 min"),
        (Some(date(300.0)), "Wait 5 min"),
        (Some("99999999999999999999".to_owned()), "Wait 60 min"),
        (Some("1e400".to_owned()), "Wait 60 min"),
        (Some("Fri, 31 Dec 9999 23:59:59 GMT".to_owned()), "Wait 60 min"),
    ];
    for (header, shown) in waits {
        let _app = open(ACCOUNTS_PATH);
        on_get(ACCOUNTS_PATH, respond_rate_limited(header.as_deref()));
        see(shown).await;
    }
    for header in ["0", "-5", "-99999999999999999999", &date(-5000.0)] {
        let _app = open(ACCOUNTS_PATH);
        on_get(ACCOUNTS_PATH, respond_rate_limited(Some(header)));
        see("Wait a moment and try again.").await;
        on_get(ACCOUNTS_PATH, respond_with(200, EMPTY_LIST));
        press("Try again").await;
        see("No billing accounts yet").await;
    }
}

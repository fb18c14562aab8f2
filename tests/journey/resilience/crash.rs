//! A crash of the app: the page says so, accepts no input, and works again after a reload.

use sandbox::{Demo, Fault, FaultKind};
use serde_json::json;

use crate::harness::driver::Logs;
use crate::harness::fixtures::{ASSIGNED, CREATE, new_in};
use crate::harness::requests::ReceivedRequests;
use crate::harness::site::dist;
use crate::harness::stage::play;
use crate::harness::user::User;

const STOPPED: &str = "This page has stopped";

/// Crashes the app: it reads the clock when the page is shown again, and a browser function that throws crashes it like
/// a trap.
const CRASH: &str = "(Date.now = null, dispatchEvent(new Event('visibilitychange')), 0)";

/// A WebAssembly module of another script, such as a browser extension. Its function `t` traps.
const FOREIGN_TRAP: &str = "(() => {
    const module = new Uint8Array([
        0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 116, 0, 0, 10, 5, 1, 3, 0, 0, 11,
    ]);
    setTimeout(new WebAssembly.Instance(new WebAssembly.Module(module)).exports.t);
})()";

async fn open_filled_form(user: &User) {
    user.goto(&new_in(ASSIGNED)).await;
    user.sign_in(Demo::Owner).await;
    user.fill_required().await;
}

/// The page says that it has stopped, and nothing of it takes a click, a key or a submit.
async fn see_crash_page(user: &User) {
    user.see(STOPPED).await;
    user.expect("all('button').map(nameOf)", json!(["Reload"])).await;
    user.expect("document.querySelectorAll('form, #app, dialog').length", 0).await;
    user.expect("document.activeElement.id", "stopped").await;
}

async fn reload_works(user: &User) {
    user.press("Reload").await;
    user.see_heading("Sign in").await;
    user.see_no(STOPPED).await;
}

#[tokio::test]
async fn a_crash_while_typing_shows_the_crash_page() {
    play(dist(), Logs::Console, async |user| {
        open_filled_form(user).await;
        // Errors of other scripts, such as a browser extension, do not stop the app.
        user.evaluate("setTimeout(() => { throw new Error('foreign') }) && Promise.reject(new Error('foreign')) && 0")
            .await;
        user.evaluate("addEventListener('error', event => { window.lastError = event.message })").await;
        user.evaluate(FOREIGN_TRAP).await;
        user.expect("window.lastError?.includes('unreachable')", true).await;
        user.fill("Phone", "021").await;
        user.see_value("Phone", "021").await;
        user.evaluate(CRASH).await;
        see_crash_page(user).await;
        user.type_text("abc\n ").await;
        assert!(user.sandbox.posts().is_empty());
        reload_works(user).await;
    })
    .await;
}

#[tokio::test]
async fn a_crash_while_saving_says_to_check_the_list() {
    play(dist(), Logs::Console, async |user| {
        open_filled_form(user).await;
        // Both steps are in one script, because the timer of the draft reads the clock as well.
        user.evaluate("(Date.now = null, document.querySelector('form [type=submit]').click(), 0)").await;
        see_crash_page(user).await;
        assert!(user.sandbox.posts().len() <= 1);
        reload_works(user).await;

        user.sandbox.clear_requests();
        user.sandbox.fault(Fault::once(FaultKind::None).on("POST", "/billing-accounts").late(1500));
        open_filled_form(user).await;
        user.press(CREATE).await;
        user.see("Saving…").await;
        user.evaluate(CRASH).await;
        see_crash_page(user).await;
        user.see("If you were saving, check the list of billing accounts").await;
        assert_eq!(user.sandbox.posts().len(), 1);
        reload_works(user).await;
    })
    .await;
}

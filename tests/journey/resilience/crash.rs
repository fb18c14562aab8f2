//! The app stops as a program stops: the page says so in words, and takes nothing more.

use sandbox::{Demo, Fault, FaultKind};
use serde_json::json;

use crate::harness::driver::Logs;
use crate::harness::fixtures::{ASSIGNED, CREATE, new_in};
use crate::harness::requests::ReceivedRequests;
use crate::harness::site::dist;
use crate::harness::stage::play;
use crate::harness::user::User;

const STOPPED: &str = "Something went wrong and this page has stopped";

/// A module of one function, by its code: what goes wrong in it goes wrong as in the app.
fn wasm(code: &[u8]) -> String {
    let mut module = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x02\x01\0\x07\x05\x01\x01t\0\0\x0a".to_vec();
    let length = u8::try_from(code.len()).expect("it is short");
    module.extend([length + 2, 1, length]);
    module.extend(code);
    let module = json!(module);
    format!(
        "const {{ t }} = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array({module}))).exports; setTimeout(t)"
    )
}

fn unreachable() -> String {
    wasm(b"\0\0\x0b")
}

/// It calls itself.
fn stack_that_runs_out() -> String {
    wasm(b"\0\x10\0\x0b")
}

async fn type_something(user: &User) {
    user.goto(&new_in(ASSIGNED)).await;
    user.sign_in(Demo::Owner).await;
    user.fill("Name", "Karoo Broadband").await;
    user.fill("Email", "billing@karoo.example.com").await;
}

/// The words are there, and nothing that takes a click, a key or a submit.
async fn has_stopped(user: &User) {
    user.see(STOPPED).await;
    user.expect("all('button').map(nameOf)", json!(["Reload"])).await;
    user.expect("document.querySelectorAll('form, #app, dialog').length", 0).await;
    user.expect("document.activeElement.id", "stopped").await;
}

async fn goes_on_after_a_reload(user: &User) {
    user.press("Reload").await;
    user.see_heading("Sign in").await;
    user.see_no(STOPPED).await;
}

#[tokio::test]
async fn a_trap_while_typing_stops_the_page_in_words() {
    play(dist(), Logs::Console, async |user| {
        for trap in [unreachable(), stack_that_runs_out()] {
            type_something(user).await;
            // Of an extension of the browser, say: no business of ours.
            user.evaluate(
                "setTimeout(() => { throw new Error('foreign') }) && Promise.reject(new Error('foreign')) && 0",
            )
            .await;
            user.fill("Phone", "021").await;
            user.see_value("Phone", "021").await;
            user.evaluate(&format!("(() => {{ {trap} }})()")).await;
            has_stopped(user).await;
            user.type_text("abc\n ").await;
            assert!(user.sandbox.posts().is_empty());
            goes_on_after_a_reload(user).await;
        }
    })
    .await;
}

/// A call of the browser that fails where the app does not expect it goes through the app's code like a trap.
#[tokio::test]
async fn a_fault_while_saving_stops_the_page_in_words() {
    play(dist(), Logs::Console, async |user| {
        type_something(user).await;
        // At once: a pause after typing asks for the time as well.
        user.evaluate("(Date.now = null, document.querySelector('form [type=submit]').click(), 0)").await;
        has_stopped(user).await;
        assert!(user.sandbox.posts().len() <= 1);
        goes_on_after_a_reload(user).await;

        user.sandbox.clear_requests();
        user.sandbox.fault(Fault::once(FaultKind::None).on("POST", "/billing-accounts").late(1500));
        type_something(user).await;
        user.press(CREATE).await;
        user.see("Saving…").await;
        user.evaluate(&format!("(() => {{ {} }})()", unreachable())).await;
        has_stopped(user).await;
        user.see("it may have been saved").await;
        assert_eq!(user.sandbox.posts().len(), 1);
        goes_on_after_a_reload(user).await;
    })
    .await;
}

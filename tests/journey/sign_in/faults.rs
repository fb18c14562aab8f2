//! Faults of the provider: what the page says, and which requests were sent. `--nocapture` prints them as a table.

use sandbox::{Fault, FaultKind, IssuerFault};
use serde_json::json;

use crate::harness::emulation::SHORT_PROVIDER_DEADLINE;
use crate::harness::fixtures::{GERMANY_NAME, NEVER_MS, POOLED, list_of};
use crate::harness::replies::reply;
use crate::harness::requests::ReceivedRequests;
use crate::harness::sign_in::{OLIVIA, SIGN_IN};
use crate::harness::stage::story_with_provider;

/// How many requests of [`SIGN_IN`] are sent before the sign-in ends.
const DISCOVERY: usize = 1;
const CALLBACK: usize = 3;
const EXCHANGE: usize = 5;

fn issuer(fault: IssuerFault) -> Fault {
    Fault::once(FaultKind::Issuer(fault))
}

fn on_token(kind: FaultKind) -> Fault {
    Fault::once(kind).on("POST", "/oidc/token")
}

fn on_discovery(kind: FaultKind) -> Fault {
    Fault::once(kind).on("GET", "/oidc/.well-known")
}

fn error(code: &str, description: &str) -> IssuerFault {
    IssuerFault::CallbackError { error: code.to_owned(), description: description.to_owned() }
}

/// The name of a fault, the fault, a part of the page's message, and how many requests are sent.
fn faults() -> Vec<(&'static str, Fault, &'static str, usize)> {
    vec![
        ("provider is down", on_discovery(FaultKind::CutBefore), "The sign-in service can’t be reached", DISCOVERY),
        ("discovery: 500", on_discovery(FaultKind::Empty { status: 500 }), "Status 500", DISCOVERY),
        ("discovery: HTML", on_discovery(FaultKind::Html { status: 200 }), "openid-configuration", DISCOVERY),
        (
            "discovery: other issuer",
            issuer(IssuerFault::WrongDiscoveryIssuer),
            "The issuer is “https://issuer",
            DISCOVERY,
        ),
        ("callback: wrong state", issuer(IssuerFault::WrongState), "didn’t begin in this tab", CALLBACK),
        ("callback: wrong iss", issuer(IssuerFault::WrongCallbackIssuer), "another sign-in service", CALLBACK),
        ("callback: access_denied", issuer(error("access_denied", "No entry.")), "“No entry.”", CALLBACK),
        ("callback: consent_required", issuer(error("consent_required", "")), "needs your consent", CALLBACK),
        ("callback: server_error", issuer(error("server_error", "<b>Oh no</b>")), "“<b>Oh no</b>”", CALLBACK),
        ("ID token: wrong issuer", issuer(IssuerFault::WrongIssuer), "Failed check: issuer", EXCHANGE),
        ("ID token: wrong audience", issuer(IssuerFault::WrongAudience), "Failed check: audience", EXCHANGE),
        ("ID token: wrong nonce", issuer(IssuerFault::WrongNonce), "Failed check: nonce", EXCHANGE),
        ("ID token: expired", issuer(IssuerFault::ExpiredIdToken), "or this computer’s clock (", EXCHANGE),
        ("access token: expired", issuer(IssuerFault::Lifetime { seconds: -1 }), "This sign-in expired", EXCHANGE),
        ("token: code was used", issuer(IssuerFault::CodeReuse), "“The code was already used.”", EXCHANGE),
        (
            "token: 400",
            on_token(reply(400, "application/json", r#"{"error":"invalid_grant"}"#)),
            "“invalid_grant”",
            EXCHANGE,
        ),
        ("token: 500", on_token(FaultKind::Empty { status: 500 }), "Status 500", EXCHANGE),
        ("token: HTML", on_token(FaultKind::Html { status: 200 }), "couldn’t be read", EXCHANGE),
        ("token: not JSON", on_token(reply(200, "application/json", "{")), "couldn’t be read", EXCHANGE),
        ("token: redirect", on_token(FaultKind::Redirect { to: "/oidc/token".into() }), "didn’t answer", EXCHANGE),
        ("token: cut before", on_token(FaultKind::CutBefore), "The sign-in service didn’t answer", EXCHANGE),
        ("token: cut after", on_token(FaultKind::CutAfter), "The sign-in service didn’t answer", EXCHANGE),
        ("token: slow", on_token(FaultKind::None).late(NEVER_MS), "The sign-in service didn’t answer", EXCHANGE),
    ]
}

#[tokio::test]
async fn every_fault_of_the_provider_signs_nobody_in() {
    story_with_provider(async |user| {
        user.run_before_each_page(SHORT_PROVIDER_DEADLINE).await;
        let page = format!("{}?from=mail", list_of(POOLED));
        let mut expected: Vec<&str> = Vec::new();
        println!("| fault | the page says | requests |\n|---|---|---|");
        for (name, fault, says, sent) in faults() {
            user.sandbox.fault(fault);
            user.goto(&page).await;
            user.press("Sign in").await;
            if sent > DISCOVERY {
                user.press(OLIVIA).await;
            }
            user.see(says).await;
            let message = user.evaluate("normalize(document.querySelector('[role=alert]').innerText)").await;
            let message = message.unwrap_or_default();
            println!("| {name} | {} | {} |", message.as_str().unwrap_or_default(), SIGN_IN[..sent].join(", "));
            user.see_heading("Sign in").await;
            user.expect("location.pathname + location.search", page.as_str()).await;
            user.expect("[!!document.querySelector('.avatar'), sessionStorage.length]", json!([false, 0])).await;
            // A request that is repeated later fails the next fault.
            expected.extend(&SIGN_IN[..sent]);
            assert_eq!(user.sandbox.to_provider(), expected, "{name}");
        }
        assert_eq!(user.sandbox.requests().len(), expected.len(), "the API receives nothing");
        user.press("Sign in").await;
        user.press(OLIVIA).await;
        user.see(GERMANY_NAME).await;
    })
    .await;
}

//! Copied curl commands, run in a real shell: each argument arrives unchanged, whatever characters it has.
//!
//! In these tests `curl` is a shell function that prints its arguments, and `PATH` is empty. A missing quote could only
//! run an `echo`.

#![cfg(not(target_arch = "wasm32"))]

use std::process::Command;

use billing_admin::api::ApiRequest;
use billing_admin::api::curl::curl;
use billing_admin::api::endpoint::ApiBase;
use billing_admin::api::transport::Method;
use billing_admin::api::wire;
use billing_admin::domain::BillingAccount;
use billing_admin::domain::BillingAccountId;
use billing_admin::domain::Changes;
use billing_admin::domain::Field;
use billing_admin::domain::WorkspaceId;
use billing_admin::domain::billing_account::NewBillingAccount;
use proptest::prelude::*;
use serde_json::Value;

const URL: &str = "https://v1.api.altostrat.io/workspaces/ws_1/billing-accounts";
/// Texts with characters that are special in a shell.
const HOSTILE: [&str; 12] = [
    "'; echo INJECTED; '",
    "$(echo INJECTED)",
    "`echo INJECTED`",
    "'\\''",
    "it's \"quoted\" \\ and \\' ended\\",
    "one\ntwo\r\n\tthree",
    "!! !echo ^a^b",
    "100 % %s %n %%",
    "$ALTOSTRAT_TOKEN ${HOME} $0 $$",
    "* ? [a] ~ # & | ; < > ( ) { } {a,b}",
    "@/etc/hostname",
    "Müller 👍 \u{202E}",
];

/// The arguments that a shell passes to `curl` for this command and token.
fn arguments(command: &str, token: &str) -> Vec<String> {
    let home = concat!(env!("CARGO_TARGET_TMPDIR"), "/empty-home");
    std::fs::create_dir_all(home).expect("a folder");
    let script = format!("curl() {{ for word in \"$@\"; do printf '%s\\000' \"$word\"; done; }}\n{command}\n");
    let run = Command::new("/bin/sh")
        .args(["-c", &script])
        .current_dir(home)
        .env_clear()
        .env("PATH", "")
        .env("HOME", home)
        .env("ALTOSTRAT_TOKEN", token)
        .output()
        .expect("a shell");
    assert!(run.status.success() && run.stderr.is_empty(), "{command}: {}", String::from_utf8_lossy(&run.stderr));
    let printed = String::from_utf8(run.stdout).expect("text");
    printed.split_terminator('\0').map(str::to_owned).collect()
}

fn with_body(body: &str) -> [&str; 11] {
    [
        "--request",
        "POST",
        "--header",
        "Accept: application/json",
        "--header",
        "Authorization: Bearer T",
        "--header",
        "Content-Type: application/json",
        "--data-raw",
        body,
        URL,
    ]
}

fn workspace() -> WorkspaceId {
    WorkspaceId::parse("ws_1").unwrap()
}

#[test]
fn any_account_is_one_argument() {
    for text in HOSTILE {
        assert_eq!(arguments(&curl(Method::Post, URL, Some(text)), "T"), with_body(text));
    }
}

#[test]
fn the_token_stays_one_argument_of_the_shell() {
    for token in HOSTILE {
        let words = arguments(&curl(Method::Get, URL, None), token);
        let authorization = format!("Authorization: Bearer {token}");
        assert_eq!(
            words,
            ["--request", "GET", "--header", "Accept: application/json", "--header", &authorization, URL]
        );
    }
}

#[test]
fn a_create_command_sends_what_the_app_sends() {
    let base = ApiBase::parse("https://v1.api.altostrat.io").unwrap();
    for text in HOSTILE {
        let typed = |field| match field {
            Field::Name | Field::Line1 => text,
            Field::Email => "billing@acme.com",
            _ => "",
        };
        let account = NewBillingAccount::check(typed).unwrap();
        let ws = workspace();
        let call = ApiRequest::create(&ws, &account);
        let body = wire::create_body(&account);
        assert_eq!(call.body.as_ref(), Some(&body));
        assert_eq!(arguments(&call.curl(base, "https://elsewhere.example"), "T"), with_body(&body));
    }
}

#[test]
fn an_update_command_sends_what_the_app_sends() {
    let stored = BillingAccount::new(BillingAccountId::parse("cus_1/../'").unwrap(), |_| Some("old".to_owned()));
    let typed = |field| match field {
        Field::Name => "L'Oréal",
        Field::Phone => "",
        _ => "old",
    };
    let (ws, changes) = (workspace(), Changes::check(&stored, typed).unwrap());
    let base = ApiBase::parse("/api").unwrap();
    let words = arguments(&ApiRequest::update(&ws, &stored, &changes).curl(base, "https://billing.example"), "T");
    assert_eq!(words[1], "PATCH");
    assert_eq!(words[9], r#"{"name":"L'Oréal","phone":null}"#);
    // A base that is a path is on the page's origin.
    assert_eq!(words[10], "https://billing.example/api/workspaces/ws_1/billing-accounts/cus_1%2F..%2F%27");
}

#[test]
fn an_account_is_copied_in_the_json_of_the_api() {
    let recorded = include_str!("../sandbox/fixtures/billing_account.json");
    let json: Value = serde_json::from_str(recorded).unwrap();
    let ws = WorkspaceId::parse(json["workspace_id"].as_str().unwrap()).unwrap();
    let copied = wire::billing_account_json(&ws, &wire::billing_account(recorded).unwrap());
    assert_eq!(serde_json::from_str::<Value>(&copied).unwrap(), json);
    // Missing values are null, as in the API's JSON.
    let bare = wire::billing_account_json(&ws, &wire::billing_account(r#"{"id":"cus_1"}"#).unwrap());
    let bare: Value = serde_json::from_str(&bare).unwrap();
    assert!(bare["phone"].is_null() && bare["address"]["city"].is_null() && bare["created_at"].is_null());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_one_argument(body in "[ -~\n'\"$`\\\\é👍]{0,60}") {
        prop_assert_eq!(arguments(&curl(Method::Post, URL, Some(&body)), "T"), with_body(&body));
    }
}

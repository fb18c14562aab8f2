//! Text that would like to be markup or a script, in every string of every reply, in the address and in storage: it is
//! shown as text, and nothing of it runs.

use sandbox::{Demo, Fault, FaultKind};
use serde_json::{Value, json};

use crate::harness::fixtures::{ASSIGNED, GERMANY, OWNER, POOLED, list_of, new_in};
use crate::harness::stage::story;
use crate::harness::user::User;

/// One begins like a link, the other like markup; both go on as everything else.
const HOSTILE: [&str; 2] = [
    "javascript:window.ran=1//<img src=x onerror=\"window.ran=1\">'\"><script>window.ran=1</script>",
    "</textarea></title></select><svg onload=window.ran=1><iframe srcdoc='<script>parent.ran=1</script>'></iframe>{{7*7}}\
     ${window.ran=1}<!--\u{202e}<a href=javascript:window.ran=1>x</a>&lt;b&gt;&#60;i&#62;",
];

fn fixture(name: &str) -> Value {
    let text = match name {
        "workspaces" => include_str!("../../../sandbox/fixtures/workspaces.json"),
        "workspace" => include_str!("../../../sandbox/fixtures/workspace_pooled.json"),
        "members" => include_str!("../../../sandbox/fixtures/members.json"),
        "accounts" => include_str!("../../../sandbox/fixtures/billing_accounts.json"),
        "account" => include_str!("../../../sandbox/fixtures/billing_account.json"),
        "refusal" => include_str!("../../../sandbox/fixtures/error_active_subscriptions_exist.json"),
        other => panic!("there is no fixture {other}"),
    };
    serde_json::from_str(text).expect("a fixture is JSON")
}

/// The same with every string replaced, and how many there were.
fn poisoned(value: &Value, text: &str, count: &mut usize) -> Value {
    match value {
        Value::String(_) => {
            *count += 1;
            json!(text)
        }
        Value::Array(list) => list.iter().map(|inner| poisoned(inner, text, count)).collect(),
        Value::Object(object) => {
            object.iter().map(|(key, inner)| (key.clone(), poisoned(inner, text, count))).collect()
        }
        other => other.clone(),
    }
}

/// Nothing ran, nothing tried to, and nothing of the text became an element or leads away.
async fn it_is_text(user: &User) {
    user.expect("window.ran === undefined", true).await;
    user.expect("window.violations", json!([])).await;
    let elements = "document.querySelectorAll('#app :is(img, script, svg, iframe, object, embed, style, base, [onerror], [onload])').length";
    user.expect(elements, 0).await;
    let away = "[...document.querySelectorAll('#app a')].filter(a => a.origin !== location.origin && a.protocol !== 'https:').map(a => a.href)";
    user.expect(away, json!([])).await;
}

#[tokio::test]
async fn every_string_of_every_reply_is_text() {
    story(async |user| {
        let mut count = 0;
        user.goto("/").await;
        user.sign_in_and_stay(&user.sandbox.token(Demo::Owner)).await;
        user.see("Northwind Operations").await;
        for text in HOSTILE {
            let mut answer = |name: &str, method: &str, path: &str, status| {
                let body = poisoned(&fixture(name), text, &mut count);
                user.sandbox.fault(Fault::always(FaultKind::json(status, &body)).on(method, path));
            };
            // The first that fits is used.
            answer("members", "GET", "/members", 200);
            answer("account", "GET", GERMANY, 200);
            answer("accounts", "GET", "/billing-accounts", 200);
            answer("workspace", "GET", POOLED, 200);
            answer("workspaces", "GET", "/workspaces", 200);
            let mut refusal = poisoned(&fixture("refusal"), text, &mut count);
            refusal["errors"] = json!({ "name": [text], text: [text] });
            count += 3;
            user.sandbox.fault(Fault::always(FaultKind::json(422, &refusal)).on("POST", "/billing-accounts"));

            user.goto("/").await;
            user.see(text).await;
            it_is_text(user).await;
            user.goto(&list_of(POOLED)).await;
            user.see(text).await;
            it_is_text(user).await;
            user.goto(&format!("{}/{GERMANY}", list_of(POOLED))).await;
            user.see_heading(text).await;
            it_is_text(user).await;
            user.goto(&format!("{}/{GERMANY}/edit", list_of(POOLED))).await;
            user.see_value("Name", text).await;
            user.see_value("Description", text).await;
            it_is_text(user).await;
            user.goto(&new_in(POOLED)).await;
            user.fill("Name", "Karoo Broadband").await;
            user.fill("Email", "billing@karoo.example.com").await;
            user.press("Create billing account").await;
            user.see_error("Name", text).await;
            user.see(&format!("The API said: “{text}”")).await;
            it_is_text(user).await;
            user.sandbox.clear_faults();
        }
        assert!(count > 200, "{count} strings were tried");
    })
    .await;
}

#[tokio::test]
async fn the_address_the_token_and_the_storage_are_text() {
    story(async |user| {
        for text in HOSTILE {
            let in_path = json!(text);
            user.goto("/").await;
            let encoded = user.evaluate(&format!("encodeURIComponent({in_path})")).await.unwrap_or_default();
            let encoded = encoded.as_str().expect("it can be encoded").to_owned();
            let claims = json!({ "sub": OWNER, "name": text, "email": text, "exp": 4_102_444_800_u64 });
            user.sign_in_and_stay(&user.sandbox.token_with(claims)).await;
            user.see(&format!("Signed in as {text}")).await;
            it_is_text(user).await;
            user.goto(&format!("/workspaces/{encoded}/{encoded}?{encoded}#{encoded}")).await;
            user.see_heading("Page not found").await;
            user.see(text).await;
            it_is_text(user).await;
            user.goto(&format!("/workspaces/{encoded}/billing-accounts/{encoded}/edit")).await;
            user.see("There is no such workspace").await;
            it_is_text(user).await;

            // Whatever the app keeps, and what it might have kept under another version.
            user.goto(&new_in(ASSIGNED)).await;
            user.fill("Name", "Karoo Broadband").await;
            let poison = format!(
                "(text => {{ for (const storage of [sessionStorage, localStorage])
                    for (const key of [...Object.keys(storage), 'altostrat.jwt', 'altostrat', text]) storage[key] = text; }})({in_path})"
            );
            user.evaluate(&poison).await;
            user.client.execute("addEventListener('beforeunload', event => event.stopImmediatePropagation(), true)", Vec::new()).await.expect("a script runs");
            user.reload().await;
            user.see_heading("Sign in").await;
            it_is_text(user).await;
            user.evaluate("(sessionStorage.clear(), localStorage.clear())").await;
        }
    })
    .await;
}

//! Text that looks like markup or a script, from replies, the URL, the token and the storage. It is shown as text, and
//! nothing in it runs.

use sandbox::{Fault, FaultKind};
use serde_json::{Value, json};

use crate::harness::fixtures::{ASSIGNED, GERMANY, OWNER, POOLED, edit_germany, new_in};
use crate::harness::stage::story;
use crate::harness::user::User;

/// The first begins like a link, the second like markup.
const HOSTILE: [&str; 2] = [
    "javascript:window.ran=1//<img src=x onerror=\"window.ran=1\">'\"><script>window.ran=1</script>",
    "</textarea></title></select><svg onload=window.ran=1><iframe srcdoc='<script>parent.ran=1</script>'></iframe>{{7*7}}\
     ${window.ran=1}<!--\u{202e}<a href=javascript:window.ran=1>x</a>&lt;b&gt;&#60;i&#62;",
];

/// The path of a reply, and the reply.
const REPLIES: [(&str, &str); 4] = [
    ("/members", include_str!("../../../sandbox/fixtures/members.json")),
    (GERMANY, include_str!("../../../sandbox/fixtures/billing_account.json")),
    (POOLED, include_str!("../../../sandbox/fixtures/workspace_pooled.json")),
    ("/workspaces", include_str!("../../../sandbox/fixtures/workspaces.json")),
];

/// The same JSON with every string replaced.
fn poison(value: &Value, text: &str) -> Value {
    match value {
        Value::String(_) => json!(text),
        Value::Array(list) => list.iter().map(|inner| poison(inner, text)).collect(),
        Value::Object(object) => object.iter().map(|(key, inner)| (key.clone(), poison(inner, text))).collect(),
        other => other.clone(),
    }
}

/// No script ran or tried to, and no part of the text became an element or a link to elsewhere.
async fn assert_only_text(user: &User) {
    user.expect("window.ran === undefined", true).await;
    user.expect("window.violations", json!([])).await;
    // The app's own icons have this class.
    let elements = "document.querySelectorAll('#app :is(img, script, svg:not(.icon), iframe, object, embed, style, base, [onerror], [onload])').length";
    user.expect(elements, 0).await;
    let foreign_links = "[...document.querySelectorAll('#app a')]
        .filter(link => link.origin !== location.origin && link.protocol !== 'https:').map(link => link.href)";
    user.expect(foreign_links, json!([])).await;
}

#[tokio::test]
async fn hostile_text_from_any_source_is_shown_as_text() {
    story(async |user| {
        for text in HOSTILE {
            for (path, reply) in REPLIES {
                let reply: Value = serde_json::from_str(reply).expect("a fixture is JSON");
                // The sandbox uses the first fault that matches.
                let fault = Fault::always(FaultKind::json(200, &poison(&reply, text)));
                user.sandbox.fault(fault.on("GET", path));
            }
            let claims = json!({ "sub": OWNER, "name": text, "email": text, "exp": 4_102_444_800_u64 });
            user.goto("/").await;
            user.sign_in_and_stay(&user.sandbox.token_with(claims)).await;
            user.see_heading("Choose a workspace").await;
            user.evaluate("document.querySelector('.avatar').click()").await;
            user.see(&format!("Signed in as {text}")).await;
            user.expect("document.querySelectorAll('.card-link').length > 0", true).await;
            assert_only_text(user).await;
            user.goto(&edit_germany()).await;
            user.see_value("Name", text).await;
            user.see_value("Description", text).await;
            assert_only_text(user).await;
            user.sandbox.clear_faults();

            let literal = json!(text);
            let encoded = user.evaluate(&format!("encodeURIComponent({literal})")).await.unwrap_or_default();
            let encoded = encoded.as_str().expect("a string").to_owned();
            user.goto(&format!("/workspaces/{encoded}/{encoded}?{encoded}#{encoded}")).await;
            user.see_heading("Page not found").await;
            user.see(&format!("/workspaces/{encoded}/{encoded}.")).await;
            assert_only_text(user).await;
            user.goto(&format!("/workspaces/{encoded}/billing-accounts/{encoded}/edit")).await;
            user.see("Workspace not found").await;
            assert_only_text(user).await;

            // Every stored value, and keys that another version of the app may have stored.
            user.goto(&new_in(ASSIGNED)).await;
            user.fill("Name", "Karoo Broadband").await;
            let fill_storage = format!(
                "(text => {{ for (const storage of [sessionStorage, localStorage])
                    for (const key of [...Object.keys(storage), 'altostrat.jwt', 'altostrat', text]) storage[key] = text; }})({literal})"
            );
            user.evaluate(&fill_storage).await;
            // Without the draft that the app would store now.
            user.evaluate("addEventListener('beforeunload', event => event.stopImmediatePropagation(), true)").await;
            user.reload().await;
            user.see_heading("Sign in").await;
            assert_only_text(user).await;
            user.evaluate("(sessionStorage.clear(), localStorage.clear())").await;
        }
    })
    .await;
}

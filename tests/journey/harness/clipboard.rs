//! Buttons that write to the clipboard.

use serde_json::json;

use super::driver::devtools;
use super::user::User;

/// Presses a button, and returns the clipboard once it has a new text.
pub(crate) async fn copy(user: &User, button: &str) -> String {
    let permissions = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
    devtools(&user.client, "Browser.grantPermissions", permissions).await;
    user.evaluate_async("navigator.clipboard.writeText('').then(arguments[0])").await;
    user.press(button).await;
    user.wait_until(format!("find a text on the clipboard after “{button}”"), async || {
        let text = user.evaluate_async("navigator.clipboard.readText().then(arguments[0])").await;
        text.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
    })
    .await
}

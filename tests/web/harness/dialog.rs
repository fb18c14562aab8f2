//! Modal dialogs.

use crate::harness::page::{query, text_of};
use crate::harness::user::dispatch;
use crate::harness::wait::{tick, wait_for};

/// The heading of the dialog that guards unsaved changes.
pub(crate) const LEAVE_QUESTION: &str = "Leave without saving?";

/// Whether a dialog is open.
pub(crate) fn dialog_is_open() -> bool {
    query("dialog[open]").is_some()
}

/// Waits for an open dialog with this heading.
pub(crate) async fn see_dialog(heading: &str) {
    wait_for(heading, || query("dialog[open] h2").is_some_and(|h2| text_of(&h2) == heading)).await;
}

/// Waits until no dialog is left on the page.
pub(crate) async fn see_no_dialog() {
    wait_for("no dialog", || query("dialog").is_none()).await;
}

/// Dispatches the `cancel` event of the Escape key to the open dialog.
pub(crate) async fn press_escape() {
    dispatch(&query("dialog[open]").expect("a dialog is open"), "cancel");
    tick().await;
}

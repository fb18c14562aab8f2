//! The workspaces, accounts, pages and labels that several stories use.

/// A workspace with three of its ten accounts.
pub(crate) const POOLED: &str = "ws_a1b2c3d4e5f6g7h8";
/// A workspace without an account.
pub(crate) const ASSIGNED: &str = "ws_n0r7hw1nd0p3r8t5";
/// A workspace with the one account that it may have.
pub(crate) const SINGLE: &str = "ws_s0l0c0n5ult1ng42";
/// An account of the pooled workspace with every field but the state.
pub(crate) const GERMANY: &str = "cus_d3w6r1t8y2u5p0l9";
/// The name of [`GERMANY`].
pub(crate) const GERMANY_NAME: &str = "Acme Netzwerke GmbH";
/// The account of the pooled workspace that has a subscription.
pub(crate) const SUBSCRIBED: &str = "cus_a1b2c3d4e5f6g7h8";
/// The only key under which the token may be stored.
pub(crate) const TOKEN_KEY: &str = "altostrat.jwt";
/// The owner's user ID.
pub(crate) const OWNER: &str = "auth0|65f0c1a2b3c4d5e6f7a8b9c0";

/// The owner's button in the top bar.
pub(crate) const USER_MENU: &str = "User menu: Olivia Owner, OO";
pub(crate) const CREATE: &str = "Create billing account";
pub(crate) const SAVE: &str = "Save changes";
pub(crate) const CHECK_AGAIN: &str = "Check again";
pub(crate) const CONFIRM_DELETE: &str = "Type the account’s name to confirm";
pub(crate) const DELETE: &str = "Delete billing account";
pub(crate) const CHECK_DELETED: &str = "Check now";

/// Milliseconds of delay for a reply that no story waits for.
pub(crate) const NEVER_MS: u64 = 60_000;

/// A JavaScript expression: whether the form shows that it takes no input, which it does 200 ms after a save began.
pub(crate) const FORM_LOCKED: &str = "!!document.querySelector('.form-locked')";
/// A JavaScript expression: the number of drafts and unanswered saves in the tab's storage.
pub(crate) const DRAFT_COUNT: &str =
    "Object.keys(sessionStorage).filter(key => key.startsWith('altostrat.draft.')).length";
/// A JavaScript expression that removes every draft and unanswered save from the tab's storage.
pub(crate) const REMOVE_DRAFTS: &str = "Object.keys(sessionStorage).filter(key => key.startsWith('altostrat.draft.')) \
     .forEach(key => sessionStorage.removeItem(key))";

/// The path of the page that creates an account.
pub(crate) fn new_in(workspace: &str) -> String {
    format!("/workspaces/{workspace}/billing-accounts/new")
}

/// The path of the page that lists a workspace's accounts.
pub(crate) fn list_of(workspace: &str) -> String {
    format!("/workspaces/{workspace}/billing-accounts")
}

/// The path of the page of [`GERMANY`].
pub(crate) fn germany() -> String {
    format!("{}/{GERMANY}", list_of(POOLED))
}

/// The path of the page that edits [`GERMANY`].
pub(crate) fn edit_germany() -> String {
    format!("{}/edit", germany())
}

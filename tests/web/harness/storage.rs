//! The browser's storage, and the keys under which the app stores a token and drafts.

use leptos::prelude::window;
use web_sys::Storage;

/// The key of the token.
pub(crate) const TOKEN_KEY: &str = "altostrat.jwt";
/// The key of the only value in `localStorage`, a counter.
pub(crate) const SIGN_OUTS_KEY: &str = "altostrat.sign_outs";
/// The hash of the default user in the keys of drafts.
pub(crate) const USER_HASH: &str = "e6ad7676";
/// The last part of the key of the draft for a new account.
pub(crate) const NEW_DRAFT: &str = "/ws_1";
/// The last part of the key of an unanswered save of the default account.
pub(crate) const ACCOUNT_DRAFT: &str = "/ws_1/cus_a1b2c3d4e5f6g7h8";

/// The tab's `sessionStorage`.
pub(crate) fn session_storage() -> Storage {
    window().session_storage().ok().flatten().expect("sessionStorage")
}

/// The origin's `localStorage`.
pub(crate) fn local_storage() -> Storage {
    window().local_storage().ok().flatten().expect("localStorage")
}

/// The full key of a draft of the default user.
pub(crate) fn draft_key(form: &str) -> String {
    format!("altostrat.draft.{USER_HASH}{form}")
}

/// The stored draft of a form; `form` is the last part of its key.
pub(crate) fn stored_draft(form: &str) -> Option<String> {
    session_storage().get_item(&draft_key(form)).expect("sessionStorage can be read")
}

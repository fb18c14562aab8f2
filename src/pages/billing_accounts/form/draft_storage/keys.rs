//! The storage keys of each user's forms, and access to the stored drafts.

use crate::browser::storage;
use crate::domain::{BillingAccountId, WorkspaceId};
use crate::pages::billing_accounts::form::draft_storage::stored_draft::StoredDraft;
use crate::pages::shared::recent_workspaces::user_hash;
use crate::session::{DRAFT_KEY_PREFIX, Session};

/// The maximum retry delay that is read from storage, in milliseconds. Longer delays are never stored.
const MAX_WAIT: f64 = 3_600_000.0;

/// The key of a form among those of its user: the workspace, and the account when the form edits one.
pub fn storage_key(workspace: &WorkspaceId, account: Option<&BillingAccountId>) -> String {
    // Encoded as URL segments, so that a slash in an ID cannot make two keys equal.
    let account = account.map(|id| "/".to_owned() + &id.segment()).unwrap_or_default();
    "/".to_owned() + &workspace.segment() + &account
}

/// The storage key of a user's form. Each user of a tab has keys of their own, so that none overwrites another's.
pub(super) fn key_of(user: &str, key: &str) -> String {
    DRAFT_KEY_PREFIX.to_owned() + &user_hash(user) + key
}

/// The ID of the signed-in user.
pub(super) fn user_id(session: Session) -> Option<String> {
    session.user_untracked().and_then(|user| user.claims.sub)
}

/// The stored draft of the signed-in user's form.
pub fn load(session: Session, key: &str) -> StoredDraft {
    let mut stored = read(user_id(session).as_deref(), key).unwrap_or_default();
    let now = js_sys::Date::now();
    stored.wait_until = stored.wait_until.filter(|retry_at| (now..=now + MAX_WAIT).contains(retry_at));
    stored
}

/// The stored draft of a user's form.
pub(super) fn read(user: Option<&str>, key: &str) -> Option<StoredDraft> {
    let user = user?;
    StoredDraft::read(&storage::get(&key_of(user, key))?, user)
}

/// Replaces the stored draft of the signed-in user's form.
pub fn replace(session: Session, key: &str, stored: &StoredDraft) {
    write(user_id(session).as_deref(), key, stored);
}

/// Removes the stored draft of the signed-in user's form.
pub fn remove(session: Session, key: &str) {
    if let Some(user) = user_id(session) {
        storage::remove(&key_of(&user, key));
    }
}

/// Stores a user's form, and returns whether everything is stored. When that fails the old entry is removed, so that no
/// stale draft remains.
pub(super) fn write(user: Option<&str>, key: &str, stored: &StoredDraft) -> bool {
    let Some(user) = user else { return stored.is_empty() };
    let key = key_of(user, key);
    let is_persisted = !stored.is_empty() && stored.write(user).is_some_and(|text| storage::set(&key, &text));
    if !is_persisted {
        storage::remove(&key);
    }
    is_persisted || stored.is_empty()
}

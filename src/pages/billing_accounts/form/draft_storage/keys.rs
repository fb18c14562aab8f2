//! Where the tab's storage keeps the forms of each user.

use crate::browser::storage;
use crate::domain::{BillingAccountId, WorkspaceId};
use crate::pages::billing_accounts::form::draft_storage::stored_draft::StoredDraft;
use crate::pages::shared::recent_workspaces::user_hash;
use crate::session::{DRAFT_KEY_PREFIX, Session};

/// The longest wait that is read from the storage, in milliseconds: the API asks for no longer one.
const MAX_WAIT: f64 = 3_600_000.0;

/// Where a form is kept among those of its user: a new account's by its workspace, a change's by its account too.
pub fn storage_key(workspace: &WorkspaceId, account: Option<&BillingAccountId>) -> String {
    // As segments of a URL, a slash in an id cannot make two places one.
    let account = account.map(|id| "/".to_owned() + &id.segment()).unwrap_or_default();
    "/".to_owned() + &workspace.segment() + &account
}

/// The storage key of a user's form. Each user of a tab has keys of their own, so that none overwrites another's.
fn key_of(user: &str, key: &str) -> String {
    DRAFT_KEY_PREFIX.to_owned() + &user_hash(user) + key
}

/// The ID of the signed-in user.
pub(super) fn user_id(session: Session) -> Option<String> {
    session.user_untracked().and_then(|user| user.claims.sub)
}

/// What the signed-in user's form at a place kept.
pub fn load(session: Session, key: &str) -> StoredDraft {
    let mut stored = read(user_id(session).as_deref(), key).unwrap_or_default();
    let now = js_sys::Date::now();
    stored.wait_until = stored.wait_until.filter(|until| (now..=now + MAX_WAIT).contains(until));
    stored
}

/// What a user's form at a place kept.
pub(super) fn read(user: Option<&str>, key: &str) -> Option<StoredDraft> {
    let user = user?;
    StoredDraft::read(&storage::get(&key_of(user, key))?, user)
}

/// Forgets the signed-in user's form at a place.
pub fn remove(session: Session, key: &str) {
    if let Some(user) = user_id(session) {
        storage::remove(&key_of(&user, key));
    }
}

/// Keeps a user's form at a place; whether it is kept. What cannot be kept does not leave something older behind.
pub(super) fn write(user: Option<&str>, key: &str, stored: &StoredDraft) -> bool {
    let Some(user) = user else { return stored.is_empty() };
    let key = key_of(user, key);
    let is_persisted = !stored.is_empty() && stored.write(user).is_some_and(|text| storage::set(&key, &text));
    if !is_persisted {
        storage::remove(&key);
    }
    is_persisted || stored.is_empty()
}

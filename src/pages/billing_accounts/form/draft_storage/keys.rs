//! Where the tab's storage keeps the forms of each user.

use crate::browser::storage;
use crate::domain::{BillingAccountId, WorkspaceId};
use crate::pages::billing_accounts::form::draft_storage::stored_draft::Kept;
use crate::pages::shared::recent_workspaces::user_hash;
use crate::session::{DRAFTS, Session};

/// The longest wait that is read from the storage, in milliseconds: the API asks for no longer one.
const LONGEST_WAIT: f64 = 3_600_000.0;

/// Where a form is kept among those of its user: a new account's by its workspace, a change's by its account too.
pub fn place_of(workspace: &WorkspaceId, account: Option<&BillingAccountId>) -> String {
    // As segments of a URL, a slash in an id cannot make two places one.
    let account = account.map(|id| "/".to_owned() + &id.segment()).unwrap_or_default();
    "/".to_owned() + &workspace.segment() + &account
}

/// The storage key of a user's form. Each user of a tab has keys of their own, so that none overwrites another's.
fn key_of(user: &str, place: &str) -> String {
    DRAFTS.to_owned() + &user_hash(user) + place
}

/// The ID of the signed-in user.
pub(super) fn user_id(session: Session) -> Option<String> {
    session.user_now().and_then(|user| user.claims.sub)
}

/// What the signed-in user's form at a place kept.
pub fn found(session: Session, place: &str) -> Kept {
    let mut kept = read(user_id(session).as_deref(), place).unwrap_or_default();
    let now = js_sys::Date::now();
    kept.wait_until = kept.wait_until.filter(|until| (now..=now + LONGEST_WAIT).contains(until));
    kept
}

/// What a user's form at a place kept.
pub(super) fn read(user: Option<&str>, place: &str) -> Option<Kept> {
    let user = user?;
    Kept::read(&storage::get(&key_of(user, place))?, user)
}

/// Forgets the signed-in user's form at a place.
pub fn remove(session: Session, place: &str) {
    if let Some(user) = user_id(session) {
        storage::remove(&key_of(&user, place));
    }
}

/// Keeps a user's form at a place; whether it is kept. What cannot be kept does not leave something older behind.
pub(super) fn write(user: Option<&str>, place: &str, kept: &Kept) -> bool {
    let Some(user) = user else { return kept.is_empty() };
    let key = key_of(user, place);
    let is_kept = !kept.is_empty() && kept.write(user).is_some_and(|text| storage::set(&key, &text));
    if !is_kept {
        storage::remove(&key);
    }
    is_kept || kept.is_empty()
}

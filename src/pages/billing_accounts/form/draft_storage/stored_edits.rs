//! The changes of an edit form while the tab is at the provider's page. They are stored only for that time: without a
//! popup the tab itself leaves, and nothing that the user typed may be lost.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::browser::storage;
use crate::domain::Field;
use crate::lenient;
use crate::pages::billing_accounts::form::draft_storage::keys::{key_of, user_id};
use crate::pages::billing_accounts::form::draft_storage::stored_draft::MAX_BYTES;
use crate::session::Session;

/// The version of the stored shape. Other versions are ignored.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Record {
    version: u32,
    user: String,
    /// The changed texts by the key of their field. An empty one clears its field.
    #[serde(default, deserialize_with = "lenient::string_map")]
    changed: BTreeMap<String, String>,
}

/// The key of the changes. No key of a draft has a question mark.
fn edits_key(user: &str, key: &str) -> String {
    key_of(user, key) + "?edits"
}

/// Stores the changes of a user's form, if there are any; whether none is lost.
pub(super) fn keep(user: Option<&str>, key: &str, changed: Vec<(Field, String)>) -> bool {
    if changed.is_empty() {
        return true;
    }
    let Some(user) = user else { return false };
    let changed = changed.into_iter().map(|(field, text)| (field.key().to_owned(), text)).collect();
    let record = Record { version: VERSION, user: user.to_owned(), changed };
    // Serialising fails only for maps whose keys are not strings.
    let text = serde_json::to_string(&record).unwrap_or_default();
    text.len() <= MAX_BYTES && storage::set(&edits_key(user, key), &text)
}

/// Takes the changes of the signed-in user's form: they are no longer stored.
pub fn take(session: Session, key: &str) -> Vec<(Field, String)> {
    let Some(user) = user_id(session) else { return Vec::new() };
    let key = edits_key(&user, key);
    let record = storage::get(&key).filter(|text| text.len() <= MAX_BYTES);
    storage::remove(&key);
    let record = record.and_then(|text| lenient::parse_object::<Record>(&text));
    let Some(mut record) = record.filter(|record| record.version == VERSION && record.user == user) else {
        return Vec::new();
    };
    Field::ALL.into_iter().filter_map(|field| Some((field, record.changed.remove(field.key())?))).collect()
}

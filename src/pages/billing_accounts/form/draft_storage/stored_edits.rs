//! The changes of an edit form while the tab is at the provider's page. They are stored only for that time: without a
//! popup the tab itself leaves, and nothing that the user typed may be lost.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::browser::storage;
use crate::domain::Field;
use crate::lenient;
use crate::pages::billing_accounts::form::draft_storage::keys::user_id;
use crate::pages::billing_accounts::form::draft_storage::stored_draft::MAX_BYTES;
use crate::pages::shared::recent_workspaces::user_hash;
use crate::session::{EDITS_KEY_PREFIX, Session};

/// The version of the stored shape. Other versions are ignored.
const VERSION: u32 = 2;

#[derive(Serialize, Deserialize)]
struct Record {
    version: u32,
    user: String,
    /// The changed texts by the key of their field. An empty one clears its field.
    #[serde(default, deserialize_with = "lenient::string_map")]
    changed: BTreeMap<String, String>,
    /// The texts of the same fields before the change.
    #[serde(default, deserialize_with = "lenient::string_map")]
    original: BTreeMap<String, String>,
}

/// A changed field of an edit form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEdit {
    /// The field.
    pub field: Field,
    /// Its text in the account that was loaded.
    pub original: String,
    /// Its text in the form.
    pub text: String,
}

fn edits_key(user: &str, key: &str) -> String {
    EDITS_KEY_PREFIX.to_owned() + &user_hash(user) + key
}

/// Stores the changes of a user's form, if there are any; whether none is lost.
pub(super) fn keep(user: Option<&str>, key: &str, edits: Vec<StoredEdit>) -> bool {
    if edits.is_empty() {
        return true;
    }
    let Some(user) = user else { return false };
    let (changed, original) = edits
        .into_iter()
        .map(|edit| ((edit.field.key().into(), edit.text), (edit.field.key().into(), edit.original)))
        .unzip();
    let record = Record { version: VERSION, user: user.to_owned(), changed, original };
    // Serialising fails only for maps whose keys are not strings.
    let text = serde_json::to_string(&record).unwrap_or_default();
    text.len() <= MAX_BYTES && storage::set(&edits_key(user, key), &text)
}

/// Takes the changes of the signed-in user's form: they are no longer stored.
pub fn take(session: Session, key: &str) -> Vec<StoredEdit> {
    let Some(user) = user_id(session) else { return Vec::new() };
    let key = edits_key(&user, key);
    let record = storage::get(&key).filter(|text| text.len() <= MAX_BYTES);
    storage::remove(&key);
    let record = record.and_then(|text| lenient::parse_object::<Record>(&text));
    let Some(mut record) = record.filter(|record| record.version == VERSION && record.user == user) else {
        return Vec::new();
    };
    let edit = |field: Field| {
        let (text, original) = (record.changed.remove(field.key())?, record.original.remove(field.key())?);
        Some(StoredEdit { field, original, text })
    };
    Field::ALL.into_iter().filter_map(edit).collect()
}

//! The IDs of the workspaces that the user used last in this tab. Nothing else about them is stored.

use serde::{Deserialize, Serialize};

use crate::browser::storage;
use crate::domain::WorkspaceId;
use crate::lenient;
use crate::session::token::Claims;

/// The storage key. It is removed when the user signs out.
const KEY: &str = "altostrat.recent";
/// The version of the stored shape. Other versions are ignored.
const VERSION: u32 = 1;
/// The maximum number of stored IDs.
const MAX_ENTRIES: usize = 5;
/// The maximum length of an ID, in bytes. The app stores no longer ones, so a longer one is foreign data.
const MAX_ID_BYTES: usize = 200;

/// The stored list.
#[derive(Serialize, Deserialize)]
struct Stored {
    version: u32,
    user: String,
    #[serde(deserialize_with = "lenient::strings")]
    workspaces: Option<Vec<String>>,
}

/// The workspaces that the user used last, most recent first.
pub fn load(user: &Claims) -> Vec<WorkspaceId> {
    storage::get(KEY).map(|text| read(&text, &hash_of(user))).unwrap_or_default()
}

/// Records the use of a workspace.
pub fn record_use(workspace: &WorkspaceId, user: &Claims) {
    let mut recent = load(user);
    if recent.first() == Some(workspace) || workspace.as_str().len() > MAX_ID_BYTES {
        return;
    }
    recent.retain(|other| other != workspace);
    recent.insert(0, workspace.clone());
    if let Some(text) = write(&recent, hash_of(user)) {
        storage::set(KEY, &text);
    }
}

/// Removes the stored list.
pub fn forget() {
    storage::remove(KEY);
}

fn hash_of(user: &Claims) -> String {
    user_hash(user.sub.as_deref().unwrap_or_default())
}

/// A checksum (FNV-1a) of a user ID: it tells the stored data of different users apart without storing who they are.
pub fn user_hash(id: &str) -> String {
    let sum = id.bytes().fold(0x811c_9dc5_u32, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("{sum:08x}")
}

fn write(workspaces: &[WorkspaceId], user: String) -> Option<String> {
    let workspaces = workspaces.iter().take(MAX_ENTRIES).map(WorkspaceId::to_string).collect();
    serde_json::to_string(&Stored { version: VERSION, user, workspaces: Some(workspaces) }).ok()
}

/// Reads the stored list leniently: other scripts may have written anything.
fn read(text: &str, user: &str) -> Vec<WorkspaceId> {
    let stored = lenient::parse_object(text).filter(|stored: &Stored| stored.version == VERSION && stored.user == user);
    let ids = stored.and_then(|stored| stored.workspaces).unwrap_or_default();
    ids.iter().take(MAX_ENTRIES).filter(|id| id.len() <= MAX_ID_BYTES).filter_map(|id| WorkspaceId::parse(id)).collect()
}

#[cfg(test)]
// proptest runs on the host only.
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ids(text: &str) -> Vec<String> {
        read(text, "m").iter().map(WorkspaceId::to_string).collect()
    }

    #[test]
    fn a_list_of_another_user_version_or_shape_is_ignored() {
        let stored = |version: &str, user: &str, workspaces: &str| {
            format!(r#"{{"version":{version},"user":{user},"workspaces":{workspaces}}}"#)
        };
        let list = r#"["ws_1"]"#;
        assert_eq!(ids(&stored("1", r#""m""#, list)), ["ws_1"]);
        for (version, user) in [("0", "\"m\""), ("2", "\"m\""), ("\"1\"", "\"m\""), ("1", "\"n\""), ("1", "null")] {
            assert!(ids(&stored(version, user, list)).is_empty(), "{version} {user}");
        }
        for list in ["null", "{}", "7", "[]", "[[\"ws_1\"]]", &format!("[\"{}\"]", "x".repeat(MAX_ID_BYTES + 1))] {
            assert!(ids(&stored("1", r#""m""#, list)).is_empty(), "{list}");
        }
        for stored in ["", "m\nws_1", list, r#"[1,"m",["ws_1"]]"#, r#"{"version":1,"user":"m"}"#, "\u{0}"] {
            assert!(ids(stored).is_empty(), "{stored}");
        }
    }

    #[test]
    fn reads_only_well_formed_ids_among_the_first_five() {
        let text = r#"{"version":1,"user":"m","workspaces":[7,"..","ws/1",null,"1","2","3","4"]}"#;
        assert_eq!(ids(text), ["ws/1", "1", "2", "3"]);
    }

    proptest! {
        #[test]
        fn the_list_is_read_as_it_was_written(texts in prop::collection::vec(".{1,40}", 0..9), user in ".{0,8}") {
            let all: Vec<_> = texts.iter().filter_map(|text| WorkspaceId::parse(text)).collect();
            let text = write(&all, user.clone()).expect("it can be written");
            prop_assert_eq!(read(&text, &user), &all[..all.len().min(MAX_ENTRIES)]);
            prop_assert!(read(&text, "another user").is_empty());
        }

        #[test]
        fn any_text_is_read_without_a_panic(text in any::<String>(), at in any::<prop::sample::Index>()) {
            let stored = r#"{"version":1,"user":"m","workspaces":["ws_1"]}"#;
            let at = at.index(stored.len());
            read(&text, "m");
            read(&format!("{}{text}{}", &stored[..at], &stored[at..]), "m");
            read(&stored[..at], "m");
        }
    }
}

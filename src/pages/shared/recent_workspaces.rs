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
const MOST: usize = 5;
/// The maximum length of an ID, in bytes. The app stores no longer ones, so a longer one is foreign data.
const LONGEST: usize = 200;

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
    storage::get(KEY).map(|kept| read(&kept, &mark(user))).unwrap_or_default()
}

/// Records the use of a workspace.
pub fn record_use(workspace: &WorkspaceId, user: &Claims) {
    let mut all = load(user);
    if all.first() == Some(workspace) || workspace.as_str().len() > LONGEST {
        return;
    }
    all.retain(|other| other != workspace);
    all.insert(0, workspace.clone());
    if let Some(kept) = write(&all, mark(user)) {
        storage::set(KEY, &kept);
    }
}

/// Removes the stored list.
pub fn forget() {
    storage::remove(KEY);
}

fn mark(user: &Claims) -> String {
    user_hash(user.sub.as_deref().unwrap_or_default())
}

/// A checksum (FNV-1a) of a user ID: it tells the stored data of different users apart without storing who they are.
pub fn user_hash(id: &str) -> String {
    let sum = id.bytes().fold(0x811c_9dc5_u32, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("{sum:08x}")
}

fn write(all: &[WorkspaceId], user: String) -> Option<String> {
    let workspaces = all.iter().take(MOST).map(WorkspaceId::to_string).collect();
    serde_json::to_string(&Stored { version: VERSION, user, workspaces: Some(workspaces) }).ok()
}

/// Reads the stored list leniently: other scripts may have written anything.
fn read(kept: &str, mark: &str) -> Vec<WorkspaceId> {
    let stored = lenient::parse_object(kept).filter(|stored: &Stored| stored.version == VERSION && stored.user == mark);
    let ids = stored.and_then(|stored| stored.workspaces).unwrap_or_default();
    ids.iter().take(MOST).filter(|id| id.len() <= LONGEST).filter_map(|id| WorkspaceId::parse(id)).collect()
}

#[cfg(test)]
// proptest runs on the host only.
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ids(kept: &str) -> Vec<String> {
        read(kept, "m").iter().map(WorkspaceId::to_string).collect()
    }

    #[test]
    fn a_list_of_another_user_version_or_shape_is_ignored() {
        let kept = |version: &str, user: &str, workspaces: &str| {
            format!(r#"{{"version":{version},"user":{user},"workspaces":{workspaces}}}"#)
        };
        let list = r#"["ws_1"]"#;
        assert_eq!(ids(&kept("1", r#""m""#, list)), ["ws_1"]);
        for (version, user) in [("0", "\"m\""), ("2", "\"m\""), ("\"1\"", "\"m\""), ("1", "\"n\""), ("1", "null")] {
            assert!(ids(&kept(version, user, list)).is_empty(), "{version} {user}");
        }
        for list in ["null", "{}", "7", "[]", "[[\"ws_1\"]]", &format!("[\"{}\"]", "x".repeat(LONGEST + 1))] {
            assert!(ids(&kept("1", r#""m""#, list)).is_empty(), "{list}");
        }
        for kept in ["", "m\nws_1", list, r#"[1,"m",["ws_1"]]"#, r#"{"version":1,"user":"m"}"#, "\u{0}"] {
            assert!(ids(kept).is_empty(), "{kept}");
        }
    }

    #[test]
    fn only_readable_ids_are_taken_and_only_five_are_looked_at() {
        let kept = r#"{"version":1,"user":"m","workspaces":[7,"..","ws/1",null,"1","2","3","4"]}"#;
        assert_eq!(ids(kept), ["ws/1", "1", "2", "3"]);
    }

    proptest! {
        #[test]
        fn the_list_is_read_as_it_was_written(texts in prop::collection::vec(".{1,40}", 0..9), user in ".{0,8}") {
            let all: Vec<_> = texts.iter().filter_map(|text| WorkspaceId::parse(text)).collect();
            let kept = write(&all, user.clone()).expect("it can be written");
            prop_assert_eq!(read(&kept, &user), &all[..all.len().min(MOST)]);
            prop_assert!(read(&kept, "another user").is_empty());
        }

        #[test]
        fn any_text_is_survived(text in any::<String>(), at in any::<prop::sample::Index>()) {
            let kept = r#"{"version":1,"user":"m","workspaces":["ws_1"]}"#;
            let at = at.index(kept.len());
            read(&text, "m");
            read(&format!("{}{text}{}", &kept[..at], &kept[at..]), "m");
            read(&kept[..at], "m");
        }
    }
}

//! Which workspaces this user used last in this tab: their ids, and nothing else of them.

use crate::domain::WorkspaceId;
use crate::session::token::Claims;
use crate::storage;

/// Where they are kept, until the user signs out.
const KEY: &str = "altostrat.recent";
/// How many are kept.
const MOST: usize = 5;
/// No id is longer; what is, was not written by us.
const LONGEST: usize = 200;

/// The workspaces that this user used last, the last one first.
pub fn of(user: &Claims) -> Vec<WorkspaceId> {
    storage::get(KEY).map(|kept| read(&kept, &mark(user))).unwrap_or_default()
}

/// Notes that a workspace is used.
pub fn use_of(workspace: &WorkspaceId, user: &Claims) {
    let mut all = of(user);
    if all.first() == Some(workspace) || workspace.as_str().len() > LONGEST {
        return;
    }
    all.retain(|other| other != workspace);
    all.insert(0, workspace.clone());
    let ids = all.iter().take(MOST).map(WorkspaceId::segment);
    let lines: Vec<String> = std::iter::once(mark(user)).chain(ids).collect();
    storage::set(KEY, &lines.join("\n"));
}

/// Forgets them.
pub fn forget() {
    storage::remove(KEY);
}

/// Tells one user's list from another's, without saying who: a checksum (FNV-1a) of the user id.
fn mark(user: &Claims) -> String {
    let id = user.sub.as_deref().unwrap_or_default();
    let sum = id.bytes().fold(0x811c_9dc5_u32, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("{sum:08x}")
}

/// Anything may stand in the storage.
fn read(kept: &str, mark: &str) -> Vec<WorkspaceId> {
    let mut lines = kept.lines();
    if lines.next() != Some(mark) {
        return Vec::new();
    }
    lines.take(MOST).filter(|line| line.len() <= 3 * LONGEST).filter_map(WorkspaceId::from_segment).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_ours_is_not_read() {
        let ids = |kept: &str| read(kept, "m").iter().map(|id| id.as_str().to_owned()).collect::<Vec<_>>();
        assert_eq!(ids("m\nws_1\nws%2F2"), ["ws_1", "ws/2"]);
        assert_eq!(ids("m\n\n..\n%ff\nws_1\n1\n2\n3"), ["ws_1", "1"], "five lines are looked at");
        for kept in ["", "other\nws_1", "[\"ws_1\"]", "\u{0}", &format!("m\n{}", "x".repeat(700))] {
            assert!(ids(kept).is_empty(), "{kept}");
        }
    }
}

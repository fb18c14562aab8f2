//! `cargo deny`: checks the dependencies against `deny.toml`.

use std::time::Duration;

use anyhow::Result;

use crate::process::{command, run, tee};
use crate::tools;

/// For fetching the advisory database, which some networks can't reach.
const LIMIT: Duration = Duration::from_secs(60);

/// Checks bans, licences and sources, and the advisories if their database is reachable.
pub(crate) fn cargo_deny(notes: &mut Vec<String>) -> Result<()> {
    let program = tools::ensure_cargo_deny()?;
    let check = |what: &[&str]| run("cargo deny", command(&program).args(["--locked", "check"]).args(what));
    let offline = check(&["bans", "licenses", "sources"]);
    let fetched = tee("cargo deny fetch", command(&program).args(["fetch", "db"]), LIMIT);
    match fetched {
        Ok((status, _)) if status.success() => offline.and(check(&["--disable-fetch", "advisories"])),
        _ => {
            notes.push("advisories: skipped, their database is unreachable".to_owned());
            offline
        }
    }
}

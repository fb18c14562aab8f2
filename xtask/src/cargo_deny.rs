//! The dependencies, held to `deny.toml`.

use std::time::Duration;

use anyhow::Result;

use crate::process::{command, run, tee};
use crate::tools;

/// For fetching the advisories, which come from a place that not every network reaches.
const LIMIT: Duration = Duration::from_secs(60);

/// Bans, licences and sources always; advisories where their database can be had, else a note says so.
pub(crate) fn cargo_deny(notes: &mut Vec<String>) -> Result<()> {
    let program = tools::ensure_cargo_deny()?;
    let check = |what: &[&str]| run("cargo deny", command(&program).args(["--locked", "check"]).args(what));
    let always = check(&["bans", "licenses", "sources"]);
    let fetched = tee("cargo deny fetch", command(&program).args(["fetch", "db"]), LIMIT);
    match fetched {
        Ok((status, _)) if status.success() => always.and(check(&["--disable-fetch", "advisories"])),
        _ => {
            notes.push("advisories: skipped, their database cannot be reached".to_owned());
            always
        }
    }
}

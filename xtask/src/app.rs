//! The app as Trunk builds it.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::run::{command, root, run};
use crate::tools;

pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// Builds the release app into `dist/`. Without a change that is a second: no need to know whether there was one.
pub(crate) fn build() -> Result<()> {
    let mut trunk = trunk()?;
    eprintln!("Building the release app: 1 to 2 minutes the first time");
    run("trunk build", trunk.args(["build", "--release"]))
}

/// Trunk with the tools it calls first on `PATH`: it would download them otherwise.
pub(crate) fn trunk() -> Result<Command> {
    tools::wasm32()?;
    let trunk = tools::trunk()?;
    let mut directories = vec![tools::wasm_bindgen()?];
    directories.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    let mut command = command(trunk.program);
    command.env("PATH", std::env::join_paths(directories)?).env("TRUNK_SKIP_VERSION_CHECK", "true");
    // By convention any value says no colour; Trunk stops at all but "true" and "false".
    if std::env::var_os("NO_COLOR").is_some_and(|value| value != OsString::new()) {
        command.env("NO_COLOR", "true");
    }
    Ok(command)
}

//! `cargo xtask serve`: the release app and the sandbox at one address.

use std::process::Command;

use anyhow::Result;

use crate::process::{ProcessGroup, cargo, run, wait_for_any};
use crate::trunk;

pub(crate) fn serve(port: u16) -> Result<()> {
    trunk::build()?;
    build_sandbox()?;
    eprintln!("\nServing at http://127.0.0.1:{port}. Press Ctrl-C to stop.\n");
    let mut sandbox = sandbox(port);
    sandbox.arg("--dist").arg(trunk::dist_dir());
    wait_for_any(&mut [("the sandbox", ProcessGroup::spawn(&mut sandbox)?)])
}

/// Builds the sandbox with visible progress. Running it is quiet.
pub(crate) fn build_sandbox() -> Result<()> {
    eprintln!("Building the sandbox. The first time takes about a minute.");
    run("building the sandbox", &mut cargo(["build", "--package", "sandbox"]))
}

/// A command that runs the sandbox on a port.
pub(crate) fn sandbox(port: u16) -> Command {
    let mut sandbox = cargo(["run", "--quiet", "--package", "sandbox", "--", "--port"]);
    sandbox.arg(port.to_string());
    sandbox
}

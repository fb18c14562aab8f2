//! `cargo xtask serve`: the shipped app and the stand-in for its API, at one address.

use std::process::Command;

use anyhow::Result;

use crate::process::{ProcessGroup, cargo, run, wait_for_any};
use crate::trunk;

pub(crate) fn serve(port: u16) -> Result<()> {
    trunk::build()?;
    build_sandbox()?;
    eprintln!("\nServing at http://127.0.0.1:{port}, until Ctrl-C\n");
    let mut sandbox = sandbox(port);
    sandbox.arg("--dist").arg(trunk::dist_dir());
    wait_for_any(&mut [("the sandbox", ProcessGroup::spawn(&mut sandbox)?)])
}

/// Before it is run: so that its first build shows progress, and a failed one its errors.
pub(crate) fn build_sandbox() -> Result<()> {
    eprintln!("Building the sandbox: about a minute the first time");
    run("building the sandbox", &mut cargo(["build", "--package", "sandbox"]))
}

pub(crate) fn sandbox(port: u16) -> Command {
    let mut sandbox = cargo(["run", "--quiet", "--package", "sandbox", "--", "--port"]);
    sandbox.arg(port.to_string());
    sandbox
}

//! The app as Trunk builds it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::post_process::post_process;
use crate::process::{command, root, run};
use crate::{shim, tools};

pub(crate) fn dist_dir() -> PathBuf {
    root().join("dist")
}

/// Builds the release app into `dist/`. Without a change that is a second: no need to know whether there was one.
pub(crate) fn build() -> Result<()> {
    eprintln!("Building the release app: 1 to 2 minutes the first time");
    build_in(root())
}

/// Builds it in a clone of the repository.
pub(crate) fn build_in(clone: &Path) -> Result<()> {
    let mut trunk = trunk_command(true)?;
    // For this target alone: the hook that Trunk calls is a build for the host.
    trunk.current_dir(clone).env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", remap_path_flags(clone)?);
    run("trunk build", trunk.args(["build", "--release", "--features", "split"]))?;
    post_process(&clone.join("dist"), &wasm_bindgen_output_dir(clone))
}

/// Where Trunk has wasm-bindgen write.
pub(crate) fn wasm_bindgen_output_dir(clone: &Path) -> PathBuf {
    clone.join("target/wasm-bindgen/release")
}

/// Keeps out of the app where it was built, so that every clone gives the same bytes: the sources of the crates stand
/// in the messages of panics.
fn remap_path_flags(clone: &Path) -> Result<String> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(std::env::home_dir()?.join(".cargo"))).context("CARGO_HOME is not set")?;
    let mut folders = vec![clone.to_path_buf()];
    // One a registry; the one that this was built from is there.
    for registry in std::fs::read_dir(home.join("registry/src")).into_iter().flatten() {
        folders.push(registry?.path());
    }
    // Cargo splits the variable at blanks: a folder with one in its name stays in the messages.
    let folders = folders.iter().map(|path| path.display().to_string()).filter(|path| !path.contains(' '));
    let mut flags: Vec<_> = folders.map(|path| format!("--remap-path-prefix={path}=")).collect();
    flags.sort();
    Ok(flags.join(" "))
}

/// Trunk with the tools it calls first on its `PATH`: it would download them otherwise. `is_release`: with the shims,
/// which add the flags of the release and the split.
pub(crate) fn trunk_command(is_release: bool) -> Result<Command> {
    tools::ensure_wasm32_target()?;
    let mut trunk = command(tools::ensure_trunk()?.program);
    let mut directories = vec![tools::ensure_wasm_bindgen()?];
    if is_release {
        let real = directories[0].join(format!("wasm-bindgen{}", std::env::consts::EXE_SUFFIX));
        directories.insert(0, shim::install(&mut trunk, "wasm-bindgen", &real)?);
        directories.insert(0, shim::install(&mut trunk, "cargo", &tools::cargo_path()?)?);
    }
    directories.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    trunk.env("PATH", std::env::join_paths(directories)?).env("TRUNK_SKIP_VERSION_CHECK", "true");
    // By convention any value says no colour; Trunk stops at all but "true" and "false".
    if std::env::var_os("NO_COLOR").is_some_and(|value| value != OsString::new()) {
        trunk.env("NO_COLOR", "true");
    }
    Ok(trunk)
}

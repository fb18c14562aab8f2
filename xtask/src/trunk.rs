//! Builds the app with Trunk.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::post_process::post_process;
use crate::process::{command, root, run};
use crate::{shim, tools};

/// The folder of the built site.
pub(crate) fn dist_dir() -> PathBuf {
    root().join("dist")
}

/// Builds the release app into `dist/`. Takes about a second if nothing changed.
pub(crate) fn build() -> Result<()> {
    eprintln!("Building the release app. The first time takes some minutes.");
    build_in(root())
}

/// Builds the release app in a clone of the repository.
pub(crate) fn build_in(clone: &Path) -> Result<()> {
    let mut trunk = trunk_command(true)?;
    // Only for wasm32, because Trunk's hook is a build for the host.
    trunk.current_dir(clone).env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", remap_path_flags(clone)?);
    run("trunk build", trunk.args(["build", "--release", "--features", "split"]))?;
    post_process(&clone.join("dist"), &wasm_bindgen_output_dir(clone))
}

/// The output folder that Trunk passes to wasm-bindgen.
pub(crate) fn wasm_bindgen_output_dir(clone: &Path) -> PathBuf {
    clone.join("target/wasm-bindgen/release")
}

/// The flags that remove local paths from panic messages, so that every clone gives the same bytes.
fn remap_path_flags(clone: &Path) -> Result<String> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(std::env::home_dir()?.join(".cargo"))).context("CARGO_HOME is not set")?;
    let mut folders = vec![clone.to_path_buf()];
    // One folder per registry.
    for registry in std::fs::read_dir(home.join("registry/src")).into_iter().flatten() {
        folders.push(registry?.path());
    }
    // Cargo splits the variable at spaces, so a folder with a space in its name can't be removed.
    let folders = folders.iter().map(|path| path.display().to_string()).filter(|path| !path.contains(' '));
    let mut flags: Vec<_> = folders.map(|path| format!("--remap-path-prefix={path}=")).collect();
    flags.sort();
    Ok(flags.join(" "))
}

/// A command for Trunk with its tools first on `PATH`, because Trunk would download them otherwise. `is_release` adds
/// the shims for the release flags and the split.
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
    // By convention any value of NO_COLOR disables colours, but Trunk accepts only "true" and "false".
    if std::env::var_os("NO_COLOR").is_some_and(|value| value != OsString::new()) {
        trunk.env("NO_COLOR", "true");
    }
    Ok(trunk)
}

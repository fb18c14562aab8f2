//! Shims for the tools that Trunk calls. A copy of this program stands first on Trunk's `PATH` under the name of the
//! tool, adds the options that Trunk has no setting for, and calls the real tool.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::build_std::build_std;
use crate::process::root;
use crate::tools::WASM32;
use crate::wasm_bindgen::split_and_bind;

/// The prefix of the environment variables with the paths of the real tools, as in `XTASK_REAL_cargo`.
const REAL_PREFIX: &str = "XTASK_REAL_";
const RUSTFLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";
/// Type-erased views in Leptos, which make the app smaller, and relocations, from which the split tool gets its call
/// graph.
const RELEASE_FLAGS: &str = " --cfg erase_components -Clink-arg=--emit-relocs";

/// Installs the shim for the tool `name` and returns its directory, to be put first on Trunk's `PATH`.
pub(crate) fn install(trunk: &mut Command, name: &str, real: &Path) -> Result<PathBuf> {
    let directory = root().join("target/tools/shims").join(name);
    fs::create_dir_all(&directory)?;
    let shim = directory.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    // A running shim can't be overwritten, but it can be replaced.
    let fresh = directory.join(format!("fresh-{}", std::process::id()));
    fs::copy(std::env::current_exe()?, &fresh).with_context(|| fresh.display().to_string())?;
    fs::rename(&fresh, &shim).with_context(|| shim.display().to_string())?;
    trunk.env(format!("{REAL_PREFIX}{name}"), real);
    Ok(directory)
}

/// Acts as the tool whose name this program was called by; `None` if it was called as itself.
pub(crate) fn run_as_tool() -> Option<ExitCode> {
    let mut arguments = std::env::args_os();
    let called = PathBuf::from(arguments.next()?);
    let name = called.file_stem().and_then(OsStr::to_str)?;
    let variable = format!("{REAL_PREFIX}{name}");
    let mut real = Command::new(std::env::var_os(&variable)?);
    real.env_remove(variable);
    let arguments: Vec<OsString> = arguments.collect();
    let result = if name == "wasm-bindgen" { split_and_bind(real, &arguments) } else { run_cargo(real, &arguments) };
    Some(match result.with_context(|| name.to_owned()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    })
}

/// Calls cargo. Adds the release flags only to builds for wasm32, because Trunk's hook is a build for the host.
fn run_cargo(mut cargo: Command, arguments: &[OsString]) -> Result<bool> {
    if arguments.iter().any(|argument| argument.to_string_lossy().contains(WASM32)) {
        let mut flags = std::env::var(RUSTFLAGS).unwrap_or_default() + RELEASE_FLAGS;
        build_std(&mut cargo, &mut flags);
        // The split tool needs the names of functions. They are stripped afterwards.
        cargo.env(RUSTFLAGS, flags).env("CARGO_PROFILE_RELEASE_STRIP", "none");
    }
    Ok(cargo.args(arguments).status()?.success())
}

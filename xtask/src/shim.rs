//! This program in the place of another on Trunk's `PATH`: it does what the other does, and something of its own.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::build_std;
use crate::run::root;
use crate::wasm_bindgen::bind;

/// The program that is stood in for, in a variable of the environment that this begins.
const REAL: &str = "XTASK_REAL_";

/// Lets `trunk` find this program where it looks for `name`; the directory is to come first on its `PATH`.
pub(crate) fn put(trunk: &mut Command, name: &str, real: &Path) -> Result<PathBuf> {
    let directory = root().join("target/tools/stand-ins").join(name);
    fs::create_dir_all(&directory)?;
    let stand_in = directory.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    // It may be of an earlier build, and in use: another name, then moved into its place.
    let fresh = directory.join(format!("fresh-{}", std::process::id()));
    fs::copy(std::env::current_exe()?, &fresh).with_context(|| fresh.display().to_string())?;
    fs::rename(&fresh, &stand_in).with_context(|| stand_in.display().to_string())?;
    trunk.env(format!("{REAL}{name}"), real);
    Ok(directory)
}

/// The work of the program that this one is called as; `None` when it is itself.
pub(crate) fn work() -> Option<ExitCode> {
    let mut words = std::env::args_os();
    let called = PathBuf::from(words.next()?);
    let name = called.file_stem().and_then(OsStr::to_str)?;
    let variable = format!("{REAL}{name}");
    let mut real = Command::new(std::env::var_os(&variable)?);
    let words: Vec<OsString> = words.collect();
    real.env_remove(variable);
    let done = match name {
        "wasm-bindgen" => bind(real, &words),
        _ => {
            build_std::prepare(&mut real, &words);
            real.args(&words).status().map(|status| status.success()).map_err(Into::into)
        }
    };
    Some(match done.with_context(|| name.to_owned()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    })
}

//! A standard library that is built for size, and in which a panic is one instruction, not a message that nobody reads.
//!
//! Stable Rust has no switch for it. `RUSTC_BOOTSTRAP` lets the pinned compiler take those of nightly, and the sources
//! come with rustup's `rust-src`; where they cannot be had, the site is built with the library as it is shipped, and is
//! some 10 KB of brotli larger. Only cargo's builds for the browser may see these variables: the hook that Trunk calls
//! is a build for the host. So this program stands in for `cargo` on Trunk's `PATH`, and adds them where they belong.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::run::{answer, command, on_path};
use crate::tools::{self, WASM32};

const FLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";
/// No message of a panic, no place in the source, no `{:?}`: the app shows none of them. And functions that are as small
/// as a call of them stand where they are called, of which `z` alone does less: no larger, and a browser compiles each
/// function by itself, when it is first called.
const SMALL: &str = "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none \
                     -Cllvm-args=-inline-threshold=10";
/// What leads where, and the names of functions, for `split`; `glue` takes both out.
const LINKED: &str = "-Clink-arg=--emit-relocs";
const VARIABLES: [(&str, &str); 3] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
];

/// Whether the standard library can be built; its sources are added where they are missing.
pub(crate) fn is_possible() -> bool {
    let rustc = std::env::var_os("RUSTC").map_or("rustc".into(), PathBuf::from);
    let Some(sysroot) = answer(command(rustc).args(["--print", "sysroot"])) else { return false };
    let sources = Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/Cargo.lock");
    if !sources.is_file()
        && let Err(error) = tools::add("rust-src")
    {
        eprintln!("{error:#}\nThe standard library is taken as it is shipped: the site will be some 10 KB larger");
    }
    sources.is_file()
}

/// The cargo that Trunk calls, for which this program stands in.
pub(crate) fn cargo() -> Result<PathBuf> {
    std::env::var_os("CARGO").map(PathBuf::from).or_else(|| on_path("cargo")).context("cargo is not on PATH")
}

/// Adds the switches to a call of cargo, when that is a build for the browser.
pub(crate) fn prepare(cargo: &mut Command, words: &[OsString]) {
    if words.iter().any(|word| word.to_string_lossy().contains(WASM32)) {
        let mut flags = std::env::var(FLAGS).unwrap_or_default() + " " + LINKED;
        if is_possible() {
            flags = flags + " " + SMALL;
            cargo.envs(VARIABLES);
        }
        cargo.env(FLAGS, flags).env("CARGO_PROFILE_RELEASE_STRIP", "none");
    }
}

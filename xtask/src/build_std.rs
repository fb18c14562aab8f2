//! The standard library built for size, in which a panic is one instruction and not a message that nobody reads.
//!
//! Stable Rust has no switch for it. `RUSTC_BOOTSTRAP` lets the pinned compiler take those of nightly, and the sources
//! come with rustup's `rust-src`; where they cannot be had, the site is built with the library as it is shipped, and is
//! some 10 % larger.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{capture_stdout, command};
use crate::tools;

/// No message of a panic, no place in the source, no `{:?}`: the app shows none of them.
const FLAGS: &str = " -Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none";
const VARIABLES: [(&str, &str); 3] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
];

/// Whether the standard library can be built; its sources are added where they are missing.
pub(crate) fn is_possible() -> bool {
    let rustc = std::env::var_os("RUSTC").map_or("rustc".into(), PathBuf::from);
    let Some(sysroot) = capture_stdout(command(rustc).args(["--print", "sysroot"])) else { return false };
    let sources = Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/Cargo.lock");
    if !sources.is_file()
        && let Err(error) = tools::add_component("rust-src")
    {
        eprintln!("{error:#}\nThe standard library is taken as it is shipped: the site will be some 10 % larger");
    }
    sources.is_file()
}

/// Has `cargo` build the standard library, where that is possible; `flags` are those of rustc.
pub(crate) fn build_std(cargo: &mut Command, flags: &mut String) {
    if is_possible() {
        *flags += FLAGS;
        cargo.envs(VARIABLES);
    }
}

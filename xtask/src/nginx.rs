//! nginx, which the journey puts in front of the sandbox with the configuration of `deploy/`. Only that test needs it,
//! so it may be missing.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::process::{capture_stdout, command, on_path, root, run, tee};

/// For two small packages.
const LIMIT: Duration = Duration::from_secs(60);
/// Where Debian puts it, which is not on everybody's `PATH`.
const DEBIAN: &str = "usr/sbin/nginx";

/// The one of `NGINX_PROGRAM`, else on `PATH`, else under `target/tools`, else unpacked there from Debian's packages:
/// installed, it would be started. The error is why there is none.
pub(crate) fn nginx() -> Result<PathBuf> {
    on_path("openssl").context("openssl not found, which makes its certificate")?;
    let home = root().join("target/tools/nginx");
    let known = [
        std::env::var_os("NGINX_PROGRAM").map(PathBuf::from),
        on_path("nginx"),
        Some(Path::new("/").join(DEBIAN)),
        Some(home.join(DEBIAN)),
    ];
    if let Some(program) = known.into_iter().flatten().find(|path| runs(path)) {
        return Ok(program);
    }
    on_path("apt-get").context("nginx not found")?;
    eprintln!("Fetching nginx into {}: some seconds, once", home.display());
    fs::create_dir_all(&home)?;
    if fetch(&home).is_err() {
        // No list of packages, or an old one.
        run("apt-get update", command("apt-get").arg("update"))?;
        fetch(&home)?;
    }
    for package in fs::read_dir(&home)? {
        let package = package?.path();
        if package.extension().is_some_and(|kind| kind == "deb") {
            run("dpkg-deb", command("dpkg-deb").arg("--extract").arg(package).arg(&home))?;
        }
    }
    Some(home.join(DEBIAN)).filter(|path| runs(path)).context("the nginx of Debian does not run here")
}

fn fetch(home: &Path) -> Result<()> {
    let (status, _) = tee("apt-get download", command("apt-get").args(["download", "nginx"]).current_dir(home), LIMIT)?;
    if !status.success() {
        bail!("apt-get download nginx failed ({status})");
    }
    Ok(())
}

fn runs(program: &Path) -> bool {
    program.is_file() && capture_stdout(command(program).arg("-v")).is_some()
}

/// What the summary says when there is none.
pub(crate) fn skipped(reason: &anyhow::Error) -> String {
    format!("nginx: skipped, {reason:#}")
}

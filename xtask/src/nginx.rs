//! nginx, which one journey test runs with the configuration of `deploy/`. Without it the test is skipped.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::process::{capture_stdout, command, on_path, root, run, tee};

/// For two small packages.
const LIMIT: Duration = Duration::from_secs(60);
/// The path of Debian's nginx, which may not be on `PATH`.
const DEBIAN: &str = "usr/sbin/nginx";

/// Finds nginx by `NGINX_PROGRAM`, on `PATH` or under `target/tools`, else unpacks Debian's package there. Installing
/// the package would start a server.
pub(crate) fn nginx() -> Result<PathBuf> {
    on_path("openssl").context("openssl not found; it makes the certificate")?;
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
    eprintln!("Downloading nginx into {}. This takes some seconds, once.", home.display());
    fs::create_dir_all(&home)?;
    if fetch(&home).is_err() {
        // The package lists are missing or outdated.
        run("apt-get update", command("apt-get").arg("update"))?;
        fetch(&home)?;
    }
    for package in fs::read_dir(&home)? {
        let package = package?.path();
        if package.extension().is_some_and(|kind| kind == "deb") {
            run("dpkg-deb", command("dpkg-deb").arg("--extract").arg(package).arg(&home))?;
        }
    }
    Some(home.join(DEBIAN)).filter(|path| runs(path)).context("Debian's nginx does not run on this system")
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

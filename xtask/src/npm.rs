//! The npm packages that the journey tests use, as `tests/journey/package-lock.json` pins them. Without npm the tests that
//! need them are skipped.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::digest::hash;
use crate::process::{command, on_path, root, tee};

const MANIFEST: &str = "package.json";
const LOCK: &str = "package-lock.json";
/// For some small packages. npm would try for minutes if the registry is unreachable.
const LIMIT: Duration = Duration::from_secs(60);

/// The `node_modules` with the packages, installed under `target/tools` if it is missing.
pub(crate) fn node_modules() -> Result<PathBuf> {
    let (pinned, tools) = (root().join("tests/journey"), root().join("target/tools"));
    let name = format!("npm-{}", hash(&fs::read(pinned.join(LOCK)).context(LOCK)?));
    let home = tools.join(&name);
    let modules = home.join("node_modules");
    if modules.is_dir() {
        return Ok(modules);
    }
    let npm = on_path("npm").context("npm not found")?;
    eprintln!("Installing npm packages into {}. This takes some seconds, once.", home.display());
    // Installed into another folder first, so that an interrupted installation is not used.
    let part = tools.join(format!("{name}.part"));
    if part.exists() {
        fs::remove_dir_all(&part)?;
    }
    fs::create_dir_all(&part)?;
    for file in [MANIFEST, LOCK] {
        fs::copy(pinned.join(file), part.join(file))?;
    }
    let mut install = command(npm);
    install.arg("ci").arg("--prefix").arg(&part).arg("--ignore-scripts");
    install.args(["--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=1"]);
    let (status, _) = tee("npm ci", &mut install, LIMIT)?;
    if !status.success() {
        bail!("npm ci failed ({status})");
    }
    fs::rename(&part, &home)?;
    Ok(modules)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_npm_package_is_pinned_by_a_hash() {
        let lock = fs::read_to_string(root().join("tests/journey").join(LOCK)).unwrap();
        let packages = lock.matches("\"node_modules/").count();
        assert!(packages > 1);
        assert_eq!(lock.matches("\"integrity\": \"sha512-").count(), packages);
    }
}

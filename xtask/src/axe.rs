//! axe-core, which the journey tests use to find accessibility errors. Without it these checks are skipped.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::process::{command, on_path, root, tee};

const VERSION: &str = "4.14.1";
/// For one small package. npm would try for minutes if the registry is unreachable.
const LIMIT: Duration = Duration::from_secs(60);

/// The path of axe's script, installed under `target/tools` with npm if it is missing.
pub(crate) fn axe() -> Result<PathBuf> {
    let tools = root().join("target/tools");
    let home = tools.join(format!("axe-core-{VERSION}"));
    if let Some(script) = script(&home) {
        return Ok(script);
    }
    let npm = on_path("npm").context("npm not found")?;
    eprintln!("Installing axe-core {VERSION} into {}. This takes some seconds, once.", home.display());
    // Installed into another folder first, so that an interrupted installation is not used.
    let part = tools.join(format!("axe-core-{VERSION}.part"));
    for old in [&part, &home] {
        if old.exists() {
            fs::remove_dir_all(old)?;
        }
    }
    fs::create_dir_all(&part)?;
    let mut install = command(npm);
    install.arg("install").arg("--prefix").arg(&part).args(["--no-save", "--no-package-lock", "--ignore-scripts"]);
    install.args(["--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=1"]);
    let (status, _) = tee("npm install", install.arg(format!("axe-core@{VERSION}")), LIMIT)?;
    if !status.success() {
        bail!("npm install failed ({status})");
    }
    fs::rename(&part, &home)?;
    script(&home).context("npm installed no axe.min.js")
}

fn script(home: &Path) -> Option<PathBuf> {
    let path = home.join("node_modules/axe-core/axe.min.js");
    let text = fs::read_to_string(&path).ok()?;
    names_version(&text).then_some(path)
}

/// Whether the first line of the script names the expected version.
fn names_version(text: &str) -> bool {
    let first = text.strip_prefix("/*! axe v").and_then(|rest| rest.split_whitespace().next());
    first == Some(VERSION)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axe_version_is_read_from_the_first_line() {
        assert!(names_version(&format!("/*! axe v{VERSION}\n * Copyright (c) 2015")));
        assert!(!names_version(&format!("/*! axe v{VERSION}0\n")));
        assert!(!names_version("/*! axe v4.0.0\n"));
        assert!(!names_version(""));
    }

    #[test]
    fn a_folder_without_the_script_has_none() {
        assert_eq!(script(&root().join("xtask/src")), None);
    }
}

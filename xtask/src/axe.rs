//! axe-core, with which the journey looks for what keeps people out. Only a check needs it, so it is the one tool that
//! may be missing.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::process::{command, on_path, root, tee};

const VERSION: &str = "4.14.1";
/// For one small package; a registry that cannot be reached would take minutes to give up on.
const LIMIT: Duration = Duration::from_secs(60);

/// Its script: under `target/tools`, else put there with npm. The error is why there is none.
pub(crate) fn axe() -> Result<PathBuf> {
    let tools = root().join("target/tools");
    let home = tools.join(format!("axe-core-{VERSION}"));
    if let Some(script) = script(&home) {
        return Ok(script);
    }
    let npm = on_path("npm").context("npm not found")?;
    eprintln!("Installing axe-core {VERSION} into {}: some seconds, once", home.display());
    // Elsewhere first: what is interrupted must not be found the next time.
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

/// What the summary says when there is none.
pub(crate) fn skipped(reason: &anyhow::Error) -> String {
    format!("axe: skipped, {reason:#}")
}

fn script(home: &Path) -> Option<PathBuf> {
    let path = home.join("node_modules/axe-core/axe.min.js");
    let text = fs::read_to_string(&path).ok()?;
    names_version(&text).then_some(path)
}

/// Whether it is the version named here: its first line says which it is.
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

    #[test]
    fn the_reason_of_a_skipped_tool_is_one_line() {
        let reason = anyhow::anyhow!("npm not found");
        assert_eq!(skipped(&reason), "axe: skipped, npm not found");
        let deeper = anyhow::anyhow!("permission denied").context("cannot start npm");
        assert_eq!(skipped(&deeper), "axe: skipped, cannot start npm: permission denied");
    }
}

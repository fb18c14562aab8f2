//! An earlier commit, built to compare the working copy with it.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::process::{capture_stdout, cargo, command, root, run};
use crate::tools;

/// Checks out a commit in a worktree under `target/`, builds its site and returns the folder of the worktree. The
/// default is the newest commit that differs from the working copy: `HEAD` with uncommitted changes, else `HEAD~1`.
///
/// The commit builds with its own `xtask`, so that a change of the build is compared too. The worktree is kept, which
/// makes the next build faster.
pub(crate) fn build(commit: Option<&str>) -> Result<PathBuf> {
    let commit = commit.map_or_else(default_commit, |commit| Ok(commit.to_owned()))?;
    let parsed = git(&["rev-parse", "--verify", "--quiet", &format!("{commit}^{{commit}}")]);
    let hash = parsed.with_context(|| format!("{commit} is not a commit"))?.trim().to_owned();
    let folder = root().join("target/baseline");
    if folder.join(".git").exists() {
        let checkout = ["checkout", "--quiet", "--force", "--detach", &hash];
        run("git checkout", command("git").args(checkout).current_dir(&folder))?;
    } else {
        // Forced, because git still lists a worktree that was deleted with the target folder.
        let add = ["worktree", "add", "--force", "--detach"];
        run("git worktree add", command("git").args(add).arg(&folder).arg(&hash))?;
    }
    eprintln!("\nBuilding {commit} ({}) in {}. The first time takes some minutes.", short(&hash), folder.display());
    let site = folder.join("dist");
    if site.exists() {
        fs::remove_dir_all(&site)?;
    }
    let mut dist = cargo(["xtask", "dist"]);
    let built = run("building the earlier commit", dist.current_dir(&folder).env("PATH", path_with_tools()?));
    // A site over its size budget is built as well.
    if !site.join("index.html").is_file() {
        built?;
        bail!("the earlier commit builds no dist/index.html");
    }
    Ok(folder)
}

fn default_commit() -> Result<String> {
    let changes = git(&["status", "--porcelain", "--untracked-files=no"]).context("git can't read the working copy")?;
    Ok(if changes.is_empty() { "HEAD~1" } else { "HEAD" }.to_owned())
}

fn git(arguments: &[&str]) -> Option<String> {
    capture_stdout(command("git").args(arguments))
}

fn short(hash: &str) -> &str {
    hash.get(..7).unwrap_or(hash)
}

/// `PATH` with the installed tools first. The worktree would otherwise install its own.
fn path_with_tools() -> Result<OsString> {
    let mut directories = vec![tools::ensure_trunk()?.directory, tools::ensure_wasm_bindgen()?];
    directories.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    Ok(std::env::join_paths(directories)?)
}

//! `cargo xtask reproduce`: checks that two builds give the same bytes, so that a site can be verified against its
//! source.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::files::files;
use crate::process::{capture_stdout, command, root};
use crate::trunk;

/// Builds the site here and in a fresh copy of the repository, and compares the files.
pub(crate) fn reproduce() -> Result<()> {
    trunk::build()?;
    let clone = root().join("target/reproduce/clone");
    copy_tracked_files(&clone)?;
    eprintln!("Building the site again in {}. This takes some minutes.", clone.display());
    trunk::build_in(&clone)?;
    let [here, there] = [read(&trunk::dist_dir())?, read(&clone.join("dist"))?];
    let names = here.keys().chain(there.keys()).map(|path| path.display().to_string());
    let mut differing: Vec<_> = names.filter(|name| here.get(Path::new(name)) != there.get(Path::new(name))).collect();
    differing.sort();
    differing.dedup();
    ensure!(differing.is_empty(), "the two builds differ in {}", differing.join(", "));
    println!("reproduce: {} files are the same in both builds", here.len());
    Ok(())
}

/// Copies the tracked files with their uncommitted changes.
fn copy_tracked_files(clone: &Path) -> Result<()> {
    if clone.exists() {
        fs::remove_dir_all(clone)?;
    }
    let listed = capture_stdout(command("git").args(["ls-files", "-z"])).context("git can't list the files")?;
    for name in listed.split_terminator('\0') {
        let (from, to) = (root().join(name), clone.join(name));
        // A tracked file may be deleted without a commit.
        if from.is_file() {
            fs::create_dir_all(to.parent().unwrap_or(clone))?;
            fs::copy(&from, &to).with_context(|| name.to_owned())?;
        }
    }
    Ok(())
}

/// The files of a site without their compressed copies.
fn read(site: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let paths = files(site)?.into_iter().filter(|path| !crate::compress::is_compressed(path));
    paths.map(|path| Ok((path.strip_prefix(site)?.to_path_buf(), fs::read(&path)?))).collect()
}

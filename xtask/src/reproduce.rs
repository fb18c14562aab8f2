//! `cargo xtask reproduce`: whoever builds this gets the same bytes, so that a site can be checked against its source.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::files::files;
use crate::process::{capture_stdout, command, root};
use crate::trunk;

/// Builds here, and from nothing in a clone elsewhere.
pub(crate) fn reproduce() -> Result<()> {
    trunk::build()?;
    let clone = root().join("target/reproduce/clone");
    copy_tracked_files(&clone)?;
    eprintln!("Building it again in {}, from nothing: some minutes", clone.display());
    trunk::build_in(&clone)?;
    let [here, there] = [read(&trunk::dist_dir())?, read(&clone.join("dist"))?];
    let names = here.keys().chain(there.keys()).map(|path| path.display().to_string());
    let mut differing: Vec<_> = names.filter(|name| here.get(Path::new(name)) != there.get(Path::new(name))).collect();
    differing.sort();
    differing.dedup();
    ensure!(differing.is_empty(), "the two builds differ in {}", differing.join(", "));
    println!("reproduce: {} files, the same bytes in two places", here.len());
    Ok(())
}

/// What git knows of, as it is here now.
fn copy_tracked_files(clone: &Path) -> Result<()> {
    if clone.exists() {
        fs::remove_dir_all(clone)?;
    }
    let listed = capture_stdout(command("git").args(["ls-files", "-z"])).context("git does not list the files")?;
    for name in listed.split_terminator('\0') {
        let (from, to) = (root().join(name), clone.join(name));
        // Deleted here, and not yet in a commit.
        if from.is_file() {
            fs::create_dir_all(to.parent().unwrap_or(clone))?;
            fs::copy(&from, &to).with_context(|| name.to_owned())?;
        }
    }
    Ok(())
}

/// All files of a site but the compressed ones, which come of them.
fn read(site: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let paths = files(site)?.into_iter().filter(|path| !crate::compress::is_compressed(path));
    paths.map(|path| Ok((path.strip_prefix(site)?.to_path_buf(), fs::read(&path)?))).collect()
}

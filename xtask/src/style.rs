//! Joins `style/` into the one stylesheet that `index.html` links. Trunk would ship each file apart.

use std::fs;

use anyhow::{Context, Result};

use crate::run::root;

/// It names the order of the layers, so it comes first; the layers make the order of the others free.
const FIRST: &str = "main.css";

/// Called by Trunk before every build.
pub(crate) fn style() -> Result<()> {
    let mut files = Vec::new();
    for entry in fs::read_dir(root().join("style")).context("style")? {
        let path = entry?.path();
        if path.extension().is_some_and(|kind| kind == "css") {
            files.push(path);
        }
    }
    // Sorted, since the order of a directory differs between machines and the file's hash is in its name.
    files.sort_by_key(|path| (!path.ends_with(FIRST), path.clone()));
    let mut joined = String::new();
    for path in files {
        joined += &fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    }
    let target = root().join("target/style");
    fs::create_dir_all(&target)?;
    Ok(fs::write(target.join(FIRST), joined)?)
}

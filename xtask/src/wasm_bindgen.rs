//! wasm-bindgen, with what comes before it and behind: the module is split in two, and the glue is made small.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::glue;
use crate::size_report;
use crate::split::{bare, split};

/// What the second module is called where wasm-bindgen writes.
pub(crate) const LAZY: &str = "lazy.wasm";

/// Calls `wasm_bindgen` with `words`, as Trunk did; whether it went well.
pub(crate) fn bind(mut wasm_bindgen: Command, words: &[OsString]) -> Result<bool> {
    let is_module = |word: &&OsString| Path::new(word).extension().is_some_and(|kind| kind == "wasm");
    let written = words.iter().find_map(|word| word.to_str()?.strip_prefix("--out-dir="));
    let (Some(linked), Some(written)) = (words.iter().find(is_module), written) else {
        return Ok(wasm_bindgen.args(words).status()?.success());
    };
    let module = fs::read(linked).with_context(|| linked.display().to_string())?;
    let for_it = Path::new(linked).with_extension("bare.wasm");
    fs::write(&for_it, bare(&module)?)?;
    let words = words.iter().map(|word| if word == linked { for_it.as_os_str() } else { word });
    // The names of functions as the linker has them: `split` looks for them.
    if !wasm_bindgen.args(words).arg("--no-demangle").status()?.success() {
        return Ok(false);
    }
    let first = file(written, "_bg.wasm")?;
    let two = split(&module, &fs::read(&first)?)?;
    let lazy = Path::new(written).join(LAZY);
    fs::write(&lazy, two.rest)?;
    fs::write(&first, two.first)?;
    size_report::keep(&two.weights, Path::new(written))?;
    glue::shorten(&first, &lazy, &file(written, ".js")?)?;
    Ok(true)
}

fn file(directory: &str, ending: &str) -> Result<PathBuf> {
    let mut files = fs::read_dir(directory)?.filter_map(Result::ok).map(|entry| entry.path());
    let ends = |path: &PathBuf| path.file_name().and_then(OsStr::to_str).is_some_and(|name| name.ends_with(ending));
    files.find(ends).with_context(|| format!("wasm-bindgen made no {ending}"))
}

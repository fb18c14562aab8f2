//! wasm-bindgen as Trunk calls it, preceded by the official split tool (`wasm_split_cli_support`).
//!
//! The split tool turns the linked module into a main module, which wasm-bindgen processes, and a chunk for each name
//! in `#[wasm_split(name, …)]`. Its script, which loads the chunks, is inlined into wasm-bindgen's script. A separate
//! file would cost another request, and the two files would need each other's hashed names.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail};
use wasm_split_cli_support::{Options, transform};

use crate::digest::{hash, integrity};
use crate::wasm::compact;

/// The folder of the modules with function names, inside wasm-bindgen's output folder.
pub(crate) const UNSTRIPPED_DIR: &str = "unstripped";
/// The folder of the chunks as served, inside wasm-bindgen's output folder.
pub(crate) const CHUNKS_DIR: &str = "chunks";
const LINK_SCRIPT: &str = "./__wasm_split.js";
/// The time for a chunk to load, in milliseconds. After that the app shows an error and a retry.
const TIMEOUT: u32 = 30_000;

/// Splits the module and calls the `real` wasm-bindgen. Returns whether it succeeded.
pub(crate) fn split_and_bind(mut real: Command, arguments: &[OsString]) -> Result<bool> {
    let is_module = |argument: &&OsString| Path::new(argument).extension().is_some_and(|kind| kind == "wasm");
    let value = |option: &str| arguments.iter().find_map(|argument| argument.to_str()?.strip_prefix(option));
    let (Some(linked), Some(out), Some(name)) =
        (arguments.iter().find(is_module), value("--out-dir="), value("--out-name="))
    else {
        // Trunk also calls it with --version.
        return Ok(real.args(arguments).status()?.success());
    };
    let out = Path::new(out);
    let [unstripped, served] = [UNSTRIPPED_DIR, CHUNKS_DIR].map(|folder| out.join(folder));
    for folder in [&unstripped, &served] {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir_all(folder)?;
    }

    let input = fs::read(linked).with_context(|| linked.display().to_string())?;
    let main = unstripped.join("main.wasm");
    let mut options = Options::new(&input);
    (options.output_dir, options.main_out_path, options.link_name) = (&unstripped, &main, LINK_SCRIPT);
    let chunks = transform(options).map_err(|error| anyhow!("splitting the module: {error:#}"))?.split_modules;

    let replaced = arguments.iter().map(|argument| if argument == linked { main.as_os_str() } else { argument });
    // The chunks import the linker's exports by their original names.
    if !real.args(replaced).args(["--keep-lld-exports", "--no-demangle"]).status()?.success() {
        return Ok(false);
    }
    let module = out.join(format!("{name}_bg.wasm"));
    fs::rename(&module, &main)?;
    fs::write(&module, read_compact(&main)?)?;
    if !chunks.is_empty() {
        let link = write_chunks(&chunks, &served, &fs::read_to_string(unstripped.join(LINK_SCRIPT))?)?;
        let script = out.join(format!("{name}.js"));
        fs::write(&script, inline_split_script(&fs::read_to_string(&script)?, &link)?)?;
    }
    Ok(true)
}

/// Writes the chunks under names with a content hash. Returns the split tool's script with these names.
fn write_chunks(chunks: &[PathBuf], served: &Path, link: &str) -> Result<String> {
    let mut link = link.to_owned();
    for chunk in chunks {
        let bytes = read_compact(chunk)?;
        let stem = chunk.file_stem().unwrap_or_default().to_string_lossy();
        let file = format!("{stem}-{}.wasm", hash(&bytes));
        link = rewrite_chunk_fetch(&link, &stem, &file, &integrity(&bytes))?;
        fs::write(served.join(file), bytes)?;
    }
    Ok(link)
}

/// Reads a module as it is served.
fn read_compact(module: &Path) -> Result<Vec<u8>> {
    let whole = fs::read(module).with_context(|| module.display().to_string())?;
    compact(&whole).with_context(|| format!("{} is not a WebAssembly module", module.display()))
}

/// Rewrites the fetch of the chunk `stem` in the split tool's script: with its hashed `file` name, an integrity
/// checksum and a timeout.
fn rewrite_chunk_fetch(link: &str, stem: &str, file: &str, integrity: &str) -> Result<String> {
    let fetched = format!(r#"new URL("./{stem}.wasm", import.meta.url)"#);
    let Some((before, after)) = link.split_once(&fetched) else { bail!("the split tool's script has no {fetched}") };
    let options = format!(r#"{{ integrity: "{integrity}", signal: AbortSignal.timeout({TIMEOUT}) }}"#);
    Ok(format!(r#"{before}new URL("./{file}", import.meta.url), {options}{after}"#))
}

/// Replaces the import of the split tool's script by the script itself, in a function with its own scope.
fn inline_split_script(script: &str, link: &str) -> Result<String> {
    let import = format!(r#" from "{LINK_SCRIPT}""#);
    let is_import = |line: &&str| line.starts_with("import * as ") && line.trim_end_matches(';').ends_with(&import);
    let import = script.lines().find(is_import).context("wasm-bindgen's script does not import the split tool's")?;
    let name = import.split(' ').nth(3).unwrap_or_default();
    let (mut body, mut exports) = (String::new(), Vec::new());
    for line in link.lines() {
        // The import of `initSync`, which is now in the same script.
        if line.starts_with("import ") {
            continue;
        }
        let exported = line.strip_prefix("export ");
        exports.extend(exported.and_then(|line| line.strip_prefix("const ")?.split(' ').next()));
        body = body + exported.unwrap_or(line) + "\n";
    }
    let exports = exports.join(", ");
    Ok(script.replacen(import, &format!("const {name} = (() => {{\n{body}return {{ {exports} }};\n}})();"), 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: &str = r#"import { initSync } from "./main.js";

function getSharedImports() {
    return initSync(undefined, undefined);
}
export const __wasm_split_load_second = wrap(() => {
    const src = fetch(new URL("./split_second.wasm", import.meta.url));
}
);
"#;

    #[test]
    fn a_chunk_is_fetched_by_its_hashed_name_and_checksum() {
        let link = rewrite_chunk_fetch(LINK, "split_second", "split_second-0a.wasm", "sha384-b").unwrap();
        let fetched = r#"fetch(new URL("./split_second-0a.wasm", import.meta.url), { integrity: "sha384-b", signal: AbortSignal.timeout(30000) });"#;
        assert_eq!(link, LINK.replace(r#"fetch(new URL("./split_second.wasm", import.meta.url));"#, fetched));
        assert!(
            rewrite_chunk_fetch(&link, "split_second", "split_second-0a.wasm", "sha384-b").is_err(),
            "the fetch is missing"
        );
    }

    #[test]
    fn the_split_script_is_inlined_without_imports() {
        let script =
            "import * as import1 from \"./__wasm_split.js\"\n\nconst imports = { \"./__wasm_split.js\": import1 };\n";
        let expected = r#"const import1 = (() => {

function getSharedImports() {
    return initSync(undefined, undefined);
}
const __wasm_split_load_second = wrap(() => {
    const src = fetch(new URL("./split_second.wasm", import.meta.url));
}
);
return { __wasm_split_load_second };
})();

const imports = { "./__wasm_split.js": import1 };
"#;
        assert_eq!(inline_split_script(script, LINK).unwrap(), expected);
        assert!(inline_split_script("const imports = {};\n", LINK).is_err(), "the import is missing");
    }
}

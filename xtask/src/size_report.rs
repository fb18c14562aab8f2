//! `cargo xtask size`: the size of the app by crate and by function, as twiggy counts it, or its change by crate since
//! an earlier commit.
//!
//! Sizes are bytes before compression, of which a visitor transfers about a third. Generic code counts for the crate
//! that defines it and not for the crate that uses it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};

use crate::baseline;
use crate::files::files;
use crate::process::{capture_stdout, command, root};
use crate::tools;
use crate::trunk;
use crate::wasm_bindgen::UNSTRIPPED_DIR;

/// The smallest crate that is listed, in bytes.
const MIN_CRATE_SIZE: usize = 500;
/// The number of functions that are listed.
const MAX_FUNCTIONS: usize = 25;

/// Lists the largest crates and functions.
pub(crate) fn size_report() -> Result<()> {
    trunk::build()?;
    for (module, items) in read_modules(root())? {
        let crates = by_crate(&items);
        let mut crates: Vec<_> = crates.into_iter().filter(|(_, bytes)| *bytes >= MIN_CRATE_SIZE).collect();
        crates.sort_by_key(|(_, bytes)| Reverse(*bytes));
        println!("\n{module}");
        let functions = items.iter().take(MAX_FUNCTIONS).map(|(name, bytes)| (name.as_str(), *bytes));
        for (name, bytes) in crates.into_iter().chain(functions) {
            println!("{bytes:>9}  {name:.110}");
        }
        println!("{:>9}  total", total(&items));
    }
    Ok(())
}

/// Compares the crates of an earlier commit with those of the working copy.
pub(crate) fn compare(commit: &str) -> Result<()> {
    let earlier = baseline::build(Some(commit))?;
    trunk::build()?;
    let [before, after] = [read_modules(&earlier)?, read_modules(root())?];
    let names: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    for name in names {
        let [before, after] = [&before, &after].map(|modules| modules.get(name).map(Vec::as_slice).unwrap_or_default());
        println!("\n{name}\n{:>9}{:>9}{:>9}", "before", "after", "change");
        let sums = ("total", total(before), total(after));
        for (name, before, after) in changes(&by_crate(before), &by_crate(after)).into_iter().chain([sums]) {
            println!("{before:>9}{after:>9}{:>+9}  {name}", difference(before, after));
        }
    }
    Ok(())
}

/// The name of an item in a module, and its bytes.
type Item = (String, usize);

/// The modules of a built repository by file name, each with its items from the largest to the smallest.
fn read_modules(repository: &Path) -> Result<BTreeMap<String, Vec<Item>>> {
    let twiggy = tools::ensure_twiggy()?;
    let mut modules = BTreeMap::new();
    for module in files(&trunk::wasm_bindgen_output_dir(repository).join(UNSTRIPPED_DIR))? {
        if module.extension().is_some_and(|kind| kind == "wasm") {
            let mut top = command(&twiggy);
            top.args(["top", "--format", "csv"]).arg(&module);
            let csv = capture_stdout(&mut top).with_context(|| format!("twiggy cannot read {}", module.display()))?;
            let items = csv.lines().filter_map(parse_item).filter(|(name, _)| is_served(name)).collect();
            modules.insert(module.file_name().unwrap_or_default().to_string_lossy().into_owned(), items);
        }
    }
    Ok(modules)
}

fn by_crate(items: &[Item]) -> BTreeMap<&str, usize> {
    let mut crates = BTreeMap::new();
    for (name, bytes) in items {
        *crates.entry(crate_of(name)).or_default() += bytes;
    }
    crates
}

fn total(items: &[Item]) -> usize {
    items.iter().map(|(_, bytes)| bytes).sum()
}

/// The crates whose size differs, with both sizes, from the largest difference to the smallest.
fn changes<'a>(before: &BTreeMap<&'a str, usize>, after: &BTreeMap<&'a str, usize>) -> Vec<(&'a str, usize, usize)> {
    let names: BTreeSet<_> = before.keys().chain(after.keys()).copied().collect();
    let bytes = |crates: &BTreeMap<_, _>, name| crates.get(name).copied().unwrap_or_default();
    let sizes = names.into_iter().map(|name| (name, bytes(before, name), bytes(after, name)));
    let mut changes: Vec<_> = sizes.filter(|(_, before, after)| before != after).collect();
    changes.sort_by_key(|(_, before, after)| Reverse(before.abs_diff(*after)));
    changes
}

fn difference(before: usize, after: usize) -> isize {
    after.cast_signed() - before.cast_signed()
}

/// Parses a line of twiggy's CSV: the name, which may contain commas and is then quoted, the bytes, and three more
/// columns.
fn parse_item(line: &str) -> Option<(String, usize)> {
    let mut columns = line.rsplitn(5, ',').skip(3);
    let (bytes, name) = (columns.next()?, columns.next()?);
    Some((without_hashes(name.trim_matches('"')), bytes.parse().ok()?))
}

/// Removes crate hashes: `core[70defc23acd9a8e9]::fmt` becomes `core::fmt`.
fn without_hashes(name: &str) -> String {
    let mut parts = name.split('[');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(']') {
            Some((hash, rest)) if hash.len() > 12 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) => text += rest,
            _ => text = text + "[" + part,
        }
    }
    text
}

/// Whether an item is in the served module, from which custom sections are stripped.
fn is_served(name: &str) -> bool {
    !name.starts_with("custom section") && !name.ends_with("subsection")
}

/// The crate of a function: `view` for `<F as view::IntoView>::into_view`, `serde_json` for
/// `<serde_json::Value as Index>::index`.
fn crate_of(name: &str) -> &str {
    // Mangled names that twiggy can't read, and the split tool's exports.
    if name.starts_with("_R") || name.starts_with("__wasm_split_") {
        return "other";
    }
    let word = |text: &'_ str| -> usize { text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len()) };
    let bare = name.trim_start_matches(|c: char| "_<&([*".contains(c));
    let bare = ["mut ", "const ", "dyn ", "impl "].iter().find_map(|word| bare.strip_prefix(word)).unwrap_or(bare);
    let first = &bare[..word(bare)];
    // For a type parameter or a primitive type, the crate is that of the trait.
    match bare.split_once(" as ") {
        Some((_, of)) if !bare[first.len()..].starts_with("::") => &of[..word(of)],
        _ => first,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_belongs_to_the_crate_that_defines_it() {
        for (name, of) in [
            ("serde_json::de::parse", "serde_json"),
            ("<serde_json::value::Value as core::ops::index::Index<I>>::index", "serde_json"),
            ("<F as billing_admin::view::IntoView>::into_view::{{closure}}", "billing_admin"),
            ("<&T as wasm_bindgen::describe::WasmDescribe>::describe", "wasm_bindgen"),
            ("<[A] as core::slice::Join>::join", "core"),
            ("<dyn core::any::Any>::is", "core"),
            ("main", "main"),
            ("_RNCNvXs8_NtCsaQ3dpYM3lDl_5alloc5boxedINtB5_3Box", "other"),
            ("__wasm_split_00second_chunk00_export_91b33828_second_chunk", "other"),
        ] {
            assert_eq!(crate_of(name), of, "{name}");
        }
    }

    #[test]
    fn crates_are_compared_from_the_largest_change_on() {
        let items = |sizes: &[(&str, usize)]| {
            sizes.iter().map(|(name, bytes)| ((*name).to_owned(), *bytes)).collect::<Vec<_>>()
        };
        let before = items(&[("a::x", 10), ("a::y", 5), ("b::x", 7), ("gone::x", 3)]);
        let after = items(&[("a::x", 5), ("b::x", 7), ("new::x", 4)]);
        let expected = [("a", 15, 5), ("new", 0, 4), ("gone", 3, 0)];
        assert_eq!(changes(&by_crate(&before), &by_crate(&after)), expected);
        assert_eq!((difference(15, 5), total(&before), total(&after)), (-10, 25, 16));
    }

    #[test]
    fn a_function_name_may_contain_commas() {
        assert_eq!(parse_item("Name,ShallowSize,ShallowSizePercent,RetainedSize,RetainedSizePercent"), None);
        assert_eq!(parse_item("<[A] as alloc::B>::c,120,1.5,,"), Some(("<[A] as alloc::B>::c".to_owned(), 120)));
        let hashed = "\"a[70defc23acd9a8e9]::b<C, d[5f77b16f3228cd2]::E>\",7,0.1,,";
        assert_eq!(parse_item(hashed), Some(("a::b<C, d::E>".to_owned(), 7)));
    }
}

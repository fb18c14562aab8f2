//! `cargo xtask size`: the size of the app by crate and by function, as twiggy counts it.
//!
//! Sizes are bytes before compression, of which a visitor transfers about a third. Generic code counts for the crate
//! that defines it and not for the crate that uses it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use anyhow::{Context, Result};

use crate::files::files;
use crate::process::{capture_stdout, command, root};
use crate::tools;
use crate::trunk;
use crate::wasm_bindgen::UNSTRIPPED_DIR;

/// The smallest crate that is listed, in bytes.
const MIN_CRATE_SIZE: usize = 500;
/// The number of functions that are listed.
const MAX_FUNCTIONS: usize = 25;

pub(crate) fn size_report() -> Result<()> {
    trunk::build()?;
    let twiggy = tools::ensure_twiggy()?;
    for module in files(&trunk::wasm_bindgen_output_dir(root()).join(UNSTRIPPED_DIR))? {
        if module.extension().is_none_or(|kind| kind != "wasm") {
            continue;
        }
        let mut top = command(&twiggy);
        top.args(["top", "--format", "csv"]).arg(&module);
        let csv = capture_stdout(&mut top).with_context(|| format!("twiggy cannot read {}", module.display()))?;
        let items: Vec<_> = csv.lines().filter_map(parse_item).filter(|(name, _)| is_served(name)).collect();
        let mut crates = BTreeMap::<&str, usize>::new();
        for (name, bytes) in &items {
            *crates.entry(crate_of(name)).or_default() += bytes;
        }
        let mut crates: Vec<_> = crates.into_iter().filter(|(_, bytes)| *bytes >= MIN_CRATE_SIZE).collect();
        crates.sort_by_key(|(_, bytes)| Reverse(*bytes));
        println!("\n{}", module.file_name().unwrap_or_default().display());
        let functions = items.iter().take(MAX_FUNCTIONS).map(|(name, bytes)| (name.as_str(), *bytes));
        for (name, bytes) in crates.into_iter().chain(functions) {
            println!("{bytes:>9}  {name:.110}");
        }
        println!("{:>9}  total", items.iter().map(|(_, bytes)| bytes).sum::<usize>());
    }
    Ok(())
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
        ] {
            assert_eq!(crate_of(name), of, "{name}");
        }
    }

    #[test]
    fn a_function_name_may_contain_commas() {
        assert_eq!(parse_item("Name,ShallowSize,ShallowSizePercent,RetainedSize,RetainedSizePercent"), None);
        assert_eq!(parse_item("<[A] as alloc::B>::c,120,1.5,,"), Some(("<[A] as alloc::B>::c".to_owned(), 120)));
        let hashed = "\"a[70defc23acd9a8e9]::b<C, d[5f77b16f3228cd2]::E>\",7,0.1,,";
        assert_eq!(parse_item(hashed), Some(("a::b<C, d::E>".to_owned(), 7)));
    }
}

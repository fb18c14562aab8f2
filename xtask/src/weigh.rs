//! `cargo xtask size`: where the bytes of the module are, by the crate that they were written in.
//!
//! Bytes of code before compression, which is what a change can be traced in; a visitor pays about a third of them.
//! What is generic counts for the crate that wrote it, not for the one that uses it.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use rustc_demangle::demangle;
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

use crate::run::{cargo, root, run};
use crate::tools;

const WASM32: &str = "wasm32-unknown-unknown";
/// How many functions are listed, the largest first.
const LISTED: usize = 25;

type Bytes = BTreeMap<String, usize>;

/// Builds the app with the names of its functions, in a directory of its own, and lists what they weigh. The
/// difference is to the last time that this was asked.
pub(crate) fn size() -> Result<()> {
    tools::wasm32()?;
    eprintln!("Building the release app with the names of its functions: 1 to 2 minutes the first time");
    let target = root().join("target/size");
    let mut build = cargo(["build", "--release", "--target", WASM32, "--package", "altostrat-billing-admin"]);
    run("cargo build", build.arg("--target-dir").arg(&target).env("CARGO_PROFILE_RELEASE_STRIP", "none"))?;
    let module = target.join(WASM32).join("release/altostrat-billing-admin.wasm");
    let module = fs::read(&module).with_context(|| module.display().to_string())?;
    let functions = functions(&module)?;

    let mut crates = Bytes::new();
    for (name, size) in &functions {
        *crates.entry(crate_of(name).to_owned()).or_default() += size;
    }
    let before = before(&target.join("crates.txt"), &crates)?;
    println!("{:>9} {:>7} {:>8}  crate", "bytes", "share", "change");
    let total: usize = crates.values().sum();
    for (name, size) in by_size(&crates).into_iter().filter(|(_, size)| **size >= 500) {
        let share = *size as f64 * 100.0 / total as f64;
        let change = before.as_ref().map_or(0, |before| signed(*size) - signed(before.get(name).copied().unwrap_or(0)));
        println!("{size:>9} {share:>6.1}% {change:>+8}  {name}");
    }
    println!("{total:>9} in all\n\nThe largest functions, copies of one generic function together:");
    for (name, size) in by_size(&functions).into_iter().take(LISTED) {
        println!("{size:>9}  {name}");
    }
    Ok(())
}

fn signed(size: usize) -> isize {
    isize::try_from(size).unwrap_or(isize::MAX)
}

fn by_size(bytes: &Bytes) -> Vec<(&String, &usize)> {
    let mut all: Vec<_> = bytes.iter().collect();
    all.sort_by_key(|(_, size)| std::cmp::Reverse(**size));
    all
}

/// What was kept the last time; keeps `now` for the next.
fn before(path: &PathBuf, now: &Bytes) -> Result<Option<Bytes>> {
    let read = |text: String| {
        text.lines()
            .filter_map(|line| line.split_once(' '))
            .filter_map(|(size, name)| Some((name.to_owned(), size.parse().ok()?)))
            .collect()
    };
    let before = fs::read_to_string(path).ok().map(read);
    let lines: String = now.iter().map(|(name, size)| format!("{size} {name}\n")).collect();
    fs::write(path, lines).with_context(|| path.display().to_string())?;
    Ok(before)
}

/// Sizes by name, without what tells one copy of a generic function from another.
fn functions(module: &[u8]) -> Result<Bytes> {
    let (mut imported, mut sizes, mut names) = (0, Vec::new(), BTreeMap::new());
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => sizes.push(body.range().len()),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(subsections) = section.as_known() {
                    for subsection in subsections {
                        if let Name::Function(map) = subsection? {
                            for naming in map {
                                let naming = naming?;
                                names.insert(naming.index, naming.name);
                            }
                        }
                    }
                }
            }
            _ => {}
        }
    }
    let mut functions = Bytes::new();
    for (index, size) in (imported..).zip(sizes) {
        let name = names.get(&index).map_or_else(|| "?".to_owned(), |name| format!("{:#}", demangle(name)));
        *functions.entry(name).or_default() += size;
    }
    Ok(functions)
}

/// `<F as view::IntoView>::into_view` is of `view`, `<serde_json::Value as Index>::index` of `serde_json`.
fn crate_of(name: &str) -> &str {
    let word = |text: &'_ str| -> usize { text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len()) };
    let start = |text: &'static [&'static str], mut name: &'_ str| -> usize {
        let whole = name.len();
        while let Some(rest) = text.iter().find_map(|prefix| name.strip_prefix(prefix)) {
            name = rest;
        }
        whole - name.len()
    };
    let bare = &name[start(&["_", "<", "&", "(", "[", "*", "mut ", "const ", "dyn ", "impl "], name)..];
    let first = &bare[..word(bare)];
    // A type that is a parameter, or one of the language's own, says nothing: the trait does.
    match bare.split_once(" as ") {
        Some((_, of)) if !bare[first.len()..].starts_with("::") => &of[..word(of)],
        _ => first,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_is_of_the_crate_that_wrote_it() {
        for (name, of) in [
            ("serde_json::de::parse", "serde_json"),
            ("<serde_json::value::Value as core::ops::index::Index<I>>::index", "serde_json"),
            ("<F as billing_admin::view::IntoView>::into_view::{{closure}}", "billing_admin"),
            ("<&T as wasm_bindgen::describe::WasmDescribe>::describe", "wasm_bindgen"),
            ("<[A] as core::slice::Join>::join", "core"),
            ("main", "main"),
        ] {
            assert_eq!(crate_of(name), of, "{name}");
        }
    }

    #[test]
    fn what_is_no_module_is_refused() {
        assert!(functions(b"<!doctype html>").is_err());
    }
}

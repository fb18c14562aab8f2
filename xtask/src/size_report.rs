//! `cargo xtask size`: where the bytes of the app are, by the crate that they were written in, and in which half.
//!
//! Bytes of code before compression, which is what a change can be traced in; a visitor pays about a third of them.
//! What is generic counts for the crate that wrote it, not for the one that uses it.

use std::collections::BTreeMap;
use std::fs;
use std::ops::AddAssign;
use std::path::Path;

use anyhow::{Context, Result};

use crate::app;
use crate::run::root;
use crate::split::Weight;

/// What each function weighs, where wasm-bindgen writes.
const WEIGHTS: &str = "weights.txt";
/// What each crate weighed, the last time that this was asked.
const BEFORE: &str = "target/crates.txt";
/// How many functions are listed, the largest first.
const LISTED: usize = 25;

/// Bytes of code.
#[derive(Clone, Copy, Default)]
struct Halves {
    first: usize,
    later: usize,
}

impl Halves {
    fn total(self) -> usize {
        self.first + self.later
    }
}

impl AddAssign for Halves {
    fn add_assign(&mut self, other: Self) {
        self.first += other.first;
        self.later += other.later;
    }
}

type Bytes = BTreeMap<String, Halves>;

/// Keeps what the functions of the app weigh until it is asked for.
pub(crate) fn keep(weights: &[Weight], folder: &Path) -> Result<()> {
    write(&by_name(weights), &folder.join(WEIGHTS))
}

fn by_name(weights: &[Weight]) -> Bytes {
    let mut functions = Bytes::new();
    for Weight { is_late, bytes, name } in weights {
        let halves = if *is_late { Halves { first: 0, later: *bytes } } else { Halves { first: *bytes, later: 0 } };
        // Copies of one generic function are one.
        *functions.entry(name.clone()).or_default() += halves;
    }
    functions
}

/// Builds the site and lists what its functions weigh. The difference is to the last time that this was asked.
pub(crate) fn size() -> Result<()> {
    app::build()?;
    let functions = read(&app::bound(root()).join(WEIGHTS))?;
    let mut crates = Bytes::new();
    let mut all = Halves::default();
    for (name, bytes) in &functions {
        *crates.entry(crate_of(name).to_owned()).or_default() += *bytes;
        all += *bytes;
    }
    let before = root().join(BEFORE);
    let known = read(&before).unwrap_or_else(|_| crates.clone());
    println!("{:>9} {:>8} {:>9} {:>8}  crate", "first", "change", "later", "change");
    for (name, now) in by_size(&crates).into_iter().filter(|(_, bytes)| bytes.total() >= 500) {
        let known = known.get(name).copied().unwrap_or_default();
        let (first, later) = (change(known.first, now.first), change(known.later, now.later));
        println!("{:>9} {first:>+8} {:>9} {later:>+8}  {name}", now.first, now.later);
    }
    println!("{:>9} {:>8} {:>9} {:>8}  in all", all.first, "", all.later, "");
    println!("\n{:>9} {:>9}  the largest functions, copies of one generic function together", "first", "later");
    for (name, Halves { first, later }) in by_size(&functions).into_iter().take(LISTED) {
        println!("{first:>9} {later:>9}  {name}");
    }
    write(&crates, &before)
}

fn change(before: usize, now: usize) -> isize {
    now.cast_signed() - before.cast_signed()
}

fn by_size(bytes: &Bytes) -> Vec<(&String, &Halves)> {
    let mut all: Vec<_> = bytes.iter().collect();
    all.sort_by_key(|(_, bytes)| std::cmp::Reverse(bytes.total()));
    all
}

fn write(bytes: &Bytes, path: &Path) -> Result<()> {
    fs::write(path, text(bytes)).with_context(|| path.display().to_string())
}

fn read(path: &Path) -> Result<Bytes> {
    Ok(parse(&fs::read_to_string(path).with_context(|| path.display().to_string())?))
}

fn text(bytes: &Bytes) -> String {
    bytes.iter().map(|(name, Halves { first, later })| format!("{first} {later} {name}\n")).collect()
}

fn parse(text: &str) -> Bytes {
    let line = |line: &str| {
        let (first, rest) = line.split_once(' ')?;
        let (later, name) = rest.split_once(' ')?;
        Some((name.to_owned(), Halves { first: first.parse().ok()?, later: later.parse().ok()? }))
    };
    text.lines().filter_map(line).collect()
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
    fn what_is_kept_is_read_again_with_copies_of_a_function_as_one() {
        let weight = |is_late, bytes, name: &str| Weight { is_late, bytes, name: name.to_owned() };
        let weights =
            [weight(false, 3, "a b::c"), weight(true, 4, "a b::c"), weight(true, 5, "d"), weight(false, 1, "")];
        let functions = parse(&text(&by_name(&weights)));
        let all: Vec<_> = functions.iter().map(|(name, bytes)| (name.as_str(), bytes.first, bytes.later)).collect();
        assert_eq!(all, [("", 1, 0), ("a b::c", 3, 4), ("d", 0, 5)]);
        assert_eq!(by_size(&functions)[0].0, "a b::c");
    }
}

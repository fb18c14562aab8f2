//! `cargo xtask dist`: the release site in `dist/`, pointed at its API, packed, and held to a budget.
//!
//! What was tried to make it small, in KB of brotli 11 of the whole site. `cargo xtask size` shows what a change does.
//!
//! | what | gave |
//! |---|---|
//! | markup of one type, made by functions that are not generic (`src/view`), in place of Leptos' renderer | 64 of 203 |
//! | effects, memos and tasks in boxes (`src/view/effects.rs`) | in the line above |
//! | a standard library built for size, a panic one instruction (`small`) | about 10 of 200 |
//! | no router crate | 30 to 40 |
//! | the names of functions stripped | 37 |
//! | `opt-level = "z"`, fat LTO, one codegen unit | the smallest of `z`, `s`, `2` and `3` |
//!
//! Not worth it: `wasm-opt -Os` (2 %, for one more tool); other inline thresholds and merging the types of signals
//! (nothing); a minified `index.html` (0.2). Not done: the glue with short import names (about 5), a JSON reader of our
//! own in place of serde_json (9 at most), a module for each page.
//!
//! What is left is the app itself and what Leptos' reactive graph makes of each type that stands in a signal: a signal
//! of a type that others have costs nothing, one of a new type 1 to 2 KB before packing.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::api_base::ApiBase;
use crate::size::{Sizes, files};
use crate::wasm::custom_sections;
use crate::{app, pack, small};

/// What opening the create page for the first time may transfer, in bytes of brotli: what was reached and 2 %. Any page
/// loads all of `dist/`.
const BUDGET: usize = 192_200;

/// Of a module's name section. What is left when Rust's names are stripped is wasm-bindgen's, for its own few functions.
const NAMES: usize = 4096;

/// The site with what is to be sent in place of its files.
pub(crate) fn build() -> Result<()> {
    app::build()?;
    pack::beside(&app::dist())
}

pub(crate) fn dist(api: Option<&ApiBase>) -> Result<()> {
    build()?;
    if let Some(api) = api {
        let page = app::dist().join("index.html");
        fs::write(&page, api.set_in(&fs::read_to_string(&page)?)?)?;
    }
    refuse_names()?;
    let sizes = Sizes::of(&app::dist())?;
    println!("\n{sizes}");
    let total = sizes.total().brotli;
    match BUDGET.checked_sub(total) {
        Some(left) => println!("budget  {BUDGET:>30}, {left} left"),
        None if !small::is_possible() => println!("budget  not held: the standard library is not built for size"),
        None => bail!("dist/ is {} bytes of brotli over its budget of {BUDGET}", total - BUDGET),
    }
    Ok(())
}

/// The names of all functions would be a third more to transfer.
fn refuse_names() -> Result<()> {
    let modules: Vec<_> =
        files(&app::dist())?.into_iter().filter(|path| path.extension().is_some_and(|kind| kind == "wasm")).collect();
    if modules.is_empty() {
        bail!("dist/ has no .wasm");
    }
    for path in modules {
        let sections = custom_sections(&fs::read(&path)?).with_context(|| format!("{} is damaged", path.display()))?;
        if sections.iter().any(|(name, size)| name == "name" && *size > NAMES) {
            bail!("{} holds the names of its functions; is `strip = true` in Cargo.toml?", path.display());
        }
    }
    Ok(())
}

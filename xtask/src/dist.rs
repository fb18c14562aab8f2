//! `cargo xtask dist`: the release site in `dist/`, pointed at its API, packed, and held to a budget.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::api_base::ApiBase;
use crate::size::{Sizes, files};
use crate::wasm::custom_sections;
use crate::{app, pack, small};

/// What opening the create page for the first time may transfer, in bytes of brotli. Any page loads all of `dist/`.
const BUDGET: usize = 204_000;

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

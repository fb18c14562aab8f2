//! `cargo xtask dist`: the release site in `dist/`, pointed at its API, compressed, and held to a budget.
//!
//! `cargo xtask size` says where the bytes are, and `docs/performance.md` what was measured to matter.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::api_base::ApiBase;
use crate::bundle_size::{Sizes, files};
use crate::wasm::custom_sections;
use crate::{app, build_std, compress};

/// What opening the page for a new account for the first time may transfer, in bytes of brotli: what was reached and 2 %.
const FIRST: usize = 88_900;
/// The same of all of `dist/`, which any other page loads.
const TOTAL: usize = 145_200;

/// The site with what is to be sent in place of its files.
pub(crate) fn build() -> Result<()> {
    app::build()?;
    compress::compress(&app::dist())
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
    for (what, size, budget) in [("first", sizes.first(), FIRST), ("total", sizes.total(), TOTAL)] {
        match budget.checked_sub(size.brotli) {
            Some(left) => println!("{what} may be {budget:>27}, {left} left"),
            None if !build_std::is_possible() => {
                println!("{what}: no budget, the standard library is not built for size")
            }
            None => bail!("{what}: {} bytes of brotli over the budget of {budget}", size.brotli - budget),
        }
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
        if sections.iter().any(|(name, _)| name == "name") {
            bail!("{} holds the names of its functions; does `glue` no longer take them out?", path.display());
        }
    }
    Ok(())
}

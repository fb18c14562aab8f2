//! `cargo xtask dist`: the release site in `dist/`, pointed at its API, compressed, and held to a budget.
//!
//! `cargo xtask size` says where the bytes are, and `docs/performance.md` what was measured to matter.

use std::fs;

use anyhow::{Result, bail};

use crate::api_base::ApiBase;
use crate::bundle_size::Sizes;
use crate::{build_std, compress, trunk};

/// What opening the page for a new account for the first time may transfer, in bytes of brotli.
const FIRST_LOAD_BUDGET: usize = 231_500;
/// The same of all of `dist/`, which any other page loads.
const TOTAL_BUDGET: usize = 300_300;

/// The site, with a compressed copy of each file.
pub(crate) fn build() -> Result<()> {
    trunk::build()?;
    compress::compress(&trunk::dist_dir())
}

pub(crate) fn dist(api: Option<&ApiBase>) -> Result<()> {
    build()?;
    if let Some(api) = api {
        let page = trunk::dist_dir().join("index.html");
        fs::write(&page, api.apply_to(&fs::read_to_string(&page)?)?)?;
    }
    let sizes = Sizes::of(&trunk::dist_dir())?;
    println!("\n{sizes}");
    for (what, size, budget) in
        [("first", sizes.first_load(), FIRST_LOAD_BUDGET), ("total", sizes.total(), TOTAL_BUDGET)]
    {
        match budget.checked_sub(size.brotli) {
            Some(left) => println!("{what} may be {budget:>27}, {left} left"),
            None if !build_std::is_possible() => {
                println!("{what}: no budget, the standard library is not built for size");
            }
            None => bail!("{what}: {} bytes of brotli over the budget of {budget}", size.brotli - budget),
        }
    }
    Ok(())
}

//! `cargo xtask dist`: builds the release site in `dist/`, sets its API base, compresses it and checks its size budget.
//!
//! See also `cargo xtask size` and `docs/performance.md`.

use std::fs;

use anyhow::{Result, bail};

use crate::api_base::ApiBase;
use crate::bundle_size::Sizes;
use crate::{build_std, compress, trunk};

/// The budget for the first load of the create form, in bytes of brotli.
const FIRST_LOAD_BUDGET: usize = 286_200;
/// The budget for all files in `dist/`, in bytes of brotli.
const TOTAL_BUDGET: usize = 382_500;

/// Builds the site with a compressed copy of each file.
pub(crate) fn build() -> Result<()> {
    trunk::build()?;
    compress::compress(&trunk::dist_dir())
}

/// Builds the site for an API and checks the budget.
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
            Some(left) => println!("{what}: {left} bytes of brotli below the budget of {budget}"),
            None if !build_std::is_possible() => {
                println!("{what}: no budget, because the standard library isn't built for size");
            }
            None => bail!("{what}: {} bytes of brotli over the budget of {budget}", size.brotli - budget),
        }
    }
    Ok(())
}

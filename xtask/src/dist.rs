//! `cargo xtask dist`: builds the release site in `dist/`, configures it, compresses it and checks its size budget.
//!
//! See also `cargo xtask size` and `docs/performance.md`.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::api_base::ApiBase;
use crate::bundle_size::Sizes;
use crate::oidc::OidcProvider;
use crate::{build_std, compress, trunk};

/// The budget for the first load of the create form, in bytes of brotli.
const FIRST_LOAD_BUDGET: usize = 317_700;
/// The budget for all files in `dist/`, in bytes of brotli.
const TOTAL_BUDGET: usize = 409_400;

/// Builds the site with a compressed copy of each file.
pub(crate) fn build() -> Result<()> {
    trunk::build()?;
    compress::compress(&trunk::dist_dir())
}

/// The options of `cargo xtask dist`.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct DistOptions {
    api: Option<ApiBase>,
    provider: Option<OidcProvider>,
}

impl DistOptions {
    /// Parses options such as `--api-base /api`, in any order.
    pub(crate) fn parse(words: &[&str]) -> Result<Self> {
        const NAMES: [&str; 4] = ["--api-base", "--oidc-issuer", "--oidc-client-id", "--oidc-audience"];
        let mut values = [None; NAMES.len()];
        let mut rest = words;
        while let [name, after @ ..] = rest {
            let at = NAMES.iter().position(|known| known == name);
            let at = at.with_context(|| format!("dist has no option {name}. Its options are {}", NAMES.join(", ")))?;
            let [value, after @ ..] = after else { bail!("{name} needs a value") };
            if values[at].replace(*value).is_some() {
                bail!("{name} is given twice");
            }
            rest = after;
        }
        let [api, issuer, client_id, audience] = values;
        Ok(Self {
            api: api.map(ApiBase::parse).transpose()?,
            provider: OidcProvider::parse(issuer, client_id, audience)?,
        })
    }

    /// Writes the options into the page.
    fn apply_to(&self, html: String) -> Result<String> {
        let html = match &self.api {
            Some(api) => api.apply_to(&html)?,
            None => html,
        };
        match &self.provider {
            Some(provider) => provider.apply_to(&html),
            None => Ok(html),
        }
    }
}

/// Builds the site, configures it and checks the budget.
pub(crate) fn dist(options: &DistOptions) -> Result<()> {
    build()?;
    if *options != DistOptions::default() {
        let page = trunk::dist_dir().join("index.html");
        fs::write(&page, options.apply_to(fs::read_to_string(&page)?)?)?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_of_dist_have_any_order() {
        assert_eq!(DistOptions::parse(&[]).unwrap(), DistOptions::default());
        let one = ["--api-base", "/api", "--oidc-issuer", "https://id.example.com/", "--oidc-client-id", "abc"];
        let other = ["--oidc-client-id", "abc", "--oidc-issuer", "https://id.example.com/", "--api-base", "/api"];
        assert_eq!(DistOptions::parse(&one).unwrap(), DistOptions::parse(&other).unwrap());
    }

    #[test]
    fn an_unknown_repeated_or_empty_option_is_named() {
        for (words, problem) in [
            (&["--oidc-client", "x"][..], "dist has no option --oidc-client"),
            (&["--api-base"], "--api-base needs a value"),
            (&["--api-base", "/api", "--api-base", "/x"], "--api-base is given twice"),
            (&["--oidc-client-id", "x"], "--oidc-issuer is missing"),
            (&["--oidc-issuer", "https://id.example.com"], "--oidc-client-id is missing"),
        ] {
            let error = DistOptions::parse(words).unwrap_err().to_string();
            assert!(error.starts_with(problem), "{error}");
        }
    }

    #[test]
    fn the_page_of_this_project_can_be_configured() {
        let html = fs::read_to_string(crate::process::root().join("index.html")).unwrap();
        let words = ["--api-base", "/api", "--oidc-issuer", "https://id.example.com/", "--oidc-client-id", "abc"];
        let page = DistOptions::parse(&words).unwrap().apply_to(html).unwrap();
        assert!(page.contains("connect-src 'self' https://id.example.com; base-uri"), "{page}");
        assert!(page.contains(r#"name="altostrat-oidc-issuer" content="https://id.example.com/""#), "{page}");
    }
}

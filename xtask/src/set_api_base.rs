//! A hook that sets the API base of the page that Trunk serves for `cargo xtask dev`.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};

use crate::api_base::ApiBase;

/// Called by Trunk, which passes the directory of the built page in `TRUNK_STAGING_DIR`.
pub(crate) fn set_api_base(base: &str) -> Result<()> {
    let directory = std::env::var_os("TRUNK_STAGING_DIR").context("this command is only for Trunk's hook")?;
    let page = PathBuf::from(directory).join("index.html");
    let html = ApiBase::parse(base)?.apply_to(&std::fs::read_to_string(&page)?)?;
    Ok(std::fs::write(page, permit_live_reload(&html)?)?)
}

/// Permits the inline script that Trunk adds for live reload.
fn permit_live_reload(html: &str) -> Result<String> {
    const SCRIPTS: &str = "script-src 'self'";
    ensure!(html.contains(SCRIPTS), "index.html has no policy with {SCRIPTS}");
    Ok(html.replacen(SCRIPTS, "script-src 'self' 'unsafe-inline'", 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_permits_the_live_reload_script() {
        let html = std::fs::read_to_string(crate::process::root().join("index.html")).unwrap();
        assert!(permit_live_reload(&html).unwrap().contains("script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'"));
        assert!(permit_live_reload("<meta content=\"default-src 'none'\">").is_err());
    }
}

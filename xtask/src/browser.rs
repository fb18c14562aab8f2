//! Chromium and its driver, for the tests that need a real browser.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::process::{command, on_path, run};

const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

pub(crate) struct Browser {
    pub(crate) chrome: PathBuf,
    pub(crate) driver: PathBuf,
}

/// The ones of `CHROME` and `CHROMEDRIVER`, else on `PATH`, else installed where this may install.
pub(crate) fn browser() -> Result<Browser> {
    if let Some(browser) = find() {
        return Ok(browser);
    }
    if on_path("apt-get").is_none() {
        bail!(
            "Chromium and ChromeDriver of one version are needed on PATH, or named by CHROME and CHROMEDRIVER: \
             https://googlechromelabs.github.io/chrome-for-testing"
        );
    }
    if !is_root() {
        bail!("Chromium and ChromeDriver are needed: sudo apt-get install chromium chromium-driver");
    }
    eprintln!("Installing Chromium and ChromeDriver with apt-get: about a minute, once");
    apt_get(&["update"])?;
    apt_get(&["install", "-y", "--no-install-recommends", "chromium", "chromium-driver"])?;
    find().context("chromium and chromium-driver are installed, but not on PATH")
}

fn find() -> Option<Browser> {
    let named = |variable| std::env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file());
    let chrome = named("CHROME")
        .or_else(|| BROWSERS.into_iter().find_map(on_path))
        .or_else(|| Some(PathBuf::from(MAC)).filter(|path| path.is_file()))?;
    let driver = named("CHROMEDRIVER").or_else(|| on_path("chromedriver"))?;
    Some(Browser { chrome, driver })
}

fn apt_get(arguments: &[&str]) -> Result<()> {
    let label = format!("apt-get {}", arguments[0]);
    run(&label, command("apt-get").args(arguments).env("DEBIAN_FRONTEND", "noninteractive"))
}

#[cfg(unix)]
fn is_root() -> bool {
    nix::unistd::geteuid().is_root()
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}

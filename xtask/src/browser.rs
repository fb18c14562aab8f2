//! Chromium and ChromeDriver for the tests in a browser.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::process::{command, on_path, run};

const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

pub(crate) struct Browser {
    pub(crate) chrome: PathBuf,
    pub(crate) driver: PathBuf,
}

/// Finds the browser named by `CHROME` and `CHROMEDRIVER` or on `PATH`, else installs it if run as root on Debian.
pub(crate) fn browser() -> Result<Browser> {
    if let Some(browser) = find() {
        return Ok(browser);
    }
    if on_path("apt-get").is_none() {
        bail!(
            "the tests need Chromium and ChromeDriver of the same version, on PATH or named by CHROME and \
             CHROMEDRIVER. Get them from https://googlechromelabs.github.io/chrome-for-testing"
        );
    }
    if !is_root() {
        bail!("the tests need Chromium and ChromeDriver. Run: sudo apt-get install chromium chromium-driver");
    }
    eprintln!("Installing Chromium and ChromeDriver with apt-get. This takes about a minute, once.");
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

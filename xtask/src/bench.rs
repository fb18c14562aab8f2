//! `cargo xtask bench`: compares the speed, transfer and memory of the app in Chromium with those of an earlier commit.
//!
//! The figures come from the ignored tests in `tests/journey/performance/bench.rs`, which measure the load three times a
//! round. They measure the two builds in turn, so that both see the same changes of the machine, and change the order in
//! each round.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

use crate::baseline;
use crate::bench_figures::{Build, Figures};
use crate::browser::{Browser, browser};
use crate::bundle_size::Sizes;
use crate::process::{cargo, run, tee};
use crate::test::APP;
use crate::{dist, trunk};

const ROUNDS: usize = 7;
/// For one round of one build, in case a browser hangs.
const LIMIT: Duration = Duration::from_secs(5 * 60);

/// The options of `cargo xtask bench`.
#[derive(Debug, PartialEq)]
pub(crate) struct BenchOptions<'a> {
    against: Option<&'a str>,
    rounds: usize,
}

impl<'a> BenchOptions<'a> {
    pub(crate) fn parse(words: &[&'a str]) -> Result<Self> {
        let mut options = Self { against: None, rounds: ROUNDS };
        for pair in words.chunks(2) {
            match pair {
                ["--against", commit] => options.against = Some(commit),
                ["--rounds", count] => {
                    options.rounds = count.parse().with_context(|| format!("{count} is not a number"))?;
                    ensure!(options.rounds > 0, "--rounds must be at least 1");
                }
                _ => bail!("expected --against COMMIT or --rounds N, found {}", pair.join(" ")),
            }
        }
        Ok(options)
    }
}

pub(crate) fn bench(options: &BenchOptions) -> Result<()> {
    let browser = browser()?;
    let before = baseline::build(options.against)?.join("dist");
    dist::build()?;
    let sites = [(Build::Before, before), (Build::After, trunk::dist_dir())];
    run("building the measurements", &mut cargo(["test", "--no-run", "--package", APP, "--test", "journey"]))?;
    let mut figures = Figures::default();
    for (build, site) in &sites {
        let whole_site = Sizes::of(site)?.total().brotli;
        figures.record(*build, "whole site, KB of brotli 11", whole_site as f64 / 1000.0);
    }
    for round in 0..options.rounds {
        let mut turns: Vec<_> = sites.iter().collect();
        if round % 2 == 1 {
            turns.reverse();
        }
        for (build, site) in turns {
            eprintln!("\n== round {} of {}: {build:?}", round + 1, options.rounds);
            figures.record_all(*build, &measure(site, &browser)?);
        }
    }
    println!("\n{figures}");
    Ok(())
}

/// The output of one round of measurements.
fn measure(site: &Path, browser: &Browser) -> Result<String> {
    let mut command = cargo(["test", "--quiet", "--package", APP, "--test", "journey", "--"]);
    // One at a time, because they share the processor.
    command.args(["--ignored", "--nocapture", "--test-threads=1", "performance::bench"]);
    command.env("CHROMEDRIVER", &browser.driver).env("CHROME", &browser.chrome).env("DIST", site);
    let (status, output) = tee("a measurement", &mut command, LIMIT)?;
    ensure!(status.success(), "a measurement failed ({status})");
    Ok(output)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_options_of_bench_have_any_order() {
        assert_eq!(BenchOptions::parse(&[]).unwrap(), BenchOptions { against: None, rounds: ROUNDS });
        let expected = BenchOptions { against: Some("HEAD~3"), rounds: 2 };
        assert_eq!(BenchOptions::parse(&["--against", "HEAD~3", "--rounds", "2"]).unwrap(), expected);
        assert_eq!(BenchOptions::parse(&["--rounds", "2", "--against", "HEAD~3"]).unwrap(), expected);
    }

    #[test]
    fn an_unknown_or_incomplete_option_of_bench_is_rejected() {
        for words in [&["--against"][..], &["--rounds", "0"], &["--rounds", "many"], &["HEAD~1"], &["--runs", "2"]] {
            assert!(BenchOptions::parse(words).is_err(), "{words:?}");
        }
    }
}

//! `cargo xtask test`: runs all checks of the project. After a failed step the next ones still run.

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::browser::browser;
use crate::process::{cargo, root, run, tee};
use crate::summary::{Counts, Results, Row};
use crate::tools::WASM32;
use crate::{cargo_deny, dist, nginx, npm, tools, trunk};

/// The package of the app.
pub(crate) const APP: &str = "altostrat-billing-admin";
/// For building and running one set of tests, in case a browser hangs.
const LIMIT: Duration = Duration::from_secs(30 * 60);

/// The npm packages of the journey, and the variables that name their files: the accessibility checks, and a certified
/// OpenID Connect provider.
const NPM_PACKAGES: [(&str, &str, &str); 2] =
    [("axe-core", "AXE", "axe.min.js"), ("oidc-provider", "OIDC_PROVIDER", "lib/index.js")];

type Step = (&'static str, fn(&mut Row, &Results) -> Result<()>);

const STEPS: [Step; 7] = [
    ("fmt", |_, _| check_format()),
    ("clippy", |_, _| run_clippy()),
    ("deny", |row, _| cargo_deny::cargo_deny(&mut row.notes)),
    ("host", |row, _| run_host_tests(&mut row.counts)),
    ("web", |row, _| run_web_tests(&mut row.counts)),
    ("dist", |_, _| dist::dist(&dist::DistOptions::default())),
    ("journey", run_journey),
];

/// Runs the named steps, or all steps.
pub(crate) fn test(names: &[&str]) -> Result<()> {
    if let Some(name) = names.iter().find(|name| STEPS.iter().all(|(step, _)| step != *name)) {
        bail!("there is no step {name}; choose from {}", STEPS.map(|(step, _)| step).join(" "));
    }
    let mut results = Results::default();
    for (step, perform) in STEPS {
        if !names.is_empty() && !names.contains(&step) {
            continue;
        }
        eprintln!("\n== {step}");
        let start = Instant::now();
        let mut row = Row { step, ..Row::default() };
        row.failure = perform(&mut row, &results).err().map(|error| format!("{error:#}"));
        if let Some(failure) = &row.failure {
            eprintln!("{step}: {failure}");
        }
        row.duration = start.elapsed();
        results.0.push(row);
    }
    println!("\n{results}");
    ensure!(results.total().failed == 0, "some checks failed, see the table above");
    Ok(())
}

fn check_format() -> Result<()> {
    tools::ensure_component("rustfmt", "fmt")?;
    run("cargo fmt", &mut cargo(["fmt", "--all", "--check"]))
}

fn run_clippy() -> Result<()> {
    tools::ensure_component("clippy", "clippy")?;
    let deny = ["--all-targets", "--", "-D", "warnings"];
    let host = run("clippy", cargo(["clippy", "--workspace"]).args(deny));
    tools::ensure_wasm32_target()?;
    let wasm = run(
        "clippy for wasm32",
        cargo(["clippy", "--package", APP, "--target", WASM32, "--features", "split"]).args(deny),
    );
    host.and(wasm)
}

/// Runs the tests without a browser. Two commands, because `--lib` would exclude the binaries of the members.
fn run_host_tests(counts: &mut Counts) -> Result<()> {
    let mut app = cargo(["test", "--no-fail-fast", "--package", APP, "--lib"]);
    for name in host_tests()? {
        app.args(["--test", &name]);
    }
    let app = run_tests("tests of the app", &mut app, counts);
    let mut members = cargo(["test", "--no-fail-fast", "--package", "sandbox", "--package", "xtask"]);
    app.and(run_tests("tests of the members", &mut members, counts))
}

/// The test targets for the host: each file in `tests/` except the journey. `tests/web` is a directory.
fn host_tests() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(root().join("tests")).context("tests")? {
        let path = entry?.path();
        if let (Some(name), true) = (path.file_stem(), path.extension() == Some("rs".as_ref()))
            && name != "journey"
        {
            names.push(name.to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

fn run_web_tests(counts: &mut Counts) -> Result<()> {
    tools::ensure_wasm32_target()?;
    let runner = tools::ensure_wasm_bindgen()?.join("wasm-bindgen-test-runner");
    let browser = browser()?;
    let mut command = cargo(["test", "--package", APP, "--target", WASM32, "--test", "web"]);
    command
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        .env("CHROMEDRIVER", browser.driver)
        // The time for all tests together, 20 s by default.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "600");
    run_tests("tests in the browser", &mut command, counts)
}

fn run_journey(row: &mut Row, results: &Results) -> Result<()> {
    match results.failed("dist") {
        Some(false) => {}
        Some(true) => bail!("did not run, because dist failed"),
        None => dist::build()?,
    }
    let browser = browser()?;
    let mut command = cargo(["test", "--package", APP, "--test", "journey"]);
    command.env("CHROMEDRIVER", browser.driver).env("CHROME", browser.chrome).env("DIST", trunk::dist_dir());
    let modules = npm::node_modules();
    for (package, variable, file) in NPM_PACKAGES {
        match &modules {
            Ok(modules) => command.env(variable, modules.join(package).join(file)),
            Err(reason) => {
                row.notes.push(format!("{package}: skipped, {reason:#}"));
                command.env_remove(variable)
            }
        };
    }
    match nginx::nginx() {
        Ok(program) => command.env("NGINX_PROGRAM", program),
        Err(reason) => {
            row.notes.push(format!("nginx: skipped, {reason:#}"));
            command.env_remove("NGINX_PROGRAM")
        }
    };
    run_tests("the journey", &mut command, &mut row.counts)
}

/// Runs a test command and adds its results to `counts`.
fn run_tests(label: &str, command: &mut Command, counts: &mut Counts) -> Result<()> {
    let (status, output) = tee(label, command, LIMIT)?;
    let ran = Counts::parse(&output);
    *counts += ran;
    match ran {
        Counts { failed: 1.., .. } => bail!("{label}: {} failed", ran.failed),
        _ if !status.success() => bail!("{label}: {status}"),
        Counts { passed: 0, .. } => bail!("{label}: no tests ran"),
        _ => Ok(()),
    }
}

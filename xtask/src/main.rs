//! The project's tasks. `cargo xtask` lists them.
//!
//! Missing tools are installed under `target/tools` and not into the user's own tools. If a tool can't be installed,
//! the error names the command that installs it.

mod api_base;
mod baseline;
mod bench;
mod bench_figures;
mod browser;
mod build_std;
mod bundle_size;
mod cargo_deny;
mod compress;
mod dev;
mod digest;
mod dist;
mod files;
mod index_html;
mod nginx;
mod npm;
mod oidc;
mod post_process;
mod process;
mod reproduce;
mod secure_url;
mod serve;
mod set_api_base;
mod shim;
mod size_report;
mod style;
mod summary;
mod test;
mod tools;
mod trunk;
mod wasm;
mod wasm_bindgen;

use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use bench::BenchOptions;
use dist::DistOptions;

const HELP: &str = "\
cargo xtask serve [--port N]   serve the release app with a fake API (port 8080)
cargo xtask dev [--port N]     serve a debug build with live reload
cargo xtask test [STEP]...     run all checks, or some of: fmt clippy deny host web dist journey
cargo xtask dist               build the release site in dist/ and check its size
    [--api-base URL]           use another API: an https: URL, or a path on the site's own origin
    [--oidc-issuer URL --oidc-client-id ID [--oidc-audience URL]]
                               sign users in with an OpenID Connect provider, such as Auth0
cargo xtask reproduce          build the site in two folders and compare the files
cargo xtask size               list the size of the app by crate and by function
    [--against COMMIT]         compare it by crate with an earlier commit
cargo xtask bench              compare speed, transfer and memory with an earlier commit, on a quiet machine
    [--against COMMIT]         default: the last commit that differs from the working copy
    [--rounds N]               measurements of each of the two (default 7)";

const PORT: u16 = 8080;

fn main() -> ExitCode {
    if let Some(code) = shim::run_as_tool() {
        return code;
    }
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match process::kill_children_on_signal().and_then(|()| dispatch(&words)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(words: &[&str]) -> Result<()> {
    match words {
        [] | ["help" | "-h" | "--help", ..] => {
            println!("{HELP}");
            Ok(())
        }
        ["serve", rest @ ..] => serve::serve(port(rest)?),
        ["dev", rest @ ..] => dev::dev(port(rest)?),
        ["test", steps @ ..] => test::test(steps),
        ["dist", options @ ..] => dist::dist(&DistOptions::parse(options)?),
        ["reproduce"] => reproduce::reproduce(),
        ["size"] => size_report::size_report(),
        ["size", "--against", commit] => size_report::compare(commit),
        ["bench", options @ ..] => bench::bench(&BenchOptions::parse(options)?),
        // Hooks that Trunk calls.
        ["style"] => style::style(),
        ["set-api-base", base] => set_api_base::set_api_base(base),
        _ => bail!("there is no command `cargo xtask {}`\n\n{HELP}", words.join(" ")),
    }
}

fn port(words: &[&str]) -> Result<u16> {
    let number = match words {
        [] => return Ok(PORT),
        ["--port" | "-p", number] => number,
        [word] if word.starts_with("--port=") => &word["--port=".len()..],
        _ => bail!("expected --port N, found {}", words.join(" ")),
    };
    number.parse().with_context(|| format!("{number} is not a port number"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_optional_and_has_two_forms() {
        assert_eq!(port(&[]).unwrap(), PORT);
        assert_eq!(port(&["--port", "9000"]).unwrap(), 9000);
        assert_eq!(port(&["--port=9000"]).unwrap(), 9000);
    }

    #[test]
    fn anything_but_a_port_is_rejected() {
        for words in [&["--port"][..], &["9000"], &["--port", "70000"], &["--port="]] {
            assert!(port(words).is_err(), "{words:?}");
        }
    }
}

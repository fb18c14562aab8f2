//! The `sandbox` command: starts a sandbox, prints its address and demo tokens, and serves until Ctrl-C.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use sandbox::{DefaultAddress, Demo, Options, Sandbox};

/// A fake Altostrat API with a web server for the site.
///
/// Listens on 127.0.0.1 only. Memory only: all data is lost when it stops.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Port to listen on; 0 picks a free one
    #[arg(long, default_value_t = 8080)]
    port: u16,

    /// Folder of the built site
    #[arg(long, default_value = "dist", value_name = "FOLDER")]
    dist: PathBuf,

    /// Serve only /api and /sandbox, for a proxy such as `trunk serve`
    #[arg(long, conflicts_with = "dist")]
    api_only: bool,

    /// Sign in by pasting a token, as on a site without an OpenID Connect provider
    #[arg(long)]
    no_provider: bool,

    /// Close a cut connection without sending a byte, so that the browser may repeat the request
    #[arg(long)]
    allow_resends: bool,

    /// Country of the address that an account created without one gets; "none" leaves it empty
    #[arg(long, default_value = "ZA", value_name = "CC")]
    default_address: DefaultAddress,
}

#[tokio::main]
async fn main() -> ExitCode {
    let Arguments { port, dist, api_only, no_provider, allow_resends, default_address } = Arguments::parse();
    let (dist, provider) = ((!api_only).then_some(dist), !no_provider);
    let options = Options { port, dist, provider, allow_resends, default_address, ..Options::default() };
    match sandbox::start(options).await {
        Ok(sandbox) => {
            print!("{}", greeting(&sandbox));
            sandbox.stopped().await;
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn greeting(sandbox: &Sandbox) -> String {
    let origin = sandbox.origin();
    let mut lines = format!("The sandbox is at {origin} (its API at {origin}/api).\n\nDemo tokens:\n");
    for who in Demo::ALL {
        lines += &format!("  {} ({}): {}\n", who.label(), who.description(), sandbox.token(who));
    }
    lines + "\nMemory only: all data is lost when the sandbox stops. Press Ctrl-C to stop it.\n"
}

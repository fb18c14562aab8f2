//! The sandbox as a command: starts it, says where it is and how to sign in, serves until ctrl-c.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use sandbox::{Demo, Options, Sandbox};

/// A stand-in for the Altostrat API, and a server for the site that uses it.
///
/// Listens on 127.0.0.1 only. Memory only: everything is forgotten when it stops.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// The port to listen on; 0 takes any free one
    #[arg(long, default_value_t = 8080)]
    port: u16,

    /// The folder of the built site
    #[arg(long, default_value = "dist", value_name = "FOLDER")]
    dist: PathBuf,

    /// Serve no site: /api and /sandbox only, for `trunk serve` to pass on to
    #[arg(long, conflicts_with = "dist")]
    api_only: bool,

    /// Close a cut connection without a byte: the browser may then send a request again by itself
    #[arg(long)]
    allow_resends: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    let Arguments { port, dist, api_only, allow_resends } = Arguments::parse();
    let options = Options { port, dist: (!api_only).then_some(dist), allow_resends, ..Options::default() };
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
    lines + "\nMemory only: everything is forgotten when the sandbox stops. Ctrl-C stops it.\n"
}

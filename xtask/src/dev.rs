//! `cargo xtask dev`: Trunk's live reload, with the sandbox behind it at `/api` and `/sandbox`.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;

use anyhow::{Context, Result};

use crate::process::{ProcessGroup, root, wait_for_any};
use crate::serve::{build_sandbox, sandbox};
use crate::trunk;

/// What the app is built from. Trunk's own choice would be all that is here, `target/` with its thousands of
/// directories included.
const WATCHED: [&str; 7] = ["src", "style", "index.html", "boot.js", "Trunk.toml", "Cargo.toml", "Cargo.lock"];

pub(crate) fn dev(port: u16) -> Result<()> {
    // Trunk says a taken port only after the build.
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).with_context(|| format!("port {port}; choose one with --port N"))?;
    let mut trunk = trunk::trunk_command(false)?;
    build_sandbox()?;

    let api = free_port()?;
    let sandbox = ProcessGroup::spawn(sandbox(api).arg("--api-only"))?;

    // Apart from dist/, which stays a release.
    let home = root().join("target/dev");
    fs::create_dir_all(&home)?;
    let config = home.join("Trunk.toml");
    let shipped = fs::read_to_string(root().join("Trunk.toml")).context("Trunk.toml")?;
    fs::write(&config, shipped + &dev_config(&std::env::current_exe()?, api))?;
    trunk.arg("serve").arg(root().join("index.html")).arg("--config").arg(config);
    trunk.arg("--dist").arg(home.join("dist")).args(["--port", &port.to_string()]);
    // Told by the system, Trunk misses a file that an editor replaces on saving, as most do.
    trunk.args(["--poll", "--poll-interval", "1s"]);
    for path in WATCHED {
        trunk.arg("--watch").arg(root().join(path));
    }
    eprintln!("\nThe app will be at http://127.0.0.1:{port} once built, until Ctrl-C\n");
    wait_for_any(&mut [("the sandbox", sandbox), ("Trunk", ProcessGroup::spawn(&mut trunk)?)])
}

/// What the command line cannot say: two proxies, and a hook.
fn dev_config(xtask: &Path, api: u16) -> String {
    let proxy = |path: &str| {
        // A proxy of the network knows nothing of this loopback.
        format!("\n[[proxy]]\nbackend = \"http://127.0.0.1:{api}{path}\"\nno_system_proxy = true\n")
    };
    let hook = format!(
        "\n[[hooks]]\nstage = \"post_build\"\ncommand = '{}'\ncommand_arguments = [\"set-api-base\", \"/api\"]\n",
        xtask.display()
    );
    proxy("/api") + &proxy("/sandbox") + &hook
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

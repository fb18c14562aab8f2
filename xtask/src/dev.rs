//! `cargo xtask dev`: Trunk with live reload, which proxies `/api` and `/sandbox` to the sandbox.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;

use anyhow::{Context, Result};

use crate::process::{ProcessGroup, root, wait_for_any};
use crate::serve::{build_sandbox, sandbox};
use crate::trunk;

/// The sources of the app. By default Trunk would watch the whole repository, including `target/`.
const WATCHED: [&str; 7] = ["src", "style", "index.html", "boot.js", "Trunk.toml", "Cargo.toml", "Cargo.lock"];

pub(crate) fn dev(port: u16) -> Result<()> {
    // Trunk reports a port in use only after the build.
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .with_context(|| format!("can't use port {port}; choose another one with --port N"))?;
    let mut trunk = trunk::trunk_command(false)?;
    build_sandbox()?;

    let api = free_port()?;
    let sandbox = ProcessGroup::spawn(sandbox(api).arg("--api-only"))?;

    // Not in dist/, which holds a release.
    let home = root().join("target/dev");
    fs::create_dir_all(&home)?;
    let config = home.join("Trunk.toml");
    let shipped = fs::read_to_string(root().join("Trunk.toml")).context("Trunk.toml")?;
    fs::write(&config, shipped + &dev_config(&std::env::current_exe()?, api))?;
    trunk.arg("serve").arg(root().join("index.html")).arg("--config").arg(config);
    trunk.arg("--dist").arg(home.join("dist")).args(["--port", &port.to_string()]);
    // Most editors replace a file when they save it, and Trunk's native watcher misses that.
    trunk.args(["--poll", "--poll-interval", "1s"]);
    for path in WATCHED {
        trunk.arg("--watch").arg(root().join(path));
    }
    eprintln!("\nBuilding the app. It will be at http://127.0.0.1:{port}. Press Ctrl-C to stop.\n");
    wait_for_any(&mut [("the sandbox", sandbox), ("Trunk", ProcessGroup::spawn(&mut trunk)?)])
}

/// The Trunk configuration that has no command-line option: two proxies and a hook.
fn dev_config(xtask: &Path, api: u16) -> String {
    let proxy = |path: &str| {
        // A network proxy can't reach this loopback address.
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

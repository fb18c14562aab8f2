use std::process::Stdio;

use sandbox::{Options, StartError};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;

use crate::harness::TestServer;

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sandbox"));
    command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    command
}

fn port(server: &TestServer) -> u16 {
    server.sandbox.origin().rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port")
}

#[tokio::test]
async fn the_command_prints_its_address_tokens_and_how_to_stop() {
    let mut running = command(&["--api-only", "--port", "0"]).spawn().expect("started");
    let mut lines = BufReader::new(running.stdout.take().expect("its output")).lines();
    let mut said = Vec::new();
    while let Some(line) = lines.next_line().await.expect("text") {
        let last = line.contains("Ctrl-C");
        said.push(line);
        if last {
            break;
        }
    }
    let all = said.join("\n");
    for part in ["http://127.0.0.1:", "Owner (may change everything", "Viewer (may view", "Ended (", "Memory only"] {
        assert!(all.contains(part), "{part}: {all}");
    }
    let token =
        said.iter().find_map(|line| line.trim().strip_prefix("Owner (")).and_then(|line| line.split(": ").nth(1));
    let origin = said[0].split_whitespace().find(|word| word.starts_with("http")).expect("an address");
    let request = reqwest::Client::new().get(format!("{origin}/api/workspaces"));
    let reply = request.header("authorization", format!("Bearer {}", token.expect("a token"))).send().await;
    assert_eq!(reply.expect("a reply").status(), 200);
}

#[tokio::test]
async fn ctrl_c_stops_the_command() {
    let mut running = command(&["--api-only", "--port", "0"]).spawn().expect("started");
    let mut lines = BufReader::new(running.stdout.take().expect("its output")).lines();
    while !lines.next_line().await.expect("text").is_none_or(|line| line.contains("Ctrl-C")) {}
    let pid = running.id().expect("running").to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().await.expect("kill").success());
    running.wait().await.expect("stopped");
}

#[tokio::test]
async fn a_port_in_use_is_reported_with_advice() {
    let server = TestServer::start().await;
    let port = port(&server);
    let error = sandbox::start(Options { port, ..Options::default() }).await.expect_err("in use");
    assert!(matches!(error, StartError::PortInUse(taken) if taken == port));
    let output = command(&["--api-only", "--port", &port.to_string()]).output().await.expect("ran");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((output.status.code(), said.trim()), (Some(1), error.to_string().as_str()));
    assert!(said.contains(&port.to_string()) && said.contains("--port"), "{said}");
}

#[tokio::test]
async fn a_missing_site_is_reported_with_advice() {
    let output = command(&["--port", "0", "--dist", "/nowhere/at/all"]).output().await.expect("ran");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("/nowhere/at/all") && said.contains("--api-only"), "{said}");
}

#[tokio::test]
async fn help_explains_each_option() {
    let output = command(&["--help"]).output().await.expect("ran");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    for part in [
        "--port",
        "--default-address",
        "[default: 8080]",
        "--dist",
        "[default: dist]",
        "--api-only",
        "127.0.0.1 only",
        "Memory only",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

//! ChromeDriver: started on a port of its own, gone when dropped.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::timeout;

/// For anything that a busy machine may take its time with.
const PATIENCE: Duration = Duration::from_secs(60);

/// ChromeDriver takes a free port of IPv4, and ends when somebody has the same one of IPv6: then another try.
const STARTS: usize = 10;

const ARGUMENTS: [&str; 11] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=en-US",
    "--window-size=1280,900",
    // A story that would leave this machine fails.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
];

#[derive(Debug)]
pub(crate) struct Driver {
    url: String,
    _process: Child,
    // Open as long as the process, which would stop at a closed pipe.
    _output: Lines<BufReader<ChildStdout>>,
    _scratch: Scratch,
}

/// A folder for what the browser writes, and leaves behind when it closes.
#[derive(Debug)]
pub(crate) struct Scratch(pub(crate) PathBuf);

/// What the browser writes down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Logs {
    Console,
    /// And every request as it is sent, for [`network`].
    Network,
}

impl Scratch {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("journey-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        // Not below the project: Chromium's sockets stand in it, and their paths must be short.
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        Self(folder)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A browser that has just closed may still be writing.
        for _ in 0..20 {
            if std::fs::remove_dir_all(&self.0).is_ok() {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Driver {
    pub(crate) async fn start() -> Self {
        let program = std::env::var_os("CHROMEDRIVER").unwrap_or_else(|| OsString::from("chromedriver"));
        for _ in 0..STARTS {
            let scratch = Scratch::new();
            let mut process = Command::new(&program)
                .arg("--port=0")
                .env("TMPDIR", &scratch.0)
                .env("LANGUAGE", "en_US")
                .stdout(Stdio::piped())
                .kill_on_drop(true)
                .spawn()
                .unwrap_or_else(|error| panic!("{}: {error}; CHROMEDRIVER names another one", program.display()));
            let mut output = BufReader::new(process.stdout.take().expect("its output is piped")).lines();
            let port = timeout(PATIENCE, port(&mut output)).await.expect("ChromeDriver starts in time");
            if let Some(port) = port {
                let url = format!("http://127.0.0.1:{port}");
                return Self { url, _process: process, _output: output, _scratch: scratch };
            }
        }
        panic!("ChromeDriver stopped {STARTS} times before it listened");
    }

    /// A fresh browser.
    pub(crate) async fn open(&self, logs: Logs) -> Client {
        let mut options = json!({ "args": ARGUMENTS });
        if let Some(chrome) = std::env::var_os("CHROME").filter(|path| !path.is_empty()) {
            options["binary"] = chrome.to_string_lossy().into();
        }
        let logging = match logs {
            Logs::Console => json!({ "browser": "ALL" }),
            Logs::Network => json!({ "browser": "ALL", "performance": "ALL" }),
        };
        // A server that a story starts has made its certificate itself.
        let wanted =
            json!({ "goog:chromeOptions": options, "goog:loggingPrefs": logging, "acceptInsecureCerts": true });
        let Value::Object(wanted) = wanted else { unreachable!("it is an object") };
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let opened = timeout(PATIENCE, builder.capabilities(wanted).connect(&self.url)).await;
        opened.expect("the browser opens in time").expect("the browser opens")
    }
}

/// The port that ChromeDriver says it listens on, once it does; `None` when it ends without.
async fn port(output: &mut Lines<BufReader<ChildStdout>>) -> Option<u16> {
    while let Some(line) = output.next_line().await.expect("ChromeDriver writes text") {
        let port = line.split_once("started successfully on port ").map(|(_, port)| port.trim_end_matches('.').parse());
        if let Some(Ok(port)) = port {
            return Some(port);
        }
    }
    None
}

/// Closes the browser, also after a failure: a driver that is killed leaves it behind.
pub(crate) async fn close(client: Client) {
    _ = timeout(PATIENCE, client.close()).await;
}

/// A `POST` to the session that fantoccini does not know.
#[derive(Debug)]
struct Post {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Post {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}

/// A command of the Chrome DevTools protocol.
pub(crate) async fn devtools(client: &Client, command: &str, parameters: Value) {
    let body = json!({ "cmd": command, "params": parameters });
    let done = client.issue_cmd(Post { path: "goog/cdp/execute", body }).await;
    done.unwrap_or_else(|error| panic!("{command}: {error}"));
}

/// What the console said since it was last asked.
pub(crate) async fn console(client: &Client) -> Vec<Value> {
    log(client, "browser").await
}

/// What went over the network since it was last asked: events of the Chrome DevTools protocol, of [`Logs::Network`].
pub(crate) async fn network(client: &Client) -> Vec<Value> {
    let events = log(client, "performance").await.into_iter().map(|entry| {
        let event: Value = serde_json::from_str(entry["message"].as_str().unwrap_or_default()).unwrap_or_default();
        event["message"].clone()
    });
    events.filter(|event| event["method"].as_str().is_some_and(|method| method.starts_with("Network."))).collect()
}

async fn log(client: &Client, kind: &str) -> Vec<Value> {
    let said = client.issue_cmd(Post { path: "se/log", body: json!({ "type": kind }) }).await;
    said.expect("a log can be read").as_array().cloned().unwrap_or_default()
}

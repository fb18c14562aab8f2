//! ChromeDriver and its browser: each runs on its own port and ends when dropped.

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

/// For steps that are slow on a busy machine.
const TIMEOUT: Duration = Duration::from_secs(60);

/// ChromeDriver picks a free IPv4 port and exits if the same IPv6 port is taken. It is then started again.
const START_ATTEMPTS: usize = 10;

const CHROME_ARGUMENTS: [&str; 12] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // Chromium would ignore navigations after the first 200 within 10 s.
    "--disable-ipc-flooding-protection",
    "--lang=en-US",
    "--window-size=1280,900",
    // A request to another machine fails.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
];

#[derive(Debug)]
pub(crate) struct Driver {
    url: String,
    _process: Child,
    // Kept open: ChromeDriver stops when its output is closed.
    _output: Lines<BufReader<ChildStdout>>,
    _scratch: ScratchFolder,
}

/// A temporary folder, deleted when dropped. The browser leaves files behind when it closes.
#[derive(Debug)]
pub(crate) struct ScratchFolder(pub(crate) PathBuf);

/// The logs that the browser keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Logs {
    Console,
    /// The console and the network, for [`network_log`].
    Network,
}

impl ScratchFolder {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("journey-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        // Not in the project: Chromium puts sockets here, and their paths must be short.
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        Self(folder)
    }
}

impl Drop for ScratchFolder {
    fn drop(&mut self) {
        // The browser may still write for a moment after it has closed.
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
        for _ in 0..START_ATTEMPTS {
            let scratch = ScratchFolder::new();
            let mut process = Command::new(&program)
                .arg("--port=0")
                .env("TMPDIR", &scratch.0)
                .env("LANGUAGE", "en_US")
                .stdout(Stdio::piped())
                .kill_on_drop(true)
                .spawn()
                .unwrap_or_else(|error| panic!("{}: {error}; CHROMEDRIVER names another one", program.display()));
            let mut output = BufReader::new(process.stdout.take().expect("its output is piped")).lines();
            let port = timeout(TIMEOUT, port(&mut output)).await.expect("ChromeDriver starts in time");
            if let Some(port) = port {
                let url = format!("http://127.0.0.1:{port}");
                return Self { url, _process: process, _output: output, _scratch: scratch };
            }
        }
        panic!("ChromeDriver stopped {START_ATTEMPTS} times before it listened");
    }

    /// Starts a browser with an empty profile.
    pub(crate) async fn open(&self, logs: Logs) -> Client {
        let mut options = json!({ "args": CHROME_ARGUMENTS });
        if let Some(chrome) = std::env::var_os("CHROME").filter(|path| !path.is_empty()) {
            options["binary"] = chrome.to_string_lossy().into();
        }
        let logging = match logs {
            Logs::Console => json!({ "browser": "ALL" }),
            Logs::Network => json!({ "browser": "ALL", "performance": "ALL" }),
        };
        // The nginx story uses a self-signed certificate.
        let capabilities =
            json!({ "goog:chromeOptions": options, "goog:loggingPrefs": logging, "acceptInsecureCerts": true });
        let Value::Object(capabilities) = capabilities else { unreachable!("it is an object") };
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let opened = timeout(TIMEOUT, builder.capabilities(capabilities).connect(&self.url)).await;
        opened.expect("the browser opens in time").expect("the browser opens")
    }
}

/// The port that ChromeDriver prints once it listens; `None` if it exits before.
async fn port(output: &mut Lines<BufReader<ChildStdout>>) -> Option<u16> {
    while let Some(line) = output.next_line().await.expect("ChromeDriver writes text") {
        let port = line.split_once("started successfully on port ").map(|(_, port)| port.trim_end_matches('.').parse());
        if let Some(Ok(port)) = port {
            return Some(port);
        }
    }
    None
}

/// Closes the browser. A killed ChromeDriver would leave it running.
pub(crate) async fn close(client: Client) {
    _ = timeout(TIMEOUT, client.close()).await;
}

/// A WebDriver command that fantoccini lacks.
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

/// Sends a command of the Chrome DevTools Protocol and returns its result.
pub(crate) async fn devtools(client: &Client, command: &str, parameters: Value) -> Value {
    let body = json!({ "cmd": command, "params": parameters });
    let done = client.issue_cmd(Post { path: "goog/cdp/execute", body }).await;
    done.unwrap_or_else(|error| panic!("{command}: {error}"))
}

/// The entries of the console since the last call.
pub(crate) async fn console_log(client: &Client) -> Vec<Value> {
    log(client, "browser").await
}

/// The network events of the Chrome DevTools Protocol since the last call. Needs [`Logs::Network`].
pub(crate) async fn network_log(client: &Client) -> Vec<Value> {
    let events = log(client, "performance").await.into_iter().map(|entry| {
        let event: Value = serde_json::from_str(entry["message"].as_str().unwrap_or_default()).unwrap_or_default();
        event["message"].clone()
    });
    events.filter(|event| event["method"].as_str().is_some_and(|method| method.starts_with("Network."))).collect()
}

async fn log(client: &Client, kind: &str) -> Vec<Value> {
    let entries = client.issue_cmd(Post { path: "se/log", body: json!({ "type": kind }) }).await;
    entries.expect("a log can be read").as_array().cloned().unwrap_or_default()
}

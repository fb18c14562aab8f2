//! The certified provider of the npm package `oidc-provider`, as another process. It ends when dropped.

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sandbox::TOKEN_KEY;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

/// For a start on a busy machine.
const TIMEOUT: Duration = Duration::from_secs(60);
/// The client ID of the app.
pub(crate) const CLIENT_ID: &str = "billing";
/// The button of the provider's page.
pub(crate) const SIGN_IN_AS_OLIVIA: &str = "Sign in as Olivia Owner";

#[derive(Debug)]
pub(crate) struct OidcProvider {
    pub(crate) issuer: String,
    requests: Arc<Mutex<Vec<String>>>,
    _process: Child,
}

/// The file of the installed package, which `OIDC_PROVIDER` names.
pub(crate) fn installed() -> Option<OsString> {
    std::env::var_os("OIDC_PROVIDER").filter(|path| !path.is_empty())
}

impl OidcProvider {
    /// Starts the provider for the app at this origin. The sandbox's API accepts its access tokens.
    pub(crate) async fn start(module: &OsStr, app: &str) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journey/oidc_provider.mjs");
        let mut process = Command::new("node")
            .args([script.as_os_str(), module, app.as_ref(), TOKEN_KEY.as_ref()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("node starts");
        let mut lines = BufReader::new(process.stdout.take().expect("its output is piped")).lines();
        let issuer = timeout(TIMEOUT, lines.next_line()).await.expect("the provider starts in time");
        let issuer = issuer.expect("it writes text").expect("the provider starts");
        let requests = Arc::new(Mutex::new(Vec::new()));
        let received = requests.clone();
        tokio::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                received.lock().expect("no test panics with the lock").push(line);
            }
        });
        Self { issuer, requests, _process: process }
    }

    /// The requests to this path so far, with their status.
    pub(crate) fn requests(&self, path: &str) -> Vec<String> {
        let requests = self.requests.lock().expect("no test panics with the lock");
        requests.iter().filter(|line| line.split(' ').nth(1) == Some(path)).cloned().collect()
    }
}

//! The requests that the sandbox received, by kind.

use sandbox::{RecordedRequest, Sandbox};
use serde_json::Value;

pub(crate) trait ReceivedRequests {
    /// The bodies of the requests that create an account, in order.
    fn posts(&self) -> Vec<Value>;
    /// The bodies of the requests that change an account, in order.
    fn patches(&self) -> Vec<Value>;
    /// The number of requests that delete an account.
    fn deletes(&self) -> usize;
    /// The number of times that a path was loaded.
    fn gets(&self, path: &str) -> usize;
    /// The requests to the provider in order, such as `POST token`.
    fn to_provider(&self) -> Vec<String>;
}

fn bodies(sandbox: &Sandbox, method: &str) -> Vec<Value> {
    let is_wanted = |request: &RecordedRequest| request.method == method && request.path.starts_with("/api/");
    let requests = sandbox.requests().into_iter().filter(is_wanted);
    requests.map(|request| request.body.unwrap_or_default()).collect()
}

impl ReceivedRequests for Sandbox {
    fn posts(&self) -> Vec<Value> {
        bodies(self, "POST")
    }

    fn patches(&self) -> Vec<Value> {
        bodies(self, "PATCH")
    }

    fn deletes(&self) -> usize {
        bodies(self, "DELETE").len()
    }

    fn gets(&self, path: &str) -> usize {
        self.requests().iter().filter(|request| request.method == "GET" && request.path == path).count()
    }

    fn to_provider(&self) -> Vec<String> {
        let line = |request: RecordedRequest| {
            let path = request.path.strip_prefix("/oidc/")?;
            Some(format!("{} {}", request.method, path.trim_start_matches(".well-known/")))
        };
        self.requests().into_iter().filter_map(line).collect()
    }
}

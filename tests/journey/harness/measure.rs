//! Measurements of the built site: times and transfer in the page, and what the page holds in memory.

use std::fs;

use sandbox::{Demo, Fault, FaultKind};
use serde_json::{Value, json};

use super::driver::devtools;
use super::fixtures::{GERMANY_NAME, POOLED, TOKEN_KEY, edit_germany, germany, list_of, new_in};
use super::site::dist;
use super::user::{FIND, User};

const MEASURE: &str = include_str!("measure.js");

/// The memory of a page after a garbage collection.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Footprint {
    pub(crate) nodes: f64,
    pub(crate) listeners: f64,
    pub(crate) js_heap_bytes: f64,
    pub(crate) wasm_bytes: f64,
}

impl Footprint {
    /// The growth since an earlier footprint.
    pub(crate) fn since(self, earlier: Self) -> Self {
        Self {
            nodes: self.nodes - earlier.nodes,
            listeners: self.listeners - earlier.listeners,
            js_heap_bytes: self.js_heap_bytes - earlier.js_heap_bytes,
            wasm_bytes: self.wasm_bytes - earlier.wasm_bytes,
        }
    }
}

impl User {
    /// Prepares measurements: `measure` exists in every page from now on, the owner is signed in, the browser shows a page
    /// of the sandbox, and the sandbox has the compressed form of each file. The browser's cache stays empty.
    pub(crate) async fn prepare_measurements(&self) {
        let token = json!(self.sandbox.token(Demo::Owner));
        self.run_before_each_page(&format!("{{ {FIND}\n{MEASURE} }}\nsessionStorage['{TOKEN_KEY}'] = {token};")).await;
        self.goto("/sandbox/tokens").await;
        let names = fs::read_dir(dist())
            .expect("dist can be listed")
            .map(|entry| entry.expect("dist can be listed").file_name());
        let names: Vec<_> = names.map(|name| name.to_string_lossy().into_owned()).collect();
        let fetch_all = "const done = arguments[arguments.length - 1];
            const get = async name => (await fetch('/' + name, { cache: 'no-store' })).arrayBuffer();
            Promise.all(NAMES.map(get)).then(() => done(true), error => done(String(error)));";
        assert_eq!(self.evaluate_async(&fetch_all.replace("NAMES", &json!(names).to_string())).await, json!(true));
    }

    /// The value of an expression that may use `measure` and is awaited.
    pub(crate) async fn measure(&self, expression: &str) -> Value {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             (async () => ({expression}))().then(value => done({{ value }}), error => done({{ error: String(error) }}));"
        );
        let mut outcome = self.evaluate_async(&script).await;
        assert_eq!(outcome["error"], Value::Null, "{expression}");
        outcome["value"].take()
    }

    /// As [`Self::measure`], for a number.
    pub(crate) async fn measure_number(&self, expression: &str) -> f64 {
        let value = self.measure(expression).await;
        value.as_f64().unwrap_or_else(|| panic!("{expression} is {value}"))
    }

    /// Opens the list of workspaces, of which there are 5,000, and returns the time to show the API's reply, in ms.
    pub(crate) async fn open_5000_workspaces(&self) -> f64 {
        let workspace = |index| {
            json!({ "id": format!("ws_{index}"), "name": format!("Site {index}"),
            "billing_mode": "pooled", "archived": index % 7 == 3 })
        };
        let workspaces: Vec<Value> = (0..5000).map(workspace).collect();
        let reply = FaultKind::json(200, &json!({ "data": workspaces, "has_more": false }));
        self.sandbox.fault(Fault::once(reply).on("GET", "/workspaces"));
        self.time_to_show("/", "50 of 5,000 workspaces. Type to narrow", "/workspaces").await
    }

    /// Opens a list of 100 accounts and returns the time to show the API's reply, in ms.
    pub(crate) async fn open_100_accounts(&self) -> f64 {
        let account = |index| {
            json!({ "id": format!("cus_{index}"), "workspace_id": POOLED, "name": format!("Branch {index}"),
            "email": format!("branch{index}@acme.com"), "phone": null, "description": null, "currency": "eur",
            "address": { "country": "DE", "line1": "Müllerstraße 5", "line2": null, "city": "Berlin", "state": null,
                "postal_code": "13353" },
            "created_at": "2025-10-29T00:40:06.000000Z", "updated_at": "2025-10-29T00:40:06.000000Z" })
        };
        let accounts: Vec<Value> = (1..=100).map(account).collect();
        let reply = FaultKind::json(200, &json!({ "data": accounts, "has_more": false }));
        let list = list_of(POOLED);
        self.sandbox.fault(Fault::once(reply).on("GET", &list));
        self.time_to_show(&list, "Branch 100", "/billing-accounts").await
    }

    /// Opens a page and returns the time from the reply to a request until the page shows a text, in ms.
    async fn time_to_show(&self, page: &str, text: &str, request: &str) -> f64 {
        let source = format!("window.shown = measure.shown({}, {});", json!(text), json!(request));
        let script = devtools(&self.client, "Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await;
        self.goto(page).await;
        let time = self.measure_number("shown").await;
        devtools(&self.client, "Page.removeScriptToEvaluateOnNewDocument", script).await;
        time
    }

    /// Opens four pages of the app in turn, `count` pages in all.
    pub(crate) async fn navigate(&self, count: usize) {
        const ROUND: usize = 20;
        let pages = json!([
            [list_of(POOLED), "3 of 10 accounts used"],
            [germany(), GERMANY_NAME],
            [edit_germany(), "Save changes"],
            [new_in(POOLED), "New billing account"],
        ]);
        // A script may take 30 s.
        for _ in 0..count / ROUND {
            self.measure(&format!("measure.navigate({pages}, {ROUND})")).await;
        }
    }

    /// The memory of the page after a garbage collection.
    pub(crate) async fn footprint(&self) -> Footprint {
        devtools(&self.client, "Performance.enable", json!({})).await;
        // Twice, because the first run only queues the finalizers of wasm-bindgen's objects.
        for _ in 0..2 {
            devtools(&self.client, "HeapProfiler.collectGarbage", json!({})).await;
        }
        let metrics = devtools(&self.client, "Performance.getMetrics", json!({})).await;
        let metric = |name: &str| {
            let found = metrics["metrics"].as_array().into_iter().flatten().find(|metric| metric["name"] == name);
            found.and_then(|metric| metric["value"].as_f64()).unwrap_or_else(|| panic!("Chromium has no metric {name}"))
        };
        Footprint {
            nodes: metric("Nodes"),
            listeners: metric("JSEventListeners"),
            js_heap_bytes: metric("JSHeapUsedSize"),
            wasm_bytes: self.measure_number("measure.wasmMemory()").await,
        }
    }
}

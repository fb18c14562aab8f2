//! An accessibility audit of each state that a story comes to: axe-core's rules, the width of the page and the size of
//! its controls, at 1280 and 320 px, light and dark. `AXE` names axe-core's script; without it the audits are skipped,
//! and a line says so. `PICTURES` names a folder for a screenshot of each state.
//!
//! Invariant: the colour schemes differ only by `light-dark()`, which takes colours. So in the dark scheme only the rules
//! about colours run: no other rule can have another result than in the light one.

use std::io::Write;
use std::path::Path;

use serde_json::json;

use super::stage::story;
use super::user::User;

const SCRIPT: &str = include_str!("audit.js");
/// Widths in CSS pixels and colour schemes. The story continues with the last one.
const VARIANTS: [(u32, &str); 4] = [(320, "light"), (320, "dark"), (1280, "dark"), (1280, "light")];

pub(crate) struct Audit<'a> {
    pub(crate) user: &'a User,
    /// The source of axe-core.
    axe: String,
    scans: usize,
    faults: Vec<String>,
}

/// Plays a story with an audit, if `AXE` names the script.
pub(crate) async fn audit(steps: impl AsyncFnOnce(&mut Audit<'_>)) {
    let Some(path) = std::env::var_os("AXE").filter(|path| !path.is_empty()) else {
        return print("axe: skipped, AXE is not set");
    };
    let axe = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    story(async |user| {
        let mut audit = Audit { user, axe, scans: 0, faults: Vec::new() };
        steps(&mut audit).await;
        let Audit { scans, faults, .. } = audit;
        if scans > 0 {
            print(&format!("axe: {scans} scans, {} violations", faults.len()));
        }
        assert!(faults.is_empty(), "{}", faults.join("\n\n"));
    })
    .await;
}

/// Not `println!`: the test harness hides its output unless the test fails.
pub(crate) fn print(line: &str) {
    writeln!(std::io::stdout(), "{line}").expect("standard output takes a line");
}

impl Audit<'_> {
    /// Audits a state in all variants, once the page shows a text that only this state has.
    pub(crate) async fn state(&mut self, name: &str, text: &str) {
        self.user.see(text).await;
        for (width, scheme) in VARIANTS {
            self.user.set_screen_width(width).await;
            self.user.emulate_media("", &[("prefers-color-scheme", scheme)]).await;
            let applied = format!("[innerWidth, matchMedia('(prefers-color-scheme: {scheme})').matches]");
            self.user.expect(&applied, json!([width, true])).await;
            let faults = self.scan().await.into_iter().map(|fault| format!("{name}, {width} px, {scheme}: {fault}"));
            self.faults.extend(faults);
            self.scans += 1;
            if let Some(folder) = std::env::var_os("PICTURES") {
                self.screenshot(&Path::new(&folder).join(format!("{name}, {width} px, {scheme}.png")), width).await;
            }
        }
        let still_shown = self.user.evaluate(&format!("pageText().includes({})", json!(text))).await;
        assert_eq!(still_shown, Some(true.into()), "{name} ended before its audit was complete");
    }

    /// Saves a screenshot of the whole page without the sandbox's panel.
    async fn screenshot(&self, path: &Path, width: u32) {
        let height = "(() => {
            const panel = document.querySelector('.sandbox');
            if (panel) panel.hidden = true;
            return Math.max(800, document.body.scrollHeight);
        })()";
        let height = self.user.evaluate(height).await.expect("a page has a height");
        self.user.set_screen_size(width, &height, 1).await;
        let picture = self.user.client.screenshot().await.expect("a screenshot of the page");
        std::fs::write(path, picture).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        self.user.set_screen_width(width).await;
    }

    /// The faults of the page in its present state.
    pub(crate) async fn scan(&self) -> Vec<String> {
        if self.user.evaluate("typeof axe").await == Some("undefined".into()) {
            self.user.client.execute(&self.axe, Vec::new()).await.expect("axe-core starts");
        }
        let found = self.user.evaluate_async(SCRIPT).await;
        let found = found.as_array().unwrap_or_else(|| panic!("the audit returned {found}"));
        found.iter().map(|fault| fault.as_str().unwrap_or_default().to_owned()).collect()
    }
}

//! A story that looks at every state it comes to in four ways: wide and narrow, light and dark. `PICTURES` names a folder
//! for a picture of each.

use std::io::Write;
use std::path::Path;

use serde_json::json;

use crate::a11y::media::media_is;
use crate::harness::stage::story;
use crate::harness::user::User;

const SCRIPT: &str = include_str!("audit.js");
/// The last is how the story goes on.
const LOOKS: [(u32, &str); 4] = [(320, "light"), (320, "dark"), (1280, "dark"), (1280, "light")];

pub(crate) struct Audit<'a> {
    pub(crate) user: &'a User,
    /// The text of axe-core.
    axe: String,
    scans: usize,
    faults: Vec<String>,
}

/// Plays a story with an audit, if `AXE` names the script.
pub(crate) async fn audit(steps: impl AsyncFnOnce(&mut Audit<'_>)) {
    let Some(path) = std::env::var_os("AXE").filter(|path| !path.is_empty()) else {
        return say("axe: skipped, AXE is not set");
    };
    let axe = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    story(async |user| {
        let mut audit = Audit { user, axe, scans: 0, faults: Vec::new() };
        steps(&mut audit).await;
        let Audit { scans, faults, .. } = audit;
        if scans > 0 {
            say(&format!("axe: {scans} scans, {} violations", faults.len()));
        }
        assert!(faults.is_empty(), "{}", faults.join("\n\n"));
    })
    .await;
}

/// Not with `println!`, which nobody sees of a test that passes.
fn say(line: &str) {
    writeln!(std::io::stdout(), "{line}").expect("standard output takes a line");
}

impl Audit<'_> {
    /// Looks at a state, once it shows a text that it alone has.
    pub(crate) async fn state(&mut self, name: &str, text: &str) {
        self.user.see(text).await;
        for (width, scheme) in LOOKS {
            self.user.screen_is(width).await;
            media_is(self.user, "", &[("prefers-color-scheme", scheme)]).await;
            let there = format!("[innerWidth, matchMedia('(prefers-color-scheme: {scheme})').matches]");
            self.user.expect(&there, json!([width, true])).await;
            let found = self.look().await.into_iter().map(|fault| format!("{name}, {width} px, {scheme}: {fault}"));
            self.faults.extend(found);
            self.scans += 1;
            if let Some(folder) = std::env::var_os("PICTURES") {
                self.picture(&Path::new(&folder).join(format!("{name}, {width} px, {scheme}.png")), width).await;
            }
        }
        let stayed = self.user.ask(&format!("written().includes({})", json!(text))).await;
        assert_eq!(stayed, Some(true.into()), "{name} is over before it was looked at");
    }

    /// The whole page as it is now, for somebody to look at. The sandbox's own panel would stand in the way.
    async fn picture(&self, path: &Path, width: u32) {
        let height = "(() => {
            const panel = document.querySelector('.sandbox');
            if (panel) panel.hidden = true;
            return Math.max(800, document.body.scrollHeight);
        })()";
        let height = self.user.ask(height).await.expect("a page has a height");
        self.user.screen_is_high(width, &height).await;
        let picture = self.user.client.screenshot().await.expect("a picture of the page");
        std::fs::write(path, picture).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        self.user.screen_is(width).await;
    }

    /// What keeps people out of the page as it is now.
    pub(crate) async fn look(&self) -> Vec<String> {
        if self.user.ask("typeof axe").await == Some("undefined".into()) {
            self.user.client.execute(&self.axe, Vec::new()).await.expect("axe-core starts");
        }
        let found = self.user.ask_and_wait(SCRIPT).await;
        let found = found.as_array().unwrap_or_else(|| panic!("the look ends with {found}"));
        found.iter().map(|fault| fault.as_str().unwrap_or_default().to_owned()).collect()
    }
}

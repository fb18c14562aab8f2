//! Keys pressed wherever the focus is, and where the focus is.

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;
use serde_json::json;

use super::driver::devtools;
use super::user::User;

/// No control is further away than this number of presses of Tab.
pub(crate) const MAX_TABS: usize = 40;
/// A JavaScript expression: `true` if the focused element has a visible focus ring inside the window and is not covered
/// (WCAG 2.4.11), else its markup. Always `true` in the sandbox's panel, which is not part of the app.
pub(crate) const FOCUS_RING: &str = "(focused => {
    if (focused === document.body || focused.closest('.sandbox')) return true;
    // The link of a table's row has its ring around the row.
    const { outlineStyle, outlineWidth } = getComputedStyle(focused.matches('.row-link') ? focused.closest('tr') : focused);
    const { top, bottom, width } = focused.getBoundingClientRect();
    const ring = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    const seen = [...focused.getClientRects()].some(({ left, right, top, bottom }) => [left + 2, (left + right) / 2].some(x =>
        [top + 2, (top + bottom) / 2, bottom - 2].some(y => focused.contains(document.elementFromPoint(x, y)))));
    return ring && width > 0 && bottom > 0 && top < innerHeight && seen || focused.outerHTML.slice(0, 200);
})(document.activeElement)";

impl User {
    pub(crate) async fn press_key(&self, key: Key, times: usize) {
        let value = char::from(key);
        let press = |keys: KeyActions, _| keys.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        let keys = (0..times).fold(KeyActions::new("keyboard".to_owned()), press);
        self.client.perform_actions(keys).await.expect("a key");
    }

    /// Presses a key while a modifier is held.
    pub(crate) async fn press_with(&self, modifier: Key, key: Key) {
        let (modifier, value) = (char::from(modifier), char::from(key));
        let keys = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value: modifier })
            .then(KeyAction::Down { value })
            .then(KeyAction::Up { value })
            .then(KeyAction::Up { value: modifier });
        self.client.perform_actions(keys).await.expect("two keys");
    }

    /// Follows a link in a new tab, as Ctrl and a click do.
    pub(crate) async fn follow_in_new_tab(&self, name: &str) {
        let value = char::from(Key::Control);
        let hold = KeyActions::new("keyboard".to_owned()).then(KeyAction::Down { value });
        self.client.perform_actions(hold).await.expect("a key");
        self.follow(name).await;
        self.client.release_actions().await.expect("no key");
    }

    /// Presses the key of each character.
    pub(crate) async fn type_text(&self, text: &str) {
        let press = |keys: KeyActions, value| keys.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        let keys = text.chars().fold(KeyActions::new("keyboard".to_owned()), press);
        self.client.perform_actions(keys).await.expect("some keys");
    }

    /// Inserts text at the focus, as an input method or the clipboard does.
    pub(crate) async fn insert_text(&self, text: &str) {
        devtools(&self.client, "Input.insertText", json!({ "text": text })).await;
    }

    /// Presses Tab until the control with this name has the focus. Every stop must show a focus ring.
    pub(crate) async fn tab_to(&self, name: &str) {
        self.move_focus_to(name, async || self.press_key(Key::Tab, 1).await).await;
    }

    /// Presses Shift and Tab until the control with this name has the focus. Every stop must show a focus ring.
    pub(crate) async fn tab_back_to(&self, name: &str) {
        self.move_focus_to(name, async || self.press_with(Key::Shift, Key::Tab).await).await;
    }

    async fn move_focus_to(&self, name: &str, step: impl AsyncFn()) {
        for _ in 0..MAX_TABS {
            step().await;
            self.expect(FOCUS_RING, true).await;
            if self.evaluate(&format!("nameOf(document.activeElement) === {}", json!(name))).await == Some(true.into())
            {
                return;
            }
        }
        self.see_focus_on(name).await;
    }

    /// Waits until the element with this name has the focus.
    pub(crate) async fn see_focus_on(&self, name: &str) {
        self.expect("nameOf(document.activeElement)", name).await;
    }

    /// Waits until the page's heading has this text and the focus, and the title names it.
    pub(crate) async fn see_focus_on_heading(&self, text: &str) {
        self.expect("document.activeElement.tagName", "H1").await;
        self.see_focus_on(text).await;
        self.expect("document.title", format!("{text} – Altostrat Billing")).await;
    }

    /// Waits until the notice with this title has the focus.
    pub(crate) async fn see_focus_on_notice(&self, title: &str) {
        self.expect("normalize(document.activeElement.querySelector('h2')?.textContent)", title).await;
        self.expect(FOCUS_RING, true).await;
    }
}

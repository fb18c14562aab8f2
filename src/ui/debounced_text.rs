//! Debounced text, for live regions that depend on user input.

use std::time::Duration;

use leptos::prelude::*;

/// The delay after the last change. A shorter one would interrupt the screen reader's echo of the keys.
const ANNOUNCE_DELAY: Duration = Duration::from_secs(1);

/// The value of `text`, debounced by one second after the signals that it reads. Empty before the first change.
pub fn debounced_text(text: impl Fn() -> String + 'static) -> ReadSignal<String> {
    let (announced, set_announced) = signal(String::new());
    let mut announce = debounce(ANNOUNCE_DELAY, move |text| set_announced.set(text));
    Effect::new(move |before: Option<()>| {
        let text = text();
        if before.is_some() {
            announce(text);
        }
    });
    announced
}

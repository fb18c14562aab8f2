//! Text for a live region that follows what the user types.

use std::time::Duration;

use leptos::prelude::*;

/// How long after the last change a screen reader is told: sooner, it would interrupt the echo of the keys.
const ANNOUNCE_DELAY: Duration = Duration::from_secs(1);

/// The value of `text`, one second after anything that it reads has last changed. Empty before the first change.
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

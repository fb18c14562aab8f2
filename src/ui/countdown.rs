//! A countdown for a rate limit, shown beside the blocked button. Its end sends nothing: the user presses again.

use leptos::prelude::*;

use crate::browser::timing::use_now;
use crate::ui::ChangingText;
use crate::ui::live_region::LiveRegion;

/// A countdown, as a `Copy` handle.
#[derive(Clone, Copy)]
pub struct Countdown {
    /// In seconds, rounded up.
    remaining: Memo<u32>,
    message: LiveRegion<&'static str>,
}

impl Countdown {
    /// Counts down to `end` (milliseconds since 1970); `None` means no wait.
    pub fn until(end: Signal<Option<f64>>) -> Self {
        // Wakes at the next full second. Integers, because the remainder of a float adds much code to the bundle.
        let now = use_now(move |now| {
            end.get()
                .map(|end| end - now)
                .filter(|remaining| *remaining > 0.0)
                .map(|remaining| ((remaining - 1.0) as u64 % 1000 + 1) as f64)
        });
        let remaining = Memo::new(move |_| end.get().map_or(0, |end| seconds(end - now.get())));
        let message = LiveRegion::new();
        Effect::new(move |before: Option<u32>| {
            let remaining = remaining.get();
            match before {
                Some(1..) if remaining == 0 && end.get_untracked().is_some() => {
                    message.set(Some("You can try again now."))
                }
                Some(0) | None => message.set(None),
                _ => {}
            }
            remaining
        });
        Self { remaining, message }
    }

    /// Whether the wait still blocks a press. If so, it announces the reason.
    pub fn blocks_press(self) -> bool {
        let is_waiting = self.remaining.get_untracked() > 0;
        if is_waiting {
            self.message.announce("Nothing was sent. Wait until the countdown ends.");
        }
        is_waiting
    }

    /// Whether the wait still lasts, tracked.
    pub fn is_on(self) -> bool {
        self.remaining.get() > 0
    }
}

/// The remaining time. A screen reader hears it only after an early press and at the end of the wait.
#[component]
pub fn CountdownText(
    /// The countdown to show.
    countdown: Countdown,
) -> impl IntoView {
    let figure = move || match countdown.remaining.get() {
        0 => None,
        remaining => Some(view! { <span aria-hidden="true" translate="no">{label(remaining)}</span> }),
    };
    let message = Signal::derive(move || countdown.message.get().unwrap_or_default().to_owned());
    view! {
        <span class="countdown">
            {figure}
            <span role="status"><ChangingText text=message /></span>
        </span>
    }
}

fn seconds(milliseconds: f64) -> u32 {
    (milliseconds / 1000.0).ceil().max(0.0) as u32
}

fn label(seconds: u32) -> String {
    match seconds {
        0..=90 => format!("Wait {seconds} s"),
        _ => format!("Wait {} min", seconds.div_ceil(60)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_begun_second_counts() {
        assert_eq!([-5e9, -1.0, 0.0, 0.4, 1000.0, 1000.1].map(seconds), [0, 0, 0, 1, 1, 2]);
        assert_eq!(
            [1, 60, 90, 91, 3600].map(label),
            ["Wait 1 s", "Wait 60 s", "Wait 90 s", "Wait 2 min", "Wait 60 min"]
        );
    }
}

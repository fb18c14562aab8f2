//! A wait that the API asked for: counted down beside the button that must wait. Nothing is ever sent by itself (R5).

use leptos::prelude::*;

use crate::browser::timing::use_now;
use crate::ui::ChangingText;
use crate::ui::live_region::LiveRegion;

/// A wait, as a handle to pass around.
#[derive(Clone, Copy)]
pub struct Countdown {
    /// Seconds.
    remaining: Memo<u32>,
    message: LiveRegion<&'static str>,
}

impl Countdown {
    /// Waits until a moment (milliseconds since 1970), if there is one.
    pub fn until(end: Signal<Option<f64>>) -> Self {
        // To the next full second. Counted in whole numbers: the remainder of a float is a page of code.
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
                    message.set(Some("You can press the button again now."))
                }
                Some(0) | None => message.set(None),
                _ => {}
            }
            remaining
        });
        Self { remaining, message }
    }

    /// Whether a press comes too early. Then it says so.
    pub fn blocks_press(self) -> bool {
        let is_waiting = self.remaining.get_untracked() > 0;
        if is_waiting {
            self.message.announce("Nothing was sent: the API asked to wait until this countdown ends.");
        }
        is_waiting
    }

    /// Whether there is still to wait, tracked.
    pub fn is_on(self) -> bool {
        self.remaining.get() > 0
    }
}

/// What is left, beside the button. For the ear it is said when a press came too early, and when the wait is over.
#[component]
pub fn CountdownText(
    /// The wait.
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

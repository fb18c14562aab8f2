//! A wait that the API asked for: counted down beside the button that must wait. Nothing is ever sent by itself (R5).

use leptos::prelude::*;

use crate::browser::timing::use_now;
use crate::ui::ChangingText;
use crate::ui::live_region::LiveRegion;

/// A wait, as a handle to pass around.
#[derive(Clone, Copy)]
pub struct Countdown {
    /// Seconds.
    left: Memo<u32>,
    said: LiveRegion<&'static str>,
}

impl Countdown {
    /// Waits until a moment (milliseconds since 1970), if there is one.
    pub fn until(end: Signal<Option<f64>>) -> Self {
        // To the next full second. Counted in whole numbers: the remainder of a float is a page of code.
        let now = use_now(move |now| {
            end.get()
                .map(|end| end - now)
                .filter(|left| *left > 0.0)
                .map(|left| ((left - 1.0) as u64 % 1000 + 1) as f64)
        });
        let left = Memo::new(move |_| end.get().map_or(0, |end| seconds(end - now.get())));
        let said = LiveRegion::new();
        Effect::new(move |before: Option<u32>| {
            let left = left.get();
            match before {
                Some(1..) if left == 0 && end.get_untracked().is_some() => {
                    said.set(Some("You can press the button again now."))
                }
                Some(0) | None => said.set(None),
                _ => {}
            }
            left
        });
        Self { left, said }
    }

    /// Whether a press comes too early. Then it says so.
    pub fn holds(self) -> bool {
        let holds = self.left.get_untracked() > 0;
        if holds {
            self.said.announce("Nothing was sent: the API asked to wait until this countdown ends.");
        }
        holds
    }

    /// Whether there is still to wait, tracked.
    pub fn is_on(self) -> bool {
        self.left.get() > 0
    }
}

/// What is left, beside the button. For the ear it is said when a press came too early, and when the wait is over.
#[component]
pub fn CountdownText(
    /// The wait.
    countdown: Countdown,
) -> impl IntoView {
    let figure = move || match countdown.left.get() {
        0 => None,
        left => Some(view! { <span aria-hidden="true" translate="no">{in_words(left)}</span> }),
    };
    let said = Signal::derive(move || countdown.said.get().unwrap_or_default().to_owned());
    view! {
        <span class="countdown">
            {figure}
            <span role="status"><ChangingText text=said /></span>
        </span>
    }
}

fn seconds(milliseconds: f64) -> u32 {
    (milliseconds / 1000.0).ceil().max(0.0) as u32
}

fn in_words(seconds: u32) -> String {
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
            [1, 60, 90, 91, 3600].map(in_words),
            ["Wait 1 s", "Wait 60 s", "Wait 90 s", "Wait 2 min", "Wait 60 min"]
        );
    }
}

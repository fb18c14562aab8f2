//! The remaining time of the session. It is a time span and not a date: a span tells the user how long they can keep
//! working, and the browser's first date format is slow.

use leptos::prelude::*;

use crate::browser::intl;
use crate::browser::timing::use_now;

/// The units, in milliseconds. A unit is used from two of it on, so the plural always fits.
const UNITS: [(f64, &str); 3] = [(86_400_000.0, "days"), (3_600_000.0, "hours"), (60_000.0, "minutes")];

/// The remaining time from which on the text is shown at every width, in milliseconds.
const NEAR: f64 = 900_000.0;

/// Shows the time until `end` (milliseconds since 1970), and updates itself.
#[component]
pub fn SessionTimeRemaining(
    /// When the session expires, in milliseconds since 1970.
    end: f64,
) -> impl IntoView {
    let now = use_now(move |now| until_other_words(end - now));
    view! {
        <span class="top-left" class:top-left-near=move || end - now.get() <= NEAR>
            <time translate="no" datetime=intl::rfc3339(end)>{move || in_words(end - now.get())}</time>
        </span>
    }
}

/// The largest unit that fits at least twice: the count, the unit's length in milliseconds, and its name.
fn in_units(left: f64) -> Option<(u32, f64, &'static str)> {
    let (unit, name) = UNITS.into_iter().find(|(unit, _)| left >= 2.0 * unit)?;
    Some(((left / unit) as u32, unit, name))
}

fn in_words(left: f64) -> String {
    match in_units(left) {
        Some((count, _, name)) => format!("Session ends in {count} {name}"),
        None if left > 0.0 => "Session is about to end".to_owned(),
        None => "Session has ended".to_owned(),
    }
}

/// The time until the text changes, in milliseconds; `None` when it does not change any more.
fn until_other_words(left: f64) -> Option<f64> {
    let holds = in_units(left).map_or(left, |(count, unit, _)| left - f64::from(count) * unit + 1.0);
    (left > 0.0).then_some(holds)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: f64 = 60_000.0;
    const HOUR: f64 = 60.0 * MINUTE;

    #[test]
    fn what_is_left_is_said_in_the_largest_unit_of_which_there_are_two() {
        let said = [
            (48.0 * HOUR, "Session ends in 2 days"),
            (48.0 * HOUR - 1.0, "Session ends in 47 hours"),
            (2.0 * HOUR, "Session ends in 2 hours"),
            (2.0 * HOUR - 1.0, "Session ends in 119 minutes"),
            (2.0 * MINUTE, "Session ends in 2 minutes"),
            (2.0 * MINUTE - 1.0, "Session is about to end"),
            (1.0, "Session is about to end"),
            (0.0, "Session has ended"),
            (f64::NAN, "Session has ended"),
        ];
        for (left, words) in said {
            assert_eq!(in_words(left), words, "{left}");
        }
        assert!(in_words(f64::INFINITY).ends_with(" days"));
    }

    #[test]
    fn it_is_looked_at_again_when_the_words_change_and_not_before() {
        for left in
            [49.0 * HOUR + 7.0, 48.0 * HOUR, 3.0 * HOUR - 1.0, 2.0 * HOUR, 90.0 * MINUTE, 2.0 * MINUTE, MINUTE, 1.0]
        {
            let wait = until_other_words(left).unwrap();
            assert_ne!(in_words(left - wait), in_words(left), "{left}");
            assert_eq!(in_words(left - wait + 1.0), in_words(left), "{left}");
        }
        assert_eq!(until_other_words(0.0), None);
        assert_eq!(until_other_words(f64::NAN), None);
    }
}

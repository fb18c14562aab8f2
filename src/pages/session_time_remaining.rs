//! The remaining time of the session. It is a time span and not a date: a span tells the user how long they can keep
//! working, and the browser's first date format is slow.

use leptos::prelude::*;

use crate::browser::intl;
use crate::browser::timing::use_now;

/// The units, in milliseconds. A unit is used from two of it on, so the plural always fits.
const UNITS: [(f64, &str); 3] = [(86_400_000.0, "days"), (3_600_000.0, "hours"), (60_000.0, "minutes")];

/// The remaining time from which on the text is shown outside of the user menu, in milliseconds.
const NEAR_EXPIRY: f64 = 900_000.0;

/// Shows the time until `end` (milliseconds since 1970), and updates itself.
#[component]
pub fn SessionTimeRemaining(
    /// When the session expires, in milliseconds since 1970.
    end: f64,
    /// Whether it is shown only near the expiry.
    near_only: bool,
) -> impl IntoView {
    let now = use_now(move |now| until_text_changes(end - now));
    let is_hidden = move || near_only && end - now.get() > NEAR_EXPIRY;
    view! {
        <span class:top-left=near_only hidden=is_hidden>
            <time translate="no" datetime=intl::rfc3339(end)>{move || remaining_text(end - now.get())}</time>
        </span>
    }
}

/// The largest unit that fits at least twice: the count, the unit's length in milliseconds, and its name.
fn largest_unit(remaining: f64) -> Option<(u32, f64, &'static str)> {
    let (unit, name) = UNITS.into_iter().find(|(unit, _)| remaining >= 2.0 * unit)?;
    Some(((remaining / unit) as u32, unit, name))
}

fn remaining_text(remaining: f64) -> String {
    match largest_unit(remaining) {
        Some((count, _, name)) => format!("Session ends in {count} {name}"),
        None if remaining > 0.0 => "Session is about to end".to_owned(),
        None => "Session has ended".to_owned(),
    }
}

/// The time until the text changes, in milliseconds; `None` when it does not change any more.
fn until_text_changes(remaining: f64) -> Option<f64> {
    let until_change =
        largest_unit(remaining).map_or(remaining, |(count, unit, _)| remaining - f64::from(count) * unit + 1.0);
    (remaining > 0.0).then_some(until_change)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: f64 = 60_000.0;
    const HOUR: f64 = 60.0 * MINUTE;

    #[test]
    fn uses_the_largest_unit_that_fits_at_least_twice() {
        let cases = [
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
        for (remaining, text) in cases {
            assert_eq!(remaining_text(remaining), text, "{remaining}");
        }
        assert!(remaining_text(f64::INFINITY).ends_with(" days"));
    }

    #[test]
    fn each_wait_ends_when_the_text_changes() {
        for remaining in
            [49.0 * HOUR + 7.0, 48.0 * HOUR, 3.0 * HOUR - 1.0, 2.0 * HOUR, 90.0 * MINUTE, 2.0 * MINUTE, MINUTE, 1.0]
        {
            let wait = until_text_changes(remaining).unwrap();
            assert_ne!(remaining_text(remaining - wait), remaining_text(remaining), "{remaining}");
            assert_eq!(remaining_text(remaining - wait + 1.0), remaining_text(remaining), "{remaining}");
        }
        assert_eq!(until_text_changes(0.0), None);
        assert_eq!(until_text_changes(f64::NAN), None);
    }
}

//! The time, for what is said at a moment: by the clock on the wall, since a timer sleeps when the machine does.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;

/// A timer sleeps when the machine does: the clock on the wall is looked at again after a minute.
const LONGEST: f64 = 60_000.0;

/// The time (milliseconds since 1970), which is looked at again after as many milliseconds as `until_next` says, and
/// when the page comes back into view.
pub fn use_now(until_next: impl Fn(f64) -> Option<f64> + 'static) -> Signal<f64> {
    let look = Trigger::new();
    let again = move || look.notify();
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    };
    Effect::new(move |_| {
        look.track();
        stop();
        let wait = until_next(js_sys::Date::now()).map(wait);
        timer.set_value(wait.and_then(|wait| set_timeout_with_handle(again, wait).ok()));
    });
    let shown = window_event_listener(ev::visibilitychange, move |_| again());
    on_cleanup(move || {
        stop();
        shown.remove();
    });
    Signal::derive(move || {
        look.track();
        js_sys::Date::now()
    })
}

fn wait(milliseconds: f64) -> Duration {
    Duration::from_millis(milliseconds.clamp(1.0, LONGEST).ceil() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_wait_is_longer_than_a_minute_and_none_is_too_short_to_rest() {
        for long in [1e15, f64::MAX, f64::INFINITY] {
            assert_eq!(wait(long), Duration::from_secs(60));
        }
        for short in [0.0, -1e15, f64::NEG_INFINITY, 0.2] {
            assert_eq!(wait(short), Duration::from_millis(1));
        }
        assert_eq!(wait(999.4), Duration::from_secs(1));
    }
}

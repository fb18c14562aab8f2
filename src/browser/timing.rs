//! The current time as a signal.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;

/// The longest delay between two updates, in milliseconds. Timers stop while the machine sleeps, so a long one would
/// fire late.
const MAX_DELAY: f64 = 60_000.0;

/// The current time (milliseconds since 1970). It updates after `until_next(now)` milliseconds, at the latest after one
/// minute, and whenever the page becomes visible. While `until_next` returns `None`, only visibility updates it.
pub fn use_now(until_next: impl Fn(f64) -> Option<f64> + 'static) -> Signal<f64> {
    let refresh = Trigger::new();
    let notify_refresh = move || refresh.notify();
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    };
    Effect::new(move |_| {
        refresh.track();
        stop();
        let delay = until_next(js_sys::Date::now()).map(delay);
        timer.set_value(delay.and_then(|delay| set_timeout_with_handle(notify_refresh, delay).ok()));
    });
    let on_visible = window_event_listener(ev::visibilitychange, move |_| notify_refresh());
    on_cleanup(move || {
        stop();
        on_visible.remove();
    });
    Signal::derive(move || {
        refresh.track();
        js_sys::Date::now()
    })
}

fn delay(milliseconds: f64) -> Duration {
    Duration::from_millis(milliseconds.clamp(1.0, MAX_DELAY).ceil() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delay_is_between_a_millisecond_and_a_minute() {
        for long in [1e15, f64::MAX, f64::INFINITY] {
            assert_eq!(delay(long), Duration::from_secs(60));
        }
        for short in [0.0, -1e15, f64::NEG_INFINITY, 0.2] {
            assert_eq!(delay(short), Duration::from_millis(1));
        }
        assert_eq!(delay(999.4), Duration::from_secs(1));
    }
}

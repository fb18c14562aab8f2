//! The time, for what is said at a moment: by the clock on the wall, since a timer sleeps when the machine does.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;

/// A timer sleeps when the machine does: the clock on the wall is looked at again after a minute.
const MAX_DELAY: f64 = 60_000.0;

/// The time (milliseconds since 1970), which is looked at again after as many milliseconds as `until_next` says, and
/// when the page comes back into view.
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
    fn no_wait_is_longer_than_a_minute_and_none_is_too_short_to_rest() {
        for long in [1e15, f64::MAX, f64::INFINITY] {
            assert_eq!(delay(long), Duration::from_secs(60));
        }
        for short in [0.0, -1e15, f64::NEG_INFINITY, 0.2] {
            assert_eq!(delay(short), Duration::from_millis(1));
        }
        assert_eq!(delay(999.4), Duration::from_secs(1));
    }
}

//! What waits until typing rests: a text for the ear, which is not to be said at every keystroke (E13), and whatever else
//! nobody wants at every letter.

use std::time::Duration;

use js_sys::Date;

use crate::view::prelude::*;

/// How long after the last keystroke a text is said.
const REST: Duration = Duration::from_secs(1);

/// Something that is done once nothing has touched it for a while, as a handle to pass around. A touch costs no timer:
/// the one that runs looks for itself whether it came too early.
#[derive(Clone, Copy)]
pub struct Pause {
    /// How long, in milliseconds.
    length: f64,
    /// In milliseconds since 1970.
    touched: StoredValue<f64>,
    timer: StoredValue<Option<TimeoutHandle>>,
    rested: Callback<()>,
}

impl Pause {
    /// Does `rested` that long after the last touch, for as long as its owner lives.
    pub fn new(length: Duration, rested: impl Fn() + 'static) -> Self {
        let pause = Self {
            length: length.as_secs_f64() * 1000.0,
            touched: StoredValue::new(0.0),
            timer: StoredValue::new(None),
            rested: Callback::new(move |()| rested()),
        };
        on_cleanup(move || {
            if let Some(timer) = pause.timer.take() {
                timer.clear();
            }
        });
        pause
    }

    /// Begins to wait anew.
    pub fn touch(self) {
        self.touched.set_value(Date::now());
        if self.timer.with_value(Option::is_none) {
            self.wait(self.length);
        }
    }

    fn wait(self, ms: f64) {
        let over = move || {
            // A clock that was set back makes nobody wait longer than once more.
            let left = (self.touched.get_value() + self.length - Date::now()).min(self.length);
            if left > 0.0 {
                self.wait(left);
            } else {
                self.timer.set_value(None);
                self.rested.run(());
            }
        };
        self.timer.set_value(set_timeout_with_handle(over, Duration::from_millis(ms as u64)).ok());
    }
}

/// What `text` says once nothing that `follow` follows has changed for a second; empty before the first change. The text
/// is not made before.
pub fn at_rest(follow: impl Fn() + 'static, text: impl Fn() -> String + 'static) -> ReadSignal<String> {
    let (said, say) = signal(String::new());
    let pause = Pause::new(REST, move || say.set(untrack(&text)));
    Effect::new(move |before: Option<()>| {
        follow();
        if before.is_some() {
            pause.touch();
        }
    });
    said
}

//! The lock of a form whose save is in flight.

use std::time::Duration;

use leptos::prelude::*;

/// How long a lock lasts before it is seen.
const SHOW_DELAY: Duration = Duration::from_millis(200);

/// Whether the controls of a form take no input for the moment, since what they hold is being saved. Provided as a
/// context by the form: what was typed during a save would be neither sent nor kept (R6).
#[derive(Debug, Clone, Copy)]
pub struct FormLock(Signal<bool>);

impl FormLock {
    /// Locks the controls of the form around this component while `locked` says so. The answer is whether that has
    /// lasted long enough to be seen: a save that is answered at once makes no form flash, nor the browser draw it.
    pub fn provide(locked: impl Fn() -> bool + Send + Sync + 'static) -> ReadSignal<bool> {
        let locked = Memo::new(move |_| locked());
        provide_context(Self(locked.into()));
        let (shown, set_shown) = signal(locked.get_untracked());
        let mut show_later = debounce(SHOW_DELAY, move |()| set_shown.set(locked.get_untracked()));
        Effect::new(move |_| {
            if locked.get() {
                show_later(());
            } else {
                set_shown.set(false);
            }
        });
        shown
    }

    /// Whether the form around this component is locked, as a signal.
    pub fn is_locked() -> Signal<bool> {
        let lock = use_context::<Self>();
        // The lock of a form that is gone is no lock.
        Signal::derive(move || lock.and_then(|lock| lock.0.try_get()).unwrap_or_default())
    }
}

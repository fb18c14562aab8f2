//! The lock of a form while its save is in flight.

use std::time::Duration;

use leptos::prelude::*;

/// The delay before a lock becomes visible.
const SHOW_DELAY: Duration = Duration::from_millis(300);

/// Whether a form's controls are read-only because their values are being saved. The form provides it as a context.
///
/// Input during a save would be lost, because it would be neither sent nor stored.
#[derive(Debug, Clone, Copy)]
pub struct FormLock(Signal<bool>);

impl FormLock {
    /// Locks the controls of the form in this component while `locked` is true. Returns whether to show the lock: only
    /// after 300 ms, so that a fast save does not make the form flash.
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

    /// Whether the form around this component is locked.
    pub fn is_locked() -> Signal<bool> {
        let lock = use_context::<Self>();
        // The lock of an unmounted form counts as unlocked.
        Signal::derive(move || lock.and_then(|lock| lock.0.try_get()).unwrap_or_default())
    }
}

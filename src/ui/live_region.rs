//! The message of an ARIA live region.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

/// How long a live region stays empty before it gets a message: screen readers announce only changes, so a repeated
/// message has to be removed first.
const ANNOUNCE_DELAY: Duration = Duration::from_millis(100);

/// A live region's message, as a `Copy` handle. Each call cancels the timer of the previous one.
pub struct LiveRegion<T: Send + Sync + 'static> {
    message: RwSignal<Option<T>>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl<T: Send + Sync> Clone for LiveRegion<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync> Copy for LiveRegion<T> {}

impl<T: Clone + Send + Sync> LiveRegion<T> {
    /// An empty message. Its timer is cancelled with the component that is being created.
    pub fn new() -> Self {
        let region = Self { message: RwSignal::new(None), timer: StoredValue::new(None) };
        on_cleanup(move || region.cancel());
        region
    }

    /// The current message, tracked.
    pub fn get(self) -> Option<T> {
        self.message.get()
    }

    /// Announces a message, even if it is the current one.
    pub fn announce(self, message: T) {
        self.set(None);
        self.set_after(ANNOUNCE_DELAY, Some(message));
    }

    /// Shows a message for `duration`.
    pub fn announce_for(self, message: T, duration: Duration) {
        self.set(Some(message));
        self.set_after(duration, None);
    }

    /// Replaces the message at once; `None` removes it.
    pub fn set(self, message: Option<T>) {
        self.cancel();
        // The component may be unmounted when a reply arrives.
        _ = self.message.try_set(message);
    }

    fn set_after(self, delay: Duration, message: Option<T>) {
        let timer = set_timeout_with_handle(move || _ = self.message.try_set(message), delay).ok();
        self.timer.try_update_value(|current| *current = timer);
    }

    fn cancel(self) {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }
}

impl<T: Clone + Send + Sync> Default for LiveRegion<T> {
    fn default() -> Self {
        Self::new()
    }
}

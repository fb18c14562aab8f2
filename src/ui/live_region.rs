//! The message of a live region.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

/// How long a live region is empty before it is filled: a screen reader says what changes in it, also the same words
/// once more.
const ANNOUNCE_DELAY: Duration = Duration::from_millis(100);

/// A message, as a handle to pass around. The last call counts: it cancels the timer of an earlier one.
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
    /// A message of the component that is being created. Its timer ends with the component.
    pub fn new() -> Self {
        let region = Self { message: RwSignal::new(None), timer: StoredValue::new(None) };
        on_cleanup(move || region.cancel());
        region
    }

    /// What is said now, tracked.
    pub fn get(self) -> Option<T> {
        self.message.get()
    }

    /// Says something, also when that stands there already.
    pub fn announce(self, message: T) {
        self.set(None);
        self.set_after(ANNOUNCE_DELAY, Some(message));
    }

    /// Says something for a while.
    pub fn announce_for(self, message: T, duration: Duration) {
        self.set(Some(message));
        self.set_after(duration, None);
    }

    /// Says something at once, until something else is said; or nothing any more.
    pub fn set(self, message: Option<T>) {
        self.cancel();
        // A reply may come when the component is gone.
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

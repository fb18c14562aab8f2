//! The events of a text control, and polling for changes without events.
//!
//! Browser extensions, autofill and speech input may set a value with only a `change` event, or with no event at all.

use std::time::Duration;

use leptos::ev::FocusEvent;
use leptos::leptos_dom::helpers::IntervalHandle;
use leptos::prelude::*;
use web_sys::Event;

use crate::form::{FieldState, FormLock};

/// How often the value is polled while the element has the focus.
const POLL_INTERVAL: Duration = Duration::from_secs(1);

/// The event handlers of a text control, as a `Copy` handle.
#[derive(Clone, Copy)]
pub(super) struct TextEvents {
    field: FieldState,
    locked: Signal<bool>,
    /// The element's last known value. It may differ from the field's text, because a one-line input removes line
    /// breaks.
    last_read: StoredValue<Option<String>>,
    poll: StoredValue<Option<IntervalHandle>>,
}

impl TextEvents {
    /// The handlers of `field`. Polling stops with the component that is being created.
    pub(super) fn new(field: FieldState) -> Self {
        let (last_read, poll) = (StoredValue::new(None), StoredValue::new(None));
        let events = Self { field, locked: FormLock::is_locked(), last_read, poll };
        on_cleanup(move || events.stop_polling());
        events
    }

    /// Handles `input`: the user typed.
    pub(super) fn input(self, event: &Event) {
        let text = event_target_value(event);
        self.last_read.try_update_value(|last_read| *last_read = Some(text.clone()));
        self.field.on_input(text);
    }

    /// Reads the value, which may have changed without an `input` event.
    pub(super) fn sync(self, event: &Event) {
        self.on_silent_change(event_target_value(event));
    }

    /// Handles `focus`: starts polling the value.
    pub(super) fn focus(self, event: FocusEvent) {
        self.stop_polling();
        self.last_read.try_update_value(|last_read| *last_read = Some(event_target_value(&event)));
        let poll = set_interval_with_handle(move || self.sync(&event), POLL_INTERVAL).ok();
        self.poll.try_update_value(|current| *current = poll);
    }

    /// Handles `blur`: stops polling.
    pub(super) fn blur(self, event: &Event) {
        self.stop_polling();
        self.sync(event);
        self.field.on_blur();
    }

    fn on_silent_change(self, text: String) {
        let is_new = self
            .last_read
            .try_update_value(|last_read| last_read.replace(text.clone()).is_none_or(|last_read| last_read != text));
        // The page may just have been unmounted.
        if is_new != Some(true) || self.field.is_disposed() || self.field.text_untracked() == text {
            return;
        }
        if self.locked.get_untracked() {
            self.field.reset_dom_value();
        } else {
            self.field.on_input(text);
        }
    }

    fn stop_polling(self) {
        if let Some(poll) = self.poll.try_update_value(Option::take).flatten() {
            poll.clear();
        }
    }
}

//! What the element of a text control tells, and what it does not: an extension, autofill or speech input may set its
//! value with a `change` event alone, or with no event.

use std::time::Duration;

use leptos::ev::FocusEvent;
use leptos::leptos_dom::helpers::IntervalHandle;
use leptos::prelude::*;
use web_sys::Event;

use crate::form::{FieldState, FormLock};

/// How often the value is read while the element has the focus.
const POLL_INTERVAL: Duration = Duration::from_secs(1);

/// The listeners of a text control's element, as a handle to pass around.
#[derive(Clone, Copy)]
pub(super) struct TextEvents {
    field: FieldState,
    locked: Signal<bool>,
    /// The element's value when it was last read. It may differ from the control's text: a one-line element shows no
    /// line ends.
    last_read: StoredValue<Option<String>>,
    poll: StoredValue<Option<IntervalHandle>>,
}

impl TextEvents {
    /// Those of the component that is being created.
    pub(super) fn new(field: FieldState) -> Self {
        let (last_read, poll) = (StoredValue::new(None), StoredValue::new(None));
        let events = Self { field, locked: FormLock::is_locked(), last_read, poll };
        on_cleanup(move || events.stop_polling());
        events
    }

    /// The user typed.
    pub(super) fn input(self, event: &Event) {
        let text = event_target_value(event);
        self.last_read.try_update_value(|last_read| *last_read = Some(text.clone()));
        self.field.on_input(text);
    }

    /// The value may have been changed without an `input` event.
    pub(super) fn sync(self, event: &Event) {
        self.on_silent_change(event_target_value(event));
    }

    /// The focus came: from here on the value is polled.
    pub(super) fn focus(self, event: FocusEvent) {
        self.stop_polling();
        self.last_read.try_update_value(|last_read| *last_read = Some(event_target_value(&event)));
        let poll = set_interval_with_handle(move || self.sync(&event), POLL_INTERVAL).ok();
        self.poll.try_update_value(|current| *current = poll);
    }

    /// The focus left.
    pub(super) fn blur(self, event: &Event) {
        self.stop_polling();
        self.sync(event);
        self.field.on_blur();
    }

    fn on_silent_change(self, text: String) {
        let is_new = self
            .last_read
            .try_update_value(|last_read| last_read.replace(text.clone()).is_none_or(|last_read| last_read != text));
        // The element may just have been removed with everything else.
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

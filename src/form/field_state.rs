//! The reactive state of one field: its text and the error that it shows.

use std::sync::Arc;

use leptos::prelude::*;

use crate::form::{ErrorVisibility, FieldEvent, FieldSnapshot};

/// Why a text is rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The message for the user.
    pub message: String,
    /// The number of characters beyond the length limit, in code points. This is shown while typing.
    pub excess: Option<usize>,
}

/// A field's validation: `None` for a text without errors.
pub type Validator = Arc<dyn Fn(&str) -> Option<FieldError> + Send + Sync>;

/// A field's state, as a `Copy` handle.
#[derive(Clone, Copy)]
pub struct FieldState {
    key: &'static str,
    text: RwSignal<String>,
    initial: StoredValue<String>,
    programmatic_writes: Trigger,
    validator: StoredValue<Validator>,
    visibility: RwSignal<ErrorVisibility>,
    /// Whether the user left the field, or submitted the form, with the current text.
    left: RwSignal<bool>,
    server_error: RwSignal<Option<String>>,
    error: Memo<Option<String>>,
    excess: RwSignal<usize>,
    /// Notified of every change.
    on_change: Option<Trigger>,
}

impl FieldState {
    /// A field with its key, its initial text and its validation.
    pub fn new(
        key: &'static str,
        initial: String,
        validator: impl Fn(&str) -> Option<FieldError> + Send + Sync + 'static,
    ) -> Self {
        let excess = RwSignal::new(validator(&initial).and_then(|field_error| field_error.excess).unwrap_or_default());
        let validator = StoredValue::new(Arc::new(validator) as Validator);
        let text = RwSignal::new(initial.clone());
        let visibility = RwSignal::new(ErrorVisibility::default());
        let server_error = RwSignal::new(None);
        let error = Memo::new(move |_| {
            server_error.get().or_else(|| {
                let field_error = if visibility.get().is_shown() {
                    text.with(|text| validator.with_value(|validator| validator(text)))
                } else {
                    None
                };
                field_error.map(|field_error| field_error.message)
            })
        });
        let initial = StoredValue::new(initial);
        Self {
            key,
            text,
            initial,
            programmatic_writes: Trigger::new(),
            validator,
            visibility,
            left: RwSignal::new(false),
            server_error,
            error,
            excess,
            on_change: None,
        }
    }

    /// Notifies `form` of every change.
    pub const fn notifying(mut self, form: Trigger) -> Self {
        self.on_change = Some(form);
        self
    }

    /// The field's key: the control's `id` and `name`, and the name of the field in a 422.
    pub const fn key(self) -> &'static str {
        self.key
    }

    /// The current text, not tracked.
    pub fn text_untracked(self) -> String {
        self.text.get_untracked()
    }

    /// Reads the text, tracked.
    pub fn with_text<T>(self, read: impl FnOnce(&str) -> T) -> T {
        self.text.with(|text| read(text))
    }

    /// The text for the DOM's `value`. It changes only when the program changes the text. Writing back each keystroke
    /// would disturb input methods and cost a DOM call.
    pub fn dom_value(self) -> String {
        self.programmatic_writes.track();
        self.text_untracked()
    }

    /// The shown error, tracked.
    pub fn error(self) -> Option<String> {
        self.error.get()
    }

    /// Whether an error is shown, tracked.
    pub fn has_error(self) -> bool {
        self.error.with(Option::is_some)
    }

    /// The number of characters beyond the length limit, tracked.
    pub fn excess(self) -> usize {
        self.excess.get()
    }

    /// Whether the user left the field, or submitted the form, after changing the text, tracked. A warning about a text that
    /// is still being typed would come too early.
    pub fn was_left(self) -> bool {
        self.left.get()
    }

    /// Whether the text differs from the initial text, tracked.
    pub fn is_changed(self) -> bool {
        self.text.with(|text| self.initial.with_value(|initial| text != initial))
    }

    /// Whether the form was unmounted.
    pub fn is_disposed(self) -> bool {
        self.text.is_disposed()
    }

    /// Handles a change by the user. It clears the server's error, which was about the old text.
    pub fn on_input(self, text: String) {
        if self.server_error.with_untracked(Option::is_some) {
            self.server_error.set(None);
        }
        self.text.set(text);
        if self.left.get_untracked() {
            self.left.set(false);
        }
        self.apply(FieldEvent::Input);
        if let Some(form) = self.on_change {
            form.notify();
        }
    }

    /// Resets the DOM's `value` to the field's text.
    pub fn reset_dom_value(self) {
        self.programmatic_writes.notify();
    }

    /// Replaces the text by program and updates the DOM.
    pub fn write(self, text: String) {
        self.on_input(text);
        self.programmatic_writes.notify();
    }

    /// Handles the loss of focus. Removing a focused element also triggers `blur`, when the state may be disposed.
    pub fn on_blur(self) {
        if !self.is_disposed() {
            self.apply(FieldEvent::Blur);
            self.finish_typing();
        }
    }

    /// Handles a submit of the form: shows the error, if any.
    pub fn on_submit(self) {
        self.apply(FieldEvent::Submit);
        self.finish_typing();
    }

    fn finish_typing(self) {
        if untrack(|| self.is_changed()) && !self.left.get_untracked() {
            self.left.set(true);
        }
    }

    /// Shows the server's error until the text changes.
    pub fn set_server_error(self, message: String) {
        self.server_error.set(Some(message));
    }

    fn apply(self, event: FieldEvent) {
        let field_error = self.text.with_untracked(|text| self.validator.with_value(|validator| validator(text)));
        let excess = field_error.as_ref().and_then(|field_error| field_error.excess).unwrap_or_default();
        if self.excess.get_untracked() != excess {
            self.excess.set(excess);
        }
        let snapshot = FieldSnapshot {
            has_error: field_error.is_some(),
            over_limit: excess > 0,
            changed: untrack(|| self.is_changed()),
            empty: self.text.with_untracked(String::is_empty),
        };
        let before = self.visibility.get_untracked();
        let now = before.after(event, snapshot);
        if now != before {
            self.visibility.set(now);
        }
    }
}

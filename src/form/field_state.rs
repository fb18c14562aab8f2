//! The live state of one control: its text, and the problem that it shows.

use std::sync::Arc;

use leptos::prelude::*;

use crate::form::{ErrorVisibility, FieldEvent, FieldSnapshot};

/// What is wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// In words.
    pub message: String,
    /// By how many characters it crosses a length limit: that shows while typing.
    pub excess: Option<usize>,
}

/// A control's check.
pub type Validator = Arc<dyn Fn(&str) -> Option<FieldError> + Send + Sync>;

/// A control's state, as a handle to pass around.
#[derive(Clone, Copy)]
pub struct FieldState {
    key: &'static str,
    text: RwSignal<String>,
    initial: StoredValue<String>,
    programmatic_writes: Trigger,
    validator: StoredValue<Validator>,
    visibility: RwSignal<ErrorVisibility>,
    server_error: RwSignal<Option<String>>,
    error: Memo<Option<String>>,
    excess: RwSignal<usize>,
    /// What else is told of every change.
    on_change: Option<Trigger>,
}

impl FieldState {
    /// A control with a key, the text that it begins with, and its check.
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
            server_error,
            error,
            excess,
            on_change: None,
        }
    }

    /// The same, telling the form that it belongs to of every change.
    pub const fn notifying(mut self, form: Trigger) -> Self {
        self.on_change = Some(form);
        self
    }

    /// Its one key: id, `name` and what a 422 calls it.
    pub const fn key(self) -> &'static str {
        self.key
    }

    /// Its text now, not tracked.
    pub fn text_untracked(self) -> String {
        self.text.get_untracked()
    }

    /// Looks at its text, tracked.
    pub fn with_text<T>(self, read: impl FnOnce(&str) -> T) -> T {
        self.text.with(|text| read(text))
    }

    /// The text to put into the DOM. It follows what the program writes, not what the user types: writing back what
    /// was just typed would disturb an input method and cost a call at every keystroke.
    pub fn dom_value(self) -> String {
        self.programmatic_writes.track();
        self.text_untracked()
    }

    /// The problem on show, tracked.
    pub fn error(self) -> Option<String> {
        self.error.get()
    }

    /// Whether a problem is on show, tracked.
    pub fn has_error(self) -> bool {
        self.error.with(Option::is_some)
    }

    /// By how many characters it crosses its limit, tracked.
    pub fn excess(self) -> usize {
        self.excess.get()
    }

    /// The id of the element that says what is wrong.
    pub fn error_id(self) -> String {
        format!("{}-error", self.key)
    }

    /// The id of the element with the hint.
    pub fn hint_id(self) -> String {
        format!("{}-hint", self.key)
    }

    /// What `aria-describedby` says: the hint, then the error.
    pub fn described_by(self, has_hint: bool) -> Option<String> {
        let mut ids = Vec::new();
        if has_hint {
            ids.push(self.hint_id());
        }
        if self.has_error() {
            ids.push(self.error_id());
        }
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// Whether its form is gone.
    pub fn is_disposed(self) -> bool {
        self.text.is_disposed()
    }

    /// The user changed its text. What the server said of the old one no longer holds (E5).
    pub fn on_input(self, text: String) {
        if self.server_error.with_untracked(Option::is_some) {
            self.server_error.set(None);
        }
        self.text.set(text);
        self.apply(FieldEvent::Input);
        if let Some(form) = self.on_change {
            form.notify();
        }
    }

    /// Puts its text back into the DOM, in place of what was done there.
    pub fn reset_dom_value(self) {
        self.programmatic_writes.notify();
    }

    /// The program changed its text.
    pub fn write(self, text: String) {
        self.on_input(text);
        self.programmatic_writes.notify();
    }

    /// The focus left it. Its element may just have been removed with everything else.
    pub fn on_blur(self) {
        if !self.is_disposed() {
            self.apply(FieldEvent::Blur);
        }
    }

    /// The form was submitted.
    pub fn on_submit(self) {
        self.apply(FieldEvent::Submit);
    }

    /// The server refused its text.
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
            changed: self.text.with_untracked(|text| self.initial.with_value(|initial| text != initial)),
            empty: self.text.with_untracked(String::is_empty),
        };
        let before = self.visibility.get_untracked();
        let now = before.after(event, snapshot);
        if now != before {
            self.visibility.set(now);
        }
    }
}

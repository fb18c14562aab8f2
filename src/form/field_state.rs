//! The live state of one control: its text, and the problem that it shows.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::form::{Event, Look, Reveal};

/// How long a lock lasts before it is seen.
const SEEN_AFTER: Duration = Duration::from_millis(200);

/// Puts the focus into the control with this key, after this turn: it may just be on its way to the page.
pub fn focus_control(key: &'static str) {
    set_timeout(
        move || {
            let control = document().get_element_by_id(key).and_then(|control| control.dyn_into::<HtmlElement>().ok());
            // Fails only for an element that cannot be focused.
            _ = control.map(|control| control.focus());
        },
        Duration::ZERO,
    );
}

/// What is wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// In words.
    pub sentence: String,
    /// By how many characters it crosses a length limit: that shows while typing.
    pub excess: Option<usize>,
}

/// A control's check.
pub type Check = Arc<dyn Fn(&str) -> Option<Wrong> + Send + Sync>;

/// Whether the controls of a form take no input for the moment, since what they hold is being saved. Provided as a
/// context by the form: what was typed during a save would be neither sent nor kept (R6).
#[derive(Debug, Clone, Copy)]
pub struct Locked(Signal<bool>);

impl Locked {
    /// Locks the controls of the form around this component while `locked` says so. The answer is whether that has
    /// lasted long enough to be seen: a save that is answered at once makes no form flash, nor the browser draw it.
    pub fn start(locked: impl Fn() -> bool + Send + Sync + 'static) -> ReadSignal<bool> {
        let locked = Memo::new(move |_| locked());
        provide_context(Self(locked.into()));
        let (seen, see) = signal(locked.get_untracked());
        let mut see_soon = debounce(SEEN_AFTER, move |()| see.set(locked.get_untracked()));
        Effect::new(move |_| {
            if locked.get() {
                see_soon(());
            } else {
                see.set(false);
            }
        });
        seen
    }

    /// Whether the form around this component is locked, as a signal.
    pub fn here() -> Signal<bool> {
        let locked = use_context::<Self>();
        // The lock of a form that is gone is no lock.
        Signal::derive(move || locked.and_then(|locked| locked.0.try_get()).unwrap_or_default())
    }
}

/// A control's state, as a handle to pass around.
#[derive(Clone, Copy)]
pub struct Control {
    key: &'static str,
    text: RwSignal<String>,
    first: StoredValue<String>,
    rewritten: Trigger,
    check: StoredValue<Check>,
    reveal: RwSignal<Reveal>,
    refused: RwSignal<Option<String>>,
    problem: Memo<Option<String>>,
    excess: RwSignal<usize>,
    /// What else is told of every change.
    tells: Option<Trigger>,
}

impl Control {
    /// A control with a key, the text that it begins with, and its check.
    pub fn new(
        key: &'static str,
        first: String,
        check: impl Fn(&str) -> Option<Wrong> + Send + Sync + 'static,
    ) -> Self {
        let excess = RwSignal::new(check(&first).and_then(|wrong| wrong.excess).unwrap_or_default());
        let check = StoredValue::new(Arc::new(check) as Check);
        let text = RwSignal::new(first.clone());
        let reveal = RwSignal::new(Reveal::default());
        let refused = RwSignal::new(None);
        let problem = Memo::new(move |_| {
            refused.get().or_else(|| {
                let wrong = if reveal.get().is_shown() {
                    text.with(|text| check.with_value(|check| check(text)))
                } else {
                    None
                };
                wrong.map(|wrong| wrong.sentence)
            })
        });
        let first = StoredValue::new(first);
        Self { key, text, first, rewritten: Trigger::new(), check, reveal, refused, problem, excess, tells: None }
    }

    /// The same, telling the form that it belongs to of every change.
    pub const fn telling(mut self, form: Trigger) -> Self {
        self.tells = Some(form);
        self
    }

    /// Its one key: id, `name` and what a 422 calls it.
    pub const fn key(self) -> &'static str {
        self.key
    }

    /// Its text now, not tracked.
    pub fn text_now(self) -> String {
        self.text.get_untracked()
    }

    /// Looks at its text, tracked.
    pub fn with_text<T>(self, look: impl FnOnce(&str) -> T) -> T {
        self.text.with(|text| look(text))
    }

    /// The text to put into the DOM. It follows what the program writes, not what the user types: writing back what
    /// was just typed would disturb an input method and cost a call at every keystroke.
    pub fn written(self) -> String {
        self.rewritten.track();
        self.text_now()
    }

    /// The problem on show, tracked.
    pub fn problem(self) -> Option<String> {
        self.problem.get()
    }

    /// Whether a problem is on show, tracked.
    pub fn is_wrong(self) -> bool {
        self.problem.with(Option::is_some)
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
        if self.is_wrong() {
            ids.push(self.error_id());
        }
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// Whether its form is gone.
    pub fn is_gone(self) -> bool {
        self.text.is_disposed()
    }

    /// The user changed its text. What the server said of the old one no longer holds (E5).
    pub fn typed(self, text: String) {
        if self.refused.with_untracked(Option::is_some) {
            self.refused.set(None);
        }
        self.text.set(text);
        self.after(Event::Typed);
        if let Some(form) = self.tells {
            form.notify();
        }
    }

    /// Puts its text back into the DOM, in place of what was done there.
    pub fn restore(self) {
        self.rewritten.notify();
    }

    /// The program changed its text.
    pub fn write(self, text: String) {
        self.typed(text);
        self.rewritten.notify();
    }

    /// The focus left it. Its element may just have been removed with everything else.
    pub fn left(self) {
        if !self.is_gone() {
            self.after(Event::Left);
        }
    }

    /// The form was submitted.
    pub fn submitted(self) {
        self.after(Event::Submitted);
    }

    /// The server refused its text.
    pub fn refuse(self, sentence: String) {
        self.refused.set(Some(sentence));
    }

    fn after(self, event: Event) {
        let wrong = self.text.with_untracked(|text| self.check.with_value(|check| check(text)));
        let excess = wrong.as_ref().and_then(|wrong| wrong.excess).unwrap_or_default();
        if self.excess.get_untracked() != excess {
            self.excess.set(excess);
        }
        let look = Look {
            wrong: wrong.is_some(),
            over_limit: excess > 0,
            changed: self.text.with_untracked(|text| self.first.with_value(|first| text != first)),
            empty: self.text.with_untracked(String::is_empty),
        };
        let before = self.reveal.get_untracked();
        let now = before.after(event, look);
        if now != before {
            self.reveal.set(now);
        }
    }
}

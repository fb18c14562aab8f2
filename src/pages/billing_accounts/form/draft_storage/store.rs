//! Stores the draft and the unanswered saves of a form in the tab's storage, so that a reload loses neither. Without
//! storage the form still works; [`Keeping::is_kept`] reports it.

use std::time::Duration;

use leptos::leptos_dom::helpers::{TimeoutHandle, WindowListenerHandle};
use leptos::prelude::*;

use crate::domain::Attempt;
use crate::domain::draft::Draft;
use crate::pages::billing_accounts::form::draft_storage::keys::{read, user_id, write};
use crate::pages::billing_accounts::form::draft_storage::stored_draft::Kept;
use crate::pages::billing_accounts::form::fields::Fields;
use crate::pages::billing_accounts::form::late_replies::{LateAnswer, LateAnswers};
use crate::session::{Session, State};

pub use crate::pages::billing_accounts::form::draft_storage::keys::{found, place_of, remove};

/// How long after a keystroke all that is typed is kept, at the latest.
const KEPT_AFTER: Duration = Duration::from_millis(300);
/// What keeps a form, as a handle to pass around.
#[derive(Clone, Copy)]
pub struct Keeping {
    session: Session,
    place: StoredValue<String>,
    /// Whose form it is, also while the session has ended. Nothing is kept for a user without an id.
    user: StoredValue<Option<String>>,
    /// The controls whose text is kept: those of a new account. Changes are not (R9).
    typed: Option<Fields>,
    /// The saves whose fate is not known, in order.
    attempts: RwSignal<Vec<Attempt>>,
    /// The draft that a copy took the place of.
    set_aside: RwSignal<Draft>,
    from_link: RwSignal<bool>,
    wait_until: RwSignal<Option<f64>>,
    is_kept: RwSignal<bool>,
    has_written: StoredValue<bool>,
    timer: StoredValue<Option<TimeoutHandle>>,
    late_answers: LateAnswers,
}

impl Keeping {
    /// Keeps a form at its place, from what was found there on.
    pub fn start(session: Session, place: String, typed: Option<Fields>, found: Kept) -> Self {
        let keeping = Self {
            session,
            place: StoredValue::new(place),
            user: StoredValue::new(user_id(session)),
            typed,
            attempts: RwSignal::new(found.attempts),
            set_aside: RwSignal::new(found.set_aside),
            from_link: RwSignal::new(found.from_link),
            wait_until: RwSignal::new(found.wait_until),
            is_kept: RwSignal::new(true),
            has_written: StoredValue::new(false),
            timer: StoredValue::new(None),
            late_answers: LateAnswers::of_app(),
        };
        Effect::new(move |_| {
            if let Some(user) = session.user() {
                keeping.user.set_value(user.claims.sub);
            }
        });
        Effect::new(move |before: Option<()>| {
            _ = typed.map(Fields::track);
            if before.is_some() {
                keeping.write_soon();
            }
        });
        keeping.late_answers.listen(move |answer| keeping.hear(answer));
        // A phone may end a page that is hidden without another word.
        let going = ["pagehide", "visibilitychange"]
            .map(|event| window_event_listener_untyped(event, move |_| keeping.write_now()));
        on_cleanup(move || {
            going.into_iter().for_each(WindowListenerHandle::remove);
            keeping.write_now();
        });
        keeping
    }

    /// The saves whose fate is not known, tracked.
    pub fn attempts(self) -> Vec<Attempt> {
        self.attempts.get()
    }

    /// Whether there is a save whose fate is not known, tracked.
    pub fn has_attempts(self) -> bool {
        self.attempts.with(|attempts| !attempts.is_empty())
    }

    /// Whether all that is to be kept is kept, tracked. If not, leaving has to ask.
    pub fn is_kept(self) -> bool {
        self.is_kept.get()
    }

    /// Whether what is typed is to be kept.
    pub fn keeps_typing(self) -> bool {
        self.typed.is_some()
    }

    /// The draft that a copy took the place of, tracked.
    pub fn set_aside(self) -> Option<Draft> {
        self.set_aside.with(|draft| (!draft.is_empty()).then(|| draft.clone()))
    }

    /// Sets a draft aside, in the place of the one that was.
    pub fn set_set_aside(self, draft: Draft) {
        self.set_aside.set(draft);
        self.write();
    }

    /// Whether a link filled in the form, tracked.
    pub fn is_from_link(self) -> bool {
        self.from_link.get()
    }

    /// Keeps what a link has filled in, before the user types anything.
    pub fn link_was_used(self) {
        self.from_link.set(true);
        self.write();
    }

    /// Until when the API asked to wait with the next save, tracked.
    pub fn wait_until(self) -> Option<f64> {
        self.wait_until.get()
    }

    /// Keeps a save before it is sent: a reload must not hide it.
    pub fn sends(self, attempt: Attempt) -> Sending {
        let (user, place) = (self.user.get_value(), self.place.get_value());
        let sending = Sending { at: attempt.at, user, place, draft: self.draft_now(), form: self };
        self.wait_until.set(None);
        self.attempts.update(|attempts| attempts.push(attempt));
        self.write();
        sending
    }

    /// Forgets what is kept of the form, once it is saved. A draft that was set aside is the next one's.
    pub fn forget(self) {
        self.cancel_timer();
        self.attempts.set(Vec::new());
        let draft = self.set_aside.try_update(std::mem::take).unwrap_or_default();
        self.store(&Kept { draft, from_link: self.from_link.get_untracked(), ..Kept::default() });
    }

    /// Forgets the saves whose fate is not known, and keeps what is typed.
    pub fn forget_attempts(self) {
        self.attempts.set(Vec::new());
        self.write();
    }

    /// Another page's save was answered. A form that still holds what was saved finds it with its check; of any other
    /// form the save is no longer a question.
    fn hear(self, answer: &LateAnswer) {
        let is_ours = self.attempts.with_untracked(|attempts| attempts.iter().any(|attempt| attempt.at == answer.at));
        if is_ours && !(answer.done && self.draft_now() == answer.draft) {
            self.forget_attempt(answer.at);
        }
    }

    fn forget_attempt(self, at: f64) {
        self.attempts.update(|attempts| attempts.retain(|attempt| attempt.at != at));
        self.write();
    }

    fn draft_now(self) -> Draft {
        self.typed.map(Fields::draft_now).unwrap_or_default()
    }

    fn write_soon(self) {
        // The first keystroke at once: whether the storage takes a draft must be known before the user can leave.
        if !self.has_written.get_value() {
            return self.write();
        }
        if self.timer.with_value(Option::is_none) {
            let write = move || {
                if !self.timer.is_disposed() {
                    self.write_now();
                }
            };
            self.timer.set_value(set_timeout_with_handle(write, KEPT_AFTER).ok());
        }
    }

    /// Keeps what is not yet kept. The user may just have signed out: then nothing is.
    fn write_now(self) {
        if self.cancel_timer() && untrack(|| self.session.state()) != State::SignedOut {
            self.write();
        }
    }

    /// Whether something was waiting to be kept.
    fn cancel_timer(self) -> bool {
        let timer = self.timer.try_update_value(Option::take).flatten();
        timer.map(|timer| timer.clear()).is_some()
    }

    fn write(self) {
        self.has_written.set_value(true);
        self.store(&Kept {
            draft: self.draft_now(),
            attempts: self.attempts.get_untracked(),
            set_aside: self.set_aside.get_untracked(),
            from_link: self.from_link.get_untracked(),
            wait_until: self.wait_until.get_untracked(),
        });
    }

    fn store(self, kept: &Kept) {
        let is_kept = self.place.with_value(|place| self.user.with_value(|user| write(user.as_deref(), place, kept)));
        if self.is_kept.get_untracked() != is_kept {
            self.is_kept.set(is_kept);
        }
    }
}

/// A save on its way. It outlives its page: what is kept is put right whether the page is still there or not (R6).
pub struct Sending {
    at: f64,
    user: Option<String>,
    place: String,
    /// What was typed when it was sent.
    draft: Draft,
    form: Keeping,
}

impl Sending {
    /// It was done. What is kept of it goes, with the draft that it saved; another draft stays.
    pub fn was_done(self) {
        if self.form.attempts.is_disposed() {
            self.settle(true, None);
        } else {
            self.form.forget();
        }
    }

    /// It was not done: it may be forgotten, and what is typed not. The API may ask to wait with the next one.
    pub fn was_not_done(self, wait_until: Option<f64>) {
        if self.form.attempts.is_disposed() {
            self.settle(false, wait_until);
        } else {
            self.form.wait_until.set(wait_until);
            self.form.forget_attempt(self.at);
        }
    }

    /// Puts right what is stored, and tells the form that is open now.
    fn settle(self, done: bool, wait_until: Option<f64>) {
        let Self { at, user, place, draft, .. } = self;
        let is_attempt = |attempt: &Attempt| attempt.at == at;
        if let Some(mut kept) = read(user.as_deref(), &place).filter(|kept| kept.attempts.iter().any(is_attempt)) {
            kept.attempts.retain(|attempt| !is_attempt(attempt));
            if done && kept.draft == draft {
                kept.draft = std::mem::take(&mut kept.set_aside);
            }
            kept.wait_until = wait_until.or(kept.wait_until);
            write(user.as_deref(), &place, &kept);
        }
        self.form.late_answers.tell(LateAnswer { at, draft, done });
    }
}

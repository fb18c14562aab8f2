//! Keeps what is typed, and the saves whose fate is not known, in the tab's storage: a reload loses neither (R3, R9).
//! Where the storage takes nothing the form works all the same, and says so to whoever asks (R10).

use std::time::Duration;

use leptos::leptos_dom::helpers::{TimeoutHandle, WindowListenerHandle};
use leptos::prelude::*;

use super::fields::Fields;
use super::kept::Kept;
use crate::domain::{Attempt, BillingAccountId, WorkspaceId};
use crate::session::{DRAFTS, Session, State};
use crate::storage;

/// How long after a keystroke all that is typed is kept, at the latest.
const KEPT_AFTER: Duration = Duration::from_millis(300);

/// Where a form is kept: a new account's by its workspace, a change's by its account too.
pub fn place_of(workspace: &WorkspaceId, account: Option<&BillingAccountId>) -> String {
    // As segments of a URL, a slash in an id cannot make two places one.
    let account = account.map(|id| "/".to_owned() + &id.segment()).unwrap_or_default();
    DRAFTS.to_owned() + &workspace.segment() + &account
}

/// What the signed-in user's form at a place kept.
pub fn found(session: Session, place: &str) -> Kept {
    let user = session.user_now().and_then(|user| user.claims.sub);
    let text = storage::get(place);
    text.zip(user).and_then(|(text, user)| Kept::read(&text, &user)).unwrap_or_default()
}

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
    is_kept: RwSignal<bool>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl Keeping {
    /// Keeps a form at its place, from what was found there on.
    pub fn start(session: Session, place: String, typed: Option<Fields>, attempts: Vec<Attempt>) -> Self {
        let keeping = Self {
            session,
            place: StoredValue::new(place),
            user: StoredValue::new(None),
            typed,
            attempts: RwSignal::new(attempts),
            is_kept: RwSignal::new(true),
            timer: StoredValue::new(None),
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

    /// Keeps a save before it is sent: a reload must not hide it.
    pub fn sends(self, attempt: Attempt) -> Sending {
        let sending =
            Sending { at: attempt.at, place: self.place.get_value(), user: self.user.get_value(), form: self };
        self.attempts.update(|attempts| attempts.push(attempt));
        self.write();
        sending
    }

    /// Forgets everything.
    pub fn forget(self) {
        self.cancel_timer();
        storage::remove(&self.place.get_value());
        self.attempts.set(Vec::new());
        self.set_kept(true);
    }

    /// Forgets the saves whose fate is not known, and keeps what is typed.
    pub fn forget_attempts(self) {
        self.attempts.set(Vec::new());
        self.write();
    }

    fn write_soon(self) {
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
        let kept = Kept {
            draft: self.typed.map(Fields::draft_now).unwrap_or_default(),
            attempts: self.attempts.get_untracked(),
        };
        let is_kept = self.place.with_value(|place| self.user.with_value(|user| write(place, user.as_deref(), &kept)));
        self.set_kept(is_kept);
    }

    fn set_kept(self, is_kept: bool) {
        if self.is_kept.get_untracked() != is_kept {
            self.is_kept.set(is_kept);
        }
    }
}

/// Keeps a form at a place; whether it is kept. What cannot be kept does not leave something older behind.
fn write(place: &str, user: Option<&str>, kept: &Kept) -> bool {
    if kept.is_empty() {
        storage::remove(place);
        return true;
    }
    let is_kept = user.and_then(|user| kept.write(user)).is_some_and(|text| storage::set(place, &text));
    if !is_kept {
        storage::remove(place);
    }
    is_kept
}

/// A save on its way. It outlives its page: what is kept is put right whether the page is still there or not (R6).
pub struct Sending {
    at: f64,
    place: String,
    user: Option<String>,
    form: Keeping,
}

impl Sending {
    /// It was done. What is kept of it goes, and so does what is kept of the form; another form's stays.
    pub fn was_done(self) {
        if !self.form.attempts.is_disposed() {
            self.form.forget();
        } else if self.is_kept_at_place() {
            storage::remove(&self.place);
        }
    }

    /// It was not done: it may be forgotten, and what is typed not.
    pub fn was_not_done(self) {
        let at = self.at;
        if !self.form.attempts.is_disposed() {
            self.form.attempts.update(|attempts| attempts.retain(|attempt| attempt.at != at));
            self.form.write();
        } else if let Some(mut kept) = self.at_place() {
            kept.attempts.retain(|attempt| attempt.at != at);
            write(&self.place, self.user.as_deref(), &kept);
        }
    }

    fn is_kept_at_place(&self) -> bool {
        self.at_place().is_some_and(|kept| kept.attempts.iter().any(|attempt| attempt.at == self.at))
    }

    fn at_place(&self) -> Option<Kept> {
        Kept::read(&storage::get(&self.place)?, self.user.as_deref()?)
    }
}

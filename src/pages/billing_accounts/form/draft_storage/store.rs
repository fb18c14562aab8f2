//! Stores the draft and the unanswered saves of a form in the tab's storage, so that a reload loses neither. Without
//! storage the form still works; [`DraftStore::is_persisted`] reports it.

use std::time::Duration;

use leptos::leptos_dom::helpers::{TimeoutHandle, WindowListenerHandle};
use leptos::prelude::*;

use crate::browser::storage;
use crate::domain::SaveAttempt;
use crate::domain::draft::Draft;
use crate::pages::billing_accounts::form::account_fields::AccountFields;
use crate::pages::billing_accounts::form::draft_storage::keys::{read, user_id, write};
use crate::pages::billing_accounts::form::draft_storage::stored_draft::StoredDraft;
use crate::pages::billing_accounts::form::draft_storage::stored_edits::{self, StoredEdit};
use crate::pages::billing_accounts::form::late_replies::{LateReplies, LateReply};
use crate::session::{EDITS_KEY_PREFIX, Session, State};

pub use crate::pages::billing_accounts::form::draft_storage::keys::{load, remove, replace, storage_key};

/// The maximum delay between a keystroke and its write.
const WRITE_INTERVAL: Duration = Duration::from_millis(300);
/// The stored state of a form, as a `Copy` handle.
#[derive(Clone, Copy)]
pub struct DraftStore {
    session: Session,
    key: StoredValue<String>,
    /// The user of the form, also while the session has expired. Nothing is stored for a user without an ID.
    user: StoredValue<Option<String>>,
    /// The fields whose draft is stored: those of a create form. The draft of an edit form is not stored.
    fields: Option<AccountFields>,
    /// The unanswered saves, oldest first.
    attempts: RwSignal<Vec<SaveAttempt>>,
    /// The draft that was set aside for a duplicate.
    set_aside: RwSignal<Draft>,
    from_link: RwSignal<bool>,
    wait_until: RwSignal<Option<f64>>,
    is_persisted: RwSignal<bool>,
    has_written: StoredValue<bool>,
    timer: StoredValue<Option<TimeoutHandle>>,
    late_replies: LateReplies,
}

impl DraftStore {
    /// Starts to store a form, with its stored state.
    pub fn start(session: Session, key: String, fields: Option<AccountFields>, stored: StoredDraft) -> Self {
        let draft_store = Self {
            session,
            key: StoredValue::new(key),
            user: StoredValue::new(user_id(session)),
            fields,
            attempts: RwSignal::new(stored.attempts),
            set_aside: RwSignal::new(stored.set_aside),
            from_link: RwSignal::new(stored.from_link),
            wait_until: RwSignal::new(stored.wait_until),
            is_persisted: RwSignal::new(true),
            has_written: StoredValue::new(false),
            timer: StoredValue::new(None),
            late_replies: LateReplies::of_app(),
        };
        Effect::new(move |_| {
            if let Some(user) = session.user() {
                draft_store.user.set_value(user.claims.sub);
            }
        });
        Effect::new(move |previous: Option<()>| {
            _ = fields.map(AccountFields::track);
            if previous.is_some() {
                draft_store.schedule_write();
            }
        });
        draft_store.late_replies.subscribe(move |reply| draft_store.on_late_reply(reply));
        // Mobile browsers may discard a hidden page without further events.
        let listeners = ["pagehide", "visibilitychange"]
            .map(|event| window_event_listener_untyped(event, move |_| draft_store.flush()));
        on_cleanup(move || {
            listeners.into_iter().for_each(WindowListenerHandle::remove);
            draft_store.flush();
        });
        draft_store
    }

    /// The unanswered saves, tracked.
    pub fn attempts(self) -> Vec<SaveAttempt> {
        self.attempts.get()
    }

    /// Whether there is an unanswered save, tracked.
    pub fn has_attempts(self) -> bool {
        self.attempts.with(|attempts| !attempts.is_empty())
    }

    /// Whether the state is stored, tracked. If not, leaving the page asks for confirmation.
    pub fn is_persisted(self) -> bool {
        self.is_persisted.get()
    }

    /// Whether the draft is stored.
    pub fn stores_draft(self) -> bool {
        self.fields.is_some()
    }

    /// The draft that was set aside for a duplicate, tracked.
    pub fn set_aside(self) -> Option<Draft> {
        self.set_aside.with(|draft| (!draft.is_empty()).then(|| draft.clone()))
    }

    /// Sets a draft aside, and replaces the one before.
    pub fn put_aside(self, draft: Draft) {
        self.set_aside.set(draft);
        self.write();
    }

    /// Whether a link filled in the form, tracked.
    pub fn is_from_link(self) -> bool {
        self.from_link.get()
    }

    /// Marks the form as filled in by a link, and stores it before the user types.
    pub fn mark_from_link(self) {
        self.from_link.set(true);
        self.write();
    }

    /// The earliest time of the next save (`Retry-After`), in milliseconds since 1970, tracked.
    pub fn retry_at(self) -> Option<f64> {
        self.wait_until.get()
    }

    /// Records a save before it is sent, so that a reload cannot lose it.
    pub fn record_attempt(self, attempt: SaveAttempt) -> InFlightSave {
        let (user, key) = (self.user.get_value(), self.key.get_value());
        let save = InFlightSave { at: attempt.sent_at, user, key, draft: self.draft_untracked(), form: self };
        self.wait_until.set(None);
        self.attempts.update(|attempts| attempts.push(attempt));
        self.write();
        save
    }

    /// Stores the changes of an edit form, whose draft is not stored otherwise; whether none is lost.
    pub fn keep_edits(self, edits: Vec<StoredEdit>) -> bool {
        self.key.with_value(|key| self.user.with_value(|user| stored_edits::keep(user.as_deref(), key, edits)))
    }

    /// Writes a draft whose write is pending; whether the storage holds the draft.
    pub fn keep_draft(self) -> bool {
        self.flush();
        self.is_persisted.get_untracked()
    }

    /// Removes the stored state after a save. A draft that was set aside becomes the draft of the next form.
    pub fn clear(self) {
        self.cancel_timer();
        self.attempts.set(Vec::new());
        let draft = self.set_aside.try_update(std::mem::take).unwrap_or_default();
        self.store(&StoredDraft { draft, from_link: self.from_link.get_untracked(), ..StoredDraft::default() });
    }

    /// Removes the unanswered saves, and keeps the draft.
    pub fn forget_attempts(self) {
        self.attempts.set(Vec::new());
        self.write();
    }

    /// Handles the reply to a save of a left page. A form that still has the saved draft keeps the attempt, so that its
    /// check finds the account; any other form drops it.
    fn on_late_reply(self, reply: &LateReply) {
        let is_recorded =
            self.attempts.with_untracked(|attempts| attempts.iter().any(|attempt| attempt.sent_at == reply.at));
        if is_recorded && !(reply.applied && self.draft_untracked() == reply.draft) {
            self.forget_attempt(reply.at);
        }
    }

    fn forget_attempt(self, at: f64) {
        self.attempts.update(|attempts| attempts.retain(|attempt| attempt.sent_at != at));
        self.write();
    }

    fn draft_untracked(self) -> Draft {
        self.fields.map(AccountFields::draft_untracked).unwrap_or_default()
    }

    fn schedule_write(self) {
        // The first keystroke is written at once: whether the storage works must be known before the user can leave.
        if !self.has_written.get_value() {
            return self.write();
        }
        if self.timer.with_value(Option::is_none) {
            let write = move || {
                if !self.timer.is_disposed() {
                    self.flush();
                }
            };
            self.timer.set_value(set_timeout_with_handle(write, WRITE_INTERVAL).ok());
        }
    }

    /// Writes the pending state, unless the user has just signed out.
    fn flush(self) {
        if self.cancel_timer() && untrack(|| self.session.state()) != State::SignedOut {
            self.write();
        }
    }

    /// Cancels the scheduled write, and returns whether there was one.
    fn cancel_timer(self) -> bool {
        let timer = self.timer.try_update_value(Option::take).flatten();
        timer.map(|timer| timer.clear()).is_some()
    }

    fn write(self) {
        self.has_written.set_value(true);
        self.store(&StoredDraft {
            draft: self.draft_untracked(),
            attempts: self.attempts.get_untracked(),
            set_aside: self.set_aside.get_untracked(),
            from_link: self.from_link.get_untracked(),
            wait_until: self.wait_until.get_untracked(),
        });
    }

    fn store(self, stored: &StoredDraft) {
        let is_persisted = self.key.with_value(|key| self.user.with_value(|user| write(user.as_deref(), key, stored)));
        if self.is_persisted.get_untracked() != is_persisted {
            self.is_persisted.set(is_persisted);
        }
    }
}

/// A save in flight. It outlives its page: its reply updates the storage even when the page is disposed.
pub struct InFlightSave {
    at: f64,
    user: Option<String>,
    key: String,
    /// The draft when it was sent.
    draft: Draft,
    form: DraftStore,
}

impl InFlightSave {
    /// The save was applied: removes the attempt, and the draft if it is the saved one.
    pub fn succeeded(self) {
        // Edits remain if the user stopped the browser before the provider's page opened.
        storage::remove_all(EDITS_KEY_PREFIX);
        if self.form.attempts.is_disposed() {
            self.update_storage(true, None);
        } else {
            self.form.clear();
        }
    }

    /// The save was not applied: removes the attempt and keeps the draft. `wait_until` is the earliest time of the next
    /// save, in milliseconds since 1970.
    pub fn rejected(self, wait_until: Option<f64>) {
        if self.form.attempts.is_disposed() {
            self.update_storage(false, wait_until);
        } else {
            self.form.wait_until.set(wait_until);
            self.form.forget_attempt(self.at);
        }
    }

    /// Updates the storage for a disposed page, and notifies the open form.
    fn update_storage(self, applied: bool, wait_until: Option<f64>) {
        let Self { at, user, key, draft, .. } = self;
        let is_attempt = |attempt: &SaveAttempt| attempt.sent_at == at;
        if let Some(mut stored) = read(user.as_deref(), &key).filter(|stored| stored.attempts.iter().any(is_attempt)) {
            stored.attempts.retain(|attempt| !is_attempt(attempt));
            if applied && stored.draft == draft {
                stored.draft = std::mem::take(&mut stored.set_aside);
            }
            stored.wait_until = wait_until.or(stored.wait_until);
            write(user.as_deref(), &key, &stored);
        }
        self.form.late_replies.publish(LateReply { at, draft, applied });
    }
}

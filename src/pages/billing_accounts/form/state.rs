//! Where a form stands: one enum from the first keystroke to the known end of its save.

use leptos::prelude::*;

use crate::api::{ApiError, Outcome};
use crate::domain::{Field, SaveAttempt, draft};
use crate::form::{FormErrors, FormLock};
use crate::navigation::leave_guard::UnsavedState;
use crate::pages::billing_accounts::form::candidates::Search;
use crate::pages::billing_accounts::form::draft_storage::store::{DraftStore, InFlightSave};
use crate::pages::billing_accounts::form::fields::AccountFields;
use crate::pages::shared::error_messages::Operation;

/// Where a save stands.
#[derive(Debug, Clone, PartialEq)]
pub enum SaveState {
    /// Nothing is being saved.
    Editing,
    /// The account is fetched once more before a change of it is sent: leaving the page sends nothing.
    Refetching,
    /// A request is on its way: further presses do nothing (R2).
    Saving,
    /// The last save failed, and was not done; or it was done, and its reply could not be read.
    Rejected(ApiError),
    /// Whether the last save was done is not known (R3). The form is locked: what it holds is what was sent.
    Unknown {
        /// Why; `None` when the page was left or loaded again before the answer came.
        error: Option<ApiError>,
        /// What was found out since.
        check: OutcomeCheck,
    },
}

impl SaveState {
    /// Whether a save waits for a reply: further presses do nothing.
    pub const fn is_busy(&self) -> bool {
        matches!(self, Self::Refetching | Self::Saving)
    }
}

/// Where the check of an unknown outcome stands. When it finds what was saved, the account's page opens.
#[derive(Debug, Clone, PartialEq)]
pub enum OutcomeCheck {
    /// The user has not asked yet.
    NotStarted,
    /// A request is on its way.
    InProgress,
    /// It could not be checked.
    Failed(ApiError),
    /// The account does not hold the changes that were sent. What there is instead: the fields that differ.
    NotFound(Vec<Finding>),
    /// The list of accounts holds none that is the new one for certain.
    Searched(Search),
}

/// Something that a check found instead of what was saved.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// In words.
    pub text: String,
    /// Where to see it.
    pub href: Option<String>,
}

/// A form's state, as a handle to pass around.
#[derive(Clone, Copy)]
pub struct AccountFormState {
    /// Its controls.
    pub fields: AccountFields,
    /// Where its save stands.
    pub saving: RwSignal<SaveState>,
    /// What it is for.
    pub operation: Operation,
    /// What is kept of it.
    pub draft_store: DraftStore,
    pub(super) general_errors: RwSignal<Vec<String>>,
    pub(super) shown: RwSignal<bool>,
    pub(super) show_locked: ReadSignal<bool>,
}

impl AccountFormState {
    /// A form around its controls, which are locked while it saves and until it is known whether it did.
    pub fn new(fields: AccountFields, operation: Operation, draft_store: DraftStore) -> Self {
        let is_unknown = untrack(|| draft_store.has_attempts());
        let first = if is_unknown {
            SaveState::Unknown { error: None, check: OutcomeCheck::NotStarted }
        } else {
            SaveState::Editing
        };
        let saving = RwSignal::new(first);
        let locked = move || saving.with(|saving| saving.is_busy() || matches!(saving, SaveState::Unknown { .. }));
        // Here and not in the form: the currency's control is made outside of it.
        let show_locked = FormLock::provide(locked);
        // A late answer to the last of them said that it was not done: the form can be edited again.
        let rest = move |has_attempts: &bool, _: Option<&bool>, _: Option<()>| {
            if !has_attempts && untrack(|| saving.with(|saving| matches!(saving, SaveState::Unknown { .. }))) {
                saving.set(SaveState::Editing);
            }
        };
        Effect::watch(move || draft_store.has_attempts(), rest, false);
        let (general_errors, shown) = (RwSignal::new(Vec::new()), RwSignal::new(false));
        Self { fields, operation, saving, draft_store, general_errors, shown, show_locked }
    }

    /// What would be lost with the page, tracked; `typed` tells whether anything was.
    pub fn unsaved_state(self, typed: bool) -> Option<UnsavedState> {
        let is_persisted = self.draft_store.is_persisted();
        self.saving.with(|saving| match saving {
            SaveState::Refetching => Some(UnsavedState::UnsavedChanges),
            SaveState::Saving => Some(UnsavedState::Saving),
            SaveState::Unknown { .. } => {
                Some(if is_persisted { UnsavedState::UnknownOutcome } else { UnsavedState::UnsavedChanges })
            }
            SaveState::Rejected(error) if error.outcome() == Outcome::Applied => None,
            SaveState::Editing | SaveState::Rejected(_) => {
                typed.then_some(if is_persisted && self.draft_store.stores_draft() {
                    UnsavedState::SavedDraft
                } else {
                    UnsavedState::UnsavedChanges
                })
            }
        })
    }

    /// Whether it is to be found out what became of its last save, tracked.
    pub fn is_unknown(self) -> bool {
        self.saving.with(|saving| matches!(saving, SaveState::Unknown { .. }))
    }

    /// Whether its page is gone.
    pub fn is_disposed(self) -> bool {
        self.saving.is_disposed()
    }

    /// Shows what our checks found.
    pub fn reveal_errors(self) {
        self.reset();
        for control in self.fields.all() {
            control.on_submit();
        }
        self.shown.set(true);
    }

    /// Takes back what the last save showed.
    pub fn reset(self) {
        self.general_errors.set(Vec::new());
        self.shown.set(false);
        self.saving.set(SaveState::Editing);
    }

    /// Takes back what the last save showed, and says that one is on its way.
    pub fn start_saving(self) {
        self.reset();
        self.saving.set(SaveState::Saving);
    }

    /// Takes back what the last save showed, and says that the account is fetched before the next one.
    pub fn start_refetch(self) {
        self.reset();
        self.saving.set(SaveState::Refetching);
    }

    /// Shows what became of a save that did not end well. Its page may be gone: what is kept of it is put right.
    pub fn save_failed(self, save: InFlightSave, error: ApiError) {
        match error.outcome() {
            Outcome::NotApplied => save.rejected(error.retry_at()),
            Outcome::Applied => save.succeeded(),
            Outcome::Unknown => {
                if !self.is_disposed() {
                    self.saving.set(SaveState::Unknown { error: Some(error), check: OutcomeCheck::NotStarted });
                }
                return;
            }
        }
        self.show_failure(error);
    }

    /// Shows why nothing was done, on the fields that the server named. The page may be gone.
    pub fn show_failure(self, error: ApiError) {
        if self.is_disposed() {
            return;
        }
        let FormErrors { fields: at, general: mut general_errors } = match error.answer() {
            Some(answer) => draft::place(&answer.errors, answer.message.as_deref().unwrap_or_default()),
            None => FormErrors::<Field>::default(),
        };
        let named = !at.is_empty() || !general_errors.is_empty();
        for (field, sentence) in at {
            match self.fields.at(field) {
                // On an update the currency is told, with no control to put it at.
                Some(control) if self.operation == Operation::Create || field != Field::Currency => {
                    control.set_server_error(sentence)
                }
                _ => general_errors.push(sentence),
            }
        }
        self.general_errors.set(general_errors);
        self.shown.set(named);
        self.saving.set(SaveState::Rejected(error));
    }

    /// The saves whose fate is to be found out, and that somebody is on it; `None` while somebody is already.
    pub fn start_check(self) -> Option<Vec<SaveAttempt>> {
        let error = match self.saving.get_untracked() {
            SaveState::Refetching | SaveState::Saving | SaveState::Unknown { check: OutcomeCheck::InProgress, .. } => {
                return None;
            }
            SaveState::Unknown { error, .. } => error,
            SaveState::Editing | SaveState::Rejected(_) => None,
        };
        self.reset();
        self.saving.set(SaveState::Unknown { error, check: OutcomeCheck::InProgress });
        Some(untrack(|| self.draft_store.attempts()))
    }

    /// Shows what a check came to. The page may be gone.
    pub fn finish_check(self, found: OutcomeCheck) {
        if !self.is_disposed() {
            self.saving.update(|saving| {
                if let SaveState::Unknown { check, .. } = saving {
                    *check = found;
                }
            });
        }
    }
}

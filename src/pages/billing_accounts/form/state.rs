//! The state of the form that creates or edits an account: its fields, its save, and its stored draft.

use leptos::prelude::*;

use crate::api::error::ErrorResponse;
use crate::api::{ApiError, Outcome};
use crate::domain::billing_account::NewBillingAccount;
use crate::domain::text::ValidationError;
use crate::domain::{BillingAccount, Changes, Field, SaveAttempt};
use crate::form::{FormErrors, FormLock};
use crate::navigation::leave_guard::UnsavedState;
use crate::pages::billing_accounts::form::account_fields::AccountFields;
use crate::pages::billing_accounts::form::draft_storage::store::{DraftStore, InFlightSave};
use crate::pages::billing_accounts::form::save_state::{OutcomeCheck, SaveState};
use crate::pages::shared::error_messages::Operation;

/// The state of the form, as a `Copy` handle.
#[derive(Clone, Copy)]
pub struct AccountFormState {
    /// The fields.
    pub fields: AccountFields,
    /// The save.
    pub saving: RwSignal<SaveState>,
    /// Whether the form creates or updates.
    pub operation: Operation,
    /// The stored draft and the unanswered saves.
    pub draft_store: DraftStore,
    /// Server errors that belong to no field.
    pub general_errors: RwSignal<Vec<String>>,
    /// Whether the error summary is shown. Each notification moves the focus to it.
    pub show_summary: RwSignal<bool>,
    /// Whether the form looks locked: some time after the lock, so that a fast save does not flash.
    pub show_locked: ReadSignal<bool>,
}

impl AccountFormState {
    /// A form that is locked during a save, and until the outcome of the save is known.
    pub fn new(fields: AccountFields, operation: Operation, draft_store: DraftStore) -> Self {
        let initial = if untrack(|| draft_store.has_attempts()) {
            SaveState::Unknown { error: None, check: OutcomeCheck::NotStarted }
        } else {
            SaveState::Editing
        };
        let saving = RwSignal::new(initial);
        // Provided here and not by the form component, because the currency select is created outside of it.
        let show_locked = FormLock::provide(move || saving.with(|saving| saving.is_busy() || saving.is_unknown()));
        // A late reply to the last unanswered save said that it was not applied.
        let unlock = move |has_attempts: &bool, _: Option<&bool>, _: Option<()>| {
            if !has_attempts && saving.with_untracked(SaveState::is_unknown) {
                saving.set(SaveState::Editing);
            }
        };
        Effect::watch(move || draft_store.has_attempts(), unlock, false);
        let (general_errors, show_summary) = (RwSignal::new(Vec::new()), RwSignal::new(false));
        Self { fields, operation, saving, draft_store, general_errors, show_summary, show_locked }
    }

    /// Validates the form as a new account and marks every field as submitted. This is the only way from the form to a
    /// request.
    ///
    /// # Errors
    /// The first field with an error.
    pub fn submit(self) -> Result<NewBillingAccount, Field> {
        self.submitted(self.fields.draft_untracked().check())
    }

    /// Like [`AccountFormState::submit`], for the changes of an account.
    ///
    /// # Errors
    /// The first field with an error.
    pub fn submit_changes(self, account: &BillingAccount) -> Result<Changes, Field> {
        self.submitted(self.fields.draft_untracked().changes(account))
    }

    fn submitted<T>(self, checked: Result<T, Vec<(Field, ValidationError)>>) -> Result<T, Field> {
        self.fields.submit();
        checked.map_err(|errors| errors.first().map_or(Field::Name, |(field, _)| *field))
    }

    /// Shows the error summary above the form.
    pub fn show_errors(self) {
        self.reset();
        self.show_summary.set(true);
    }

    /// The unsaved state of the page, tracked. `has_input`: whether the user typed anything.
    pub fn unsaved_state(self, has_input: bool) -> Option<UnsavedState> {
        let is_persisted = self.draft_store.is_persisted();
        self.saving.with(|saving| match saving {
            SaveState::Refetching => Some(UnsavedState::UnsavedChanges),
            SaveState::Saving => Some(UnsavedState::Saving),
            SaveState::Unknown { .. } if is_persisted => Some(UnsavedState::UnknownOutcome),
            SaveState::Unknown { .. } => Some(UnsavedState::UnsavedChanges),
            SaveState::Saved(_) => None,
            SaveState::Editing | SaveState::Rejected(_) if !has_input => None,
            _ if is_persisted && self.draft_store.stores_draft() => Some(UnsavedState::SavedDraft),
            _ => Some(UnsavedState::UnsavedChanges),
        })
    }

    /// Whether the outcome of the last save is unknown, tracked.
    pub fn is_unknown(self) -> bool {
        self.saving.with(SaveState::is_unknown)
    }

    /// Whether the page of the form is disposed.
    pub fn is_disposed(self) -> bool {
        self.saving.is_disposed()
    }

    /// Removes the messages of the last save.
    pub fn reset(self) {
        self.general_errors.set(Vec::new());
        self.show_summary.set(false);
        self.saving.set(SaveState::Editing);
    }

    /// Removes the messages of the last save, and marks the next one as sent.
    pub fn start_saving(self) {
        self.reset();
        self.saving.set(SaveState::Saving);
    }

    /// Removes the messages of the last save, and marks the account as being fetched before the next one.
    pub fn start_refetch(self) {
        self.reset();
        self.saving.set(SaveState::Refetching);
    }

    /// Shows why a save failed. The page may have been disposed: the stored draft is updated in any case.
    pub fn save_failed(self, save: InFlightSave, error: ApiError) {
        match error.outcome() {
            Outcome::NotApplied => {
                save.rejected(error.retry_at());
                self.show_failure(error);
            }
            Outcome::Applied => {
                save.succeeded();
                if !self.is_disposed() {
                    self.reset();
                    self.saving.set(SaveState::Saved(error));
                }
            }
            Outcome::Unknown => {
                if !self.is_disposed() {
                    self.saving.set(SaveState::Unknown { error: Some(error), check: OutcomeCheck::NotStarted });
                }
            }
        }
    }

    /// Shows why nothing was applied, at the fields that the server named. The page may have been disposed.
    pub fn show_failure(self, error: ApiError) {
        if self.is_disposed() {
            return;
        }
        let FormErrors { fields, mut general } = error.response().map(ErrorResponse::field_errors).unwrap_or_default();
        let has_errors = !fields.is_empty() || !general.is_empty();
        for (field, message) in fields {
            // The edit form shows the currency without a control.
            if self.operation == Operation::Update && field == Field::Currency {
                general.push(message);
            } else {
                self.fields.field(field).set_server_error(message);
            }
        }
        self.general_errors.set(general);
        self.show_summary.set(has_errors);
        self.saving.set(SaveState::Rejected(error));
    }

    /// Starts the check of an unknown outcome. Returns the unanswered saves; `None` while a request is in flight.
    pub fn start_check(self) -> Option<Vec<SaveAttempt>> {
        let error = match self.saving.get_untracked() {
            SaveState::Refetching | SaveState::Saving | SaveState::Unknown { check: OutcomeCheck::InProgress, .. } => {
                return None;
            }
            SaveState::Unknown { error, .. } => error,
            SaveState::Editing | SaveState::Rejected(_) | SaveState::Saved(_) => None,
        };
        self.reset();
        self.saving.set(SaveState::Unknown { error, check: OutcomeCheck::InProgress });
        Some(untrack(|| self.draft_store.attempts()))
    }

    /// Shows the result of a check. The page may have been disposed.
    pub fn finish_check(self, result: OutcomeCheck) {
        if !self.is_disposed() {
            self.saving.update(|saving| {
                if let SaveState::Unknown { check, .. } = saving {
                    *check = result;
                }
            });
        }
    }
}

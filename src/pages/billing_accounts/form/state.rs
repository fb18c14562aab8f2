//! Where a form stands: one enum from the first keystroke to the known end of its save.

use leptos::prelude::*;

use crate::api::{ApiError, Outcome};
use crate::domain::{Attempt, Field, draft};
use crate::form::{Locked, Problems};
use crate::navigation::leave_guard::Risk;
use crate::pages::billing_accounts::form::candidates::Search;
use crate::pages::billing_accounts::form::draft_storage::store::{Keeping, Sending};
use crate::pages::billing_accounts::form::fields::Fields;
use crate::pages::shared::error_messages::Purpose;

/// Where a save stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Saving {
    /// Nothing is being saved.
    Idle,
    /// The account is fetched once more before a change of it is sent: leaving the page sends nothing.
    Refetching,
    /// A request is on its way: further presses do nothing (R2).
    InFlight,
    /// The last save failed, and was not done; or it was done, and its reply could not be read.
    Failed(ApiError),
    /// Whether the last save was done is not known (R3). The form is locked: what it holds is what was sent.
    Unknown {
        /// Why; `None` when the page was left or loaded again before the answer came.
        error: Option<ApiError>,
        /// What was found out since.
        check: Check,
    },
}

impl Saving {
    /// Whether a save waits for a reply: further presses do nothing.
    pub const fn is_busy(&self) -> bool {
        matches!(self, Self::Refetching | Self::InFlight)
    }
}

/// Where the check of an unknown outcome stands. When it finds what was saved, the account's page opens.
#[derive(Debug, Clone, PartialEq)]
pub enum Check {
    /// The user has not asked yet.
    Unasked,
    /// A request is on its way.
    Asking,
    /// It could not be checked.
    Failed(ApiError),
    /// The account does not hold the changes that were sent. What there is instead: the fields that differ.
    NotThere(Vec<Finding>),
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
    pub fields: Fields,
    /// Where its save stands.
    pub saving: RwSignal<Saving>,
    /// What it is for.
    pub purpose: Purpose,
    /// What is kept of it.
    pub keeping: Keeping,
    pub(super) elsewhere: RwSignal<Vec<String>>,
    pub(super) shown: RwSignal<bool>,
    pub(super) seen_locked: ReadSignal<bool>,
}

impl AccountFormState {
    /// A form around its controls, which are locked while it saves and until it is known whether it did.
    pub fn new(fields: Fields, purpose: Purpose, keeping: Keeping) -> Self {
        let is_unknown = untrack(|| keeping.has_attempts());
        let first = if is_unknown { Saving::Unknown { error: None, check: Check::Unasked } } else { Saving::Idle };
        let saving = RwSignal::new(first);
        let locked = move || saving.with(|saving| saving.is_busy() || matches!(saving, Saving::Unknown { .. }));
        // Here and not in the form: the currency's control is made outside of it.
        let seen_locked = Locked::start(locked);
        // A late answer to the last of them said that it was not done: the form can be edited again.
        let rest = move |has_attempts: &bool, _: Option<&bool>, _: Option<()>| {
            if !has_attempts && untrack(|| saving.with(|saving| matches!(saving, Saving::Unknown { .. }))) {
                saving.set(Saving::Idle);
            }
        };
        Effect::watch(move || keeping.has_attempts(), rest, false);
        let (elsewhere, shown) = (RwSignal::new(Vec::new()), RwSignal::new(false));
        Self { fields, purpose, saving, keeping, elsewhere, shown, seen_locked }
    }

    /// What would be lost with the page, tracked; `typed` tells whether anything was.
    pub fn risk(self, typed: bool) -> Option<Risk> {
        let is_kept = self.keeping.is_kept();
        self.saving.with(|saving| match saving {
            Saving::Refetching => Some(Risk::Changes),
            Saving::InFlight => Some(Risk::Saving),
            Saving::Unknown { .. } => Some(if is_kept { Risk::Unknown } else { Risk::Changes }),
            Saving::Failed(error) if error.outcome() == Outcome::Done => None,
            Saving::Idle | Saving::Failed(_) => {
                typed.then_some(if is_kept && self.keeping.keeps_typing() { Risk::Kept } else { Risk::Changes })
            }
        })
    }

    /// Whether it is to be found out what became of its last save, tracked.
    pub fn is_unknown(self) -> bool {
        self.saving.with(|saving| matches!(saving, Saving::Unknown { .. }))
    }

    /// Whether its page is gone.
    pub fn is_gone(self) -> bool {
        self.saving.is_disposed()
    }

    /// Shows what our checks found.
    pub fn show_problems(self) {
        self.rest();
        for control in self.fields.all() {
            control.submitted();
        }
        self.shown.set(true);
    }

    /// Takes back what the last save showed.
    pub fn rest(self) {
        self.elsewhere.set(Vec::new());
        self.shown.set(false);
        self.saving.set(Saving::Idle);
    }

    /// Takes back what the last save showed, and says that one is on its way.
    pub fn begin(self) {
        self.rest();
        self.saving.set(Saving::InFlight);
    }

    /// Takes back what the last save showed, and says that the account is fetched before the next one.
    pub fn start_refetch(self) {
        self.rest();
        self.saving.set(Saving::Refetching);
    }

    /// Shows what became of a save that did not end well. Its page may be gone: what is kept of it is put right.
    pub fn end(self, sending: Sending, error: ApiError) {
        match error.outcome() {
            Outcome::NotDone => sending.was_not_done(error.wait_until()),
            Outcome::Done => sending.was_done(),
            Outcome::NotKnown => {
                if !self.is_gone() {
                    self.saving.set(Saving::Unknown { error: Some(error), check: Check::Unasked });
                }
                return;
            }
        }
        self.show_failure(error);
    }

    /// Shows why nothing was done, on the fields that the server named. The page may be gone.
    pub fn show_failure(self, error: ApiError) {
        if self.is_gone() {
            return;
        }
        let Problems { at, mut elsewhere } = match error.answer() {
            Some(answer) => draft::place(&answer.errors, answer.message.as_deref().unwrap_or_default()),
            None => Problems::<Field>::default(),
        };
        let named = !at.is_empty() || !elsewhere.is_empty();
        for (field, sentence) in at {
            match self.fields.at(field) {
                // On an update the currency is told, with no control to put it at.
                Some(control) if self.purpose == Purpose::Create || field != Field::Currency => {
                    control.refuse(sentence)
                }
                _ => elsewhere.push(sentence),
            }
        }
        self.elsewhere.set(elsewhere);
        self.shown.set(named);
        self.saving.set(Saving::Failed(error));
    }

    /// The saves whose fate is to be found out, and that somebody is on it; `None` while somebody is already.
    pub fn begin_check(self) -> Option<Vec<Attempt>> {
        let error = match self.saving.get_untracked() {
            Saving::Refetching | Saving::InFlight | Saving::Unknown { check: Check::Asking, .. } => return None,
            Saving::Unknown { error, .. } => error,
            Saving::Idle | Saving::Failed(_) => None,
        };
        self.rest();
        self.saving.set(Saving::Unknown { error, check: Check::Asking });
        Some(untrack(|| self.keeping.attempts()))
    }

    /// Shows what a check came to. The page may be gone.
    pub fn end_check(self, found: Check) {
        if !self.is_gone() {
            self.saving.update(|saving| {
                if let Saving::Unknown { check, .. } = saving {
                    *check = found;
                }
            });
        }
    }
}

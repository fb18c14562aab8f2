//! The state of a save, from the first keystroke until its outcome is known. Create and edit share it.

use crate::api::ApiError;
use crate::pages::billing_accounts::form::candidates::Search;

/// The state of a form's save.
#[derive(Debug, Clone, PartialEq)]
pub enum SaveState {
    /// The user edits the form. Nothing is being saved.
    Editing,
    /// The account is fetched before a change of it is sent. Leaving the page sends nothing.
    Refetching,
    /// The request was sent. Further presses do nothing.
    Saving,
    /// The last save was not applied.
    Rejected(ApiError),
    /// The last save was applied, but its reply lacks the account.
    Saved(ApiError),
    /// It is not known whether the last save was applied. The form is locked and holds what was sent.
    Unknown {
        /// The failure; `None` when the page was left or reloaded before the reply arrived.
        error: Option<ApiError>,
        /// The check of the outcome.
        check: OutcomeCheck,
    },
}

impl SaveState {
    /// Whether a save waits for a reply.
    pub const fn is_busy(&self) -> bool {
        matches!(self, Self::Refetching | Self::Saving)
    }

    /// Whether the outcome of the last save is unknown.
    pub const fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown { .. })
    }
}

/// The check of an unknown outcome. When it finds the saved account, the account's page opens.
#[derive(Debug, Clone, PartialEq)]
pub enum OutcomeCheck {
    /// It has not started.
    NotStarted,
    /// Its request was sent.
    InProgress,
    /// Its request failed.
    Failed(ApiError),
    /// The account does not hold the changes that were sent. One sentence for each field that differs.
    NotFound(Vec<String>),
    /// No account of the list is the created one for certain.
    Searched(Search),
}

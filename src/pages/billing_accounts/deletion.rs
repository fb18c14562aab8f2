//! The state and the requests of a deletion.
//!
//! Without an answer it is unknown whether the account was deleted. This attempt is not stored: a reload fetches the
//! account, which answers the question.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{ApiError, Outcome};
use crate::browser::broadcast::AccountEvent;
use crate::browser::focus::focus_id_later;
use crate::context::AppContext;
use crate::domain::{BillingAccount, WorkspaceId};
use crate::pages::billing_accounts::form::draft_storage::store::{self, storage_key};
use crate::pages::shared::flash::DeletedFlash;
use crate::route::Route;

/// The key of the confirmation field.
pub const CONFIRMATION: &str = "confirmation";

/// The state of a deletion.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// The dialog asks for confirmation. No request is in flight.
    Confirming,
    /// The request is in flight: further presses have no effect.
    Deleting,
    /// The account was not deleted.
    Rejected(ApiError),
    /// The outcome is unknown.
    Unknown(ApiError),
    /// The check for the account is in flight.
    Checking,
    /// The check failed.
    CheckFailed(ApiError),
    /// The check found that the account still exists.
    StillExists,
}

impl Stage {
    /// Whether a request is in flight.
    pub const fn is_busy(&self) -> bool {
        matches!(self, Self::Deleting | Self::Checking)
    }

    /// Whether the account must be checked before another deletion.
    pub const fn must_check(&self) -> bool {
        matches!(self, Self::Unknown(_) | Self::Checking | Self::CheckFailed(_))
    }

    /// The time of the next allowed request (`Retry-After`), in milliseconds since 1970.
    pub fn retry_at(&self) -> Option<f64> {
        match self {
            Self::Rejected(error) | Self::CheckFailed(error) => error.retry_at(),
            _ => None,
        }
    }
}

/// The controller of a deletion, as a `Copy` handle.
#[derive(Clone, Copy)]
pub struct Deletion {
    /// The services of the app.
    pub app: AppContext,
    workspace: StoredValue<WorkspaceId>,
    /// The account.
    pub account: StoredValue<BillingAccount>,
    /// The state of the deletion.
    pub stage: RwSignal<Stage>,
    /// Whether the dialog is open.
    pub open: RwSignal<bool>,
}

impl Deletion {
    /// The deletion of an account. `stage` and `open` outlive the component, which is rebuilt when the account changes.
    pub fn new(
        app: AppContext,
        workspace: WorkspaceId,
        account: BillingAccount,
        stage: RwSignal<Stage>,
        open: RwSignal<bool>,
    ) -> Self {
        Self { app, workspace: StoredValue::new(workspace), account: StoredValue::new(account), stage, open }
    }

    /// Sends the deletion.
    pub fn send(self) {
        let (workspace, account) = (self.workspace.get_value(), self.account.get_value());
        let client = self.app.client;
        self.stage.set(Stage::Deleting);
        spawn_local(async move {
            let error = match client.delete_billing_account(&workspace, &account.id).await {
                Ok(()) => return self.on_deleted(&workspace, &account, false),
                Err(error) => error,
            };
            let exists = error.status() != Some(404)
                || client.exists_despite(error.clone(), &workspace, &account.id).await != Ok(false);
            match error.outcome() {
                _ if !exists => self.on_deleted(&workspace, &account, true),
                Outcome::Unknown => self.stage.set(Stage::Unknown(error)),
                Outcome::NotApplied | Outcome::Applied => self.stage.set(Stage::Rejected(error)),
            }
        });
    }

    /// Checks whether the account still exists.
    pub fn check(self) {
        let (workspace, account) = (self.workspace.get_value(), self.account.get_value());
        self.stage.set(Stage::Checking);
        spawn_local(async move {
            match self.app.client.has_billing_account(&workspace, &account.id).await {
                Ok(true) => {
                    self.stage.set(Stage::StillExists);
                    focus_id_later(CONFIRMATION);
                }
                Ok(false) => self.on_deleted(&workspace, &account, false),
                Err(error) => self.stage.set(Stage::CheckFailed(error)),
            }
        });
    }

    /// Opens the list of accounts after the account was deleted.
    fn on_deleted(self, workspace: &WorkspaceId, account: &BillingAccount, already_deleted: bool) {
        // The stored draft and attempts of the account are obsolete.
        store::remove(self.app.session, &storage_key(workspace, Some(&account.id)));
        self.app
            .account_channel
            .broadcast(&AccountEvent::Deleted(workspace.clone(), account.id.clone()), self.stage.is_disposed());
        // A reply for a disposed page is dropped.
        if !self.stage.is_disposed() {
            self.app.deleted.put(DeletedFlash { name: account.title().to_owned(), already_deleted });
            self.app.navigation.replace(&Route::BillingAccounts(workspace.clone()));
        }
    }

    /// Opens the dialog. An unknown outcome and a retry delay remain; a rejected deletion starts again.
    pub fn open(self) {
        let is_waiting = |stage: &Stage| stage.retry_at().is_some_and(|until| until > js_sys::Date::now());
        if !self.stage.with_untracked(|stage| stage.must_check() || is_waiting(stage)) {
            self.stage.set(Stage::Confirming);
        }
        self.open.set(true);
    }

    /// Closes the dialog, unless a request is in flight.
    pub fn close(self) {
        if !self.stage.with_untracked(Stage::is_busy) {
            self.open.set(false);
        }
    }
}

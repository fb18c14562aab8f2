//! Undoes an update: refetches the account, and restores the changed fields with one PATCH, unless someone changed them
//! since.
//!
//! An unanswered undo is not stored: a reload fetches the account, which answers the question.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{ApiError, Outcome};
use crate::browser::broadcast::AccountEvent;
use crate::browser::task_scope::TaskScope;
use crate::context::AppContext;
use crate::domain::changes::is_stored;
use crate::domain::{BillingAccount, Changes, Field, SaveAttempt, WorkspaceId};
use crate::pages::billing_accounts::edit_session::{can_save_without_refetch, check_applied};
use crate::pages::billing_accounts::form::save_state::OutcomeCheck;
use crate::pages::shared::query::Query;

/// The state of an undo.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// The user can undo the update.
    Offered,
    /// The account is fetched, or the request is in flight: further presses have no effect.
    Undoing,
    /// The fields were changed since the update, so nothing was sent.
    ChangedSince,
    /// Nothing was undone.
    Failed(ApiError),
    /// The outcome is unknown.
    Unknown {
        /// The failure.
        error: ApiError,
        /// The check of the outcome.
        check: OutcomeCheck,
    },
    /// The update is undone.
    Undone,
}

impl Stage {
    /// The check of an unknown outcome.
    pub fn outcome_check(&self) -> OutcomeCheck {
        match self {
            Self::Unknown { check, .. } => check.clone(),
            _ => OutcomeCheck::NotStarted,
        }
    }
}

/// The controller of an undo, as a `Copy` handle.
#[derive(Clone, Copy)]
pub struct Undo {
    app: AppContext,
    scope: TaskScope,
    workspace: StoredValue<WorkspaceId>,
    /// The account after the update.
    saved: StoredValue<BillingAccount>,
    /// The values from before the update, as the attempt that restores them.
    previous: StoredValue<SaveAttempt>,
    /// The account on the page.
    query: Query<BillingAccount>,
    /// The state.
    pub stage: RwSignal<Stage>,
}

impl Undo {
    /// The undo of the update after which an account is `saved`. `previous` holds the values from before it.
    pub fn new(
        app: AppContext,
        workspace: WorkspaceId,
        saved: BillingAccount,
        previous: Vec<(Field, String)>,
        query: Query<BillingAccount>,
    ) -> Self {
        Self {
            app,
            scope: TaskScope::current(),
            workspace: StoredValue::new(workspace),
            saved: StoredValue::new(saved),
            previous: StoredValue::new(SaveAttempt {
                sent_at: js_sys::Date::now(),
                sent: previous,
                existing_ids: None,
            }),
            query,
            stage: RwSignal::new(Stage::Offered),
        }
    }

    /// Refetches the account, then restores the values.
    pub fn start(self) {
        if self.stage.with_untracked(|stage| *stage == Stage::Undoing) {
            return;
        }
        self.stage.set(Stage::Undoing);
        self.scope.spawn(async move {
            let (workspace, saved) = (self.workspace.get_value(), self.saved.get_value());
            let current = match self.app.client.billing_account(&workspace, &saved.id).await {
                Ok(current) => current.completed_by(&saved),
                Err(error) if can_save_without_refetch(&error) => saved.clone(),
                Err(error) => return self.stage.set(Stage::Failed(error)),
            };
            let previous = self.previous.with_value(|previous| previous.sent.clone());
            // An earlier undo without a reply may have restored a value.
            let is_ours = |(field, text): &(Field, String)| {
                current.get(*field).unwrap_or_default() == saved.get(*field).unwrap_or_default()
                    || is_stored(*field, text, current.get(*field))
            };
            let restored = |field| match previous.iter().find(|(at, _)| *at == field) {
                Some((_, text)) => text.as_str(),
                None => current.get(field).unwrap_or_default(),
            };
            let is_ours = previous.iter().all(is_ours);
            match Changes::check(&current, restored) {
                Ok(changes) if is_ours && changes.is_empty() => self.finish(current),
                // Not canceled with the page: a request that was sent continues.
                Ok(changes) if is_ours => spawn_local(self.send(workspace, current, changes)),
                _ => {
                    self.stage.set(Stage::ChangedSince);
                    self.query.replace(current);
                }
            }
        });
    }

    /// Sends the values.
    async fn send(self, workspace: WorkspaceId, current: BillingAccount, changes: Changes) {
        let reply = self.app.client.update_billing_account(&workspace, &current, &changes).await;
        let is_applied = !matches!(&reply, Err(error) if error.outcome() != Outcome::Applied);
        if is_applied {
            let event = AccountEvent::Saved(workspace, current.id.clone());
            self.app.account_channel.broadcast(&event, self.stage.is_disposed());
        }
        if self.stage.is_disposed() {
            return;
        }
        match reply {
            Ok(reply) => self.finish(reply.completed_by(&current)),
            Err(error) => match error.outcome() {
                Outcome::NotApplied => self.stage.set(Stage::Failed(error)),
                Outcome::Unknown => self.stage.set(Stage::Unknown { error, check: OutcomeCheck::NotStarted }),
                Outcome::Applied => {
                    self.stage.set(Stage::Undone);
                    self.query.revalidate();
                }
            },
        }
    }

    /// Checks whether the account has the values from before the update.
    pub fn check(self) {
        let is_started = self.stage.try_update(|stage| match stage {
            Stage::Unknown { check, .. } if *check != OutcomeCheck::InProgress => {
                *check = OutcomeCheck::InProgress;
                true
            }
            _ => false,
        });
        if is_started != Some(true) {
            return;
        }
        self.scope.spawn(async move {
            let (workspace, id) = (self.workspace.get_value(), self.saved.with_value(|saved| saved.id.clone()));
            let previous = self.previous.get_value();
            let result = match check_applied(self.app.client, &workspace, &id, &previous).await {
                Ok(stored) => return self.finish(stored),
                Err(result) => result,
            };
            self.stage.update(|stage| {
                if let Stage::Unknown { check, .. } = stage {
                    *check = result;
                }
            });
        });
    }

    /// Shows the restored account.
    fn finish(self, account: BillingAccount) {
        self.stage.set(Stage::Undone);
        self.query.replace(account);
    }
}

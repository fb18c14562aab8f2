//! Saves the changes of an account: refetches it, sends a PATCH, and checks the account when the outcome is unknown.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::endpoint::Endpoint;
use crate::api::transport::Method;
use crate::api::{ApiError, Client, ErrorKind};
use crate::browser::broadcast::AccountEvent;
use crate::browser::task_scope::TaskScope;
use crate::context::AppContext;
use crate::domain::changes::{is_stored, undo_values};
use crate::domain::{
    BillingAccount, BillingAccountId, Change, Changes, ConcurrentChanges, Field, SaveAttempt, WorkspaceId,
};
use crate::pages::billing_accounts::edit_notes::{differs, notes, saved_without_refetch};
use crate::pages::billing_accounts::form::account_fields::AccountFields;
use crate::pages::billing_accounts::form::draft_storage::store;
use crate::pages::billing_accounts::form::draft_storage::store::{DraftStore, InFlightSave};
use crate::pages::billing_accounts::form::draft_storage::stored_edits::StoredEdit;
use crate::pages::billing_accounts::form::save_state::{OutcomeCheck, SaveState};
use crate::pages::billing_accounts::form::state::AccountFormState;
use crate::pages::shared::error_messages::Operation;
use crate::pages::shared::flash::SavedFlash;
use crate::route::Route;
use crate::ui::live_region::LiveRegion;

/// The controller of the edit form, as a `Copy` handle.
#[derive(Clone, Copy)]
pub struct EditSession {
    app: AppContext,
    scope: TaskScope,
    workspace: StoredValue<WorkspaceId>,
    /// The account before the changes of the last merge.
    pub original: RwSignal<BillingAccount>,
    /// The account as last fetched.
    pub account: RwSignal<BillingAccount>,
    /// The form.
    pub form: AccountFormState,
    /// The fields with a conflict that the user has to resolve.
    pub conflicts: RwSignal<Vec<Field>>,
    /// The fields that other users changed and this user did not.
    pub theirs: RwSignal<Vec<Field>>,
    /// The reason why the last save sent no request.
    pub nothing_sent: LiveRegion<&'static str>,
}

impl EditSession {
    /// The edit session of an account. The changes of an unanswered save are in its form.
    pub fn new(app: AppContext, workspace: WorkspaceId, loaded: BillingAccount) -> Self {
        let key = store::storage_key(&workspace, Some(&loaded.id));
        let original = RwSignal::new(loaded.clone());
        let account = RwSignal::new(loaded);
        let fields = AccountFields::for_account(account);
        let stored = store::load(app.session, &key);
        for (field, text) in stored.attempts.last().into_iter().flat_map(|last| &last.sent) {
            fields.write(*field, text);
        }
        let draft_store = DraftStore::start(app.session, key, None, stored);
        Self {
            app,
            scope: TaskScope::current(),
            workspace: StoredValue::new(workspace),
            original,
            account,
            form: AccountFormState::new(fields, Operation::Update, draft_store),
            conflicts: RwSignal::new(Vec::new()),
            theirs: RwSignal::new(Vec::new()),
            nothing_sent: LiveRegion::new(),
        }
    }

    /// Validates the form, then refetches the account and sends the changes, if there are any.
    pub fn save(self) {
        let Self { account, form, conflicts, nothing_sent, .. } = self;
        nothing_sent.set(None);
        if conflicts.with_untracked(|fields| !fields.is_empty()) {
            nothing_sent.announce("Pick a value for each field first");
            // The notice takes the focus again.
            return conflicts.notify();
        }
        match account.with_untracked(|account| form.submit_changes(account)) {
            Err(_) => form.show_errors(),
            // Without changes the account is refetched only after an unanswered save, which may have changed it.
            Ok(changes) if changes.is_empty() && !untrack(|| form.draft_store.has_attempts()) => {
                form.reset();
                nothing_sent.announce("No changes to save");
            }
            Ok(_) => {
                form.start_refetch();
                // Canceled with the page: no change is sent then.
                self.scope.spawn(self.refetch_and_patch(self.workspace.get_value()));
            }
        }
    }

    /// Refetches the account, then sends the changes.
    async fn refetch_and_patch(self, workspace: WorkspaceId) {
        let Self { app, account, form, .. } = self;
        let Some(loaded) = account.try_get_untracked() else { return };
        let reply = app.client.billing_account(&workspace, &loaded.id).await;
        let without_refetch = reply.is_err();
        let current = match reply {
            Ok(current) => current.completed_by(&loaded),
            // The user may be allowed to save but not to read: the refetch only improves the save, and is not required
            // for it.
            Err(error) if can_save_without_refetch(&error) => loaded.clone(),
            Err(error) => return form.show_failure(error),
        };
        // The dialog said that leaving sends nothing, and the page is about to be disposed.
        if app.leave_guard.is_confirmed() {
            return;
        }
        let Some(changes) = self.rebase(&loaded, current) else { return };
        let Some(account) = account.try_get_untracked() else { return };
        // Recorded before the request is sent, so that a reload cannot lose the attempt.
        let save = form.draft_store.record_attempt(attempt(&changes));
        form.saving.set(SaveState::Saving);
        // Not canceled with the page: a request that was sent continues.
        spawn_local(self.send(workspace, account, changes, save, without_refetch));
    }

    /// Sends the changes.
    async fn send(
        self,
        workspace: WorkspaceId,
        account: BillingAccount,
        changes: Changes,
        save: InFlightSave,
        without_refetch: bool,
    ) {
        let Self { app, form, .. } = self;
        match app.client.update_billing_account(&workspace, &account, &changes).await {
            Ok(reply) => {
                save.succeeded();
                app.account_channel.broadcast(&AccountEvent::Saved(workspace, reply.id.clone()), form.is_disposed());
                if !form.is_disposed() {
                    let mut notes = notes(&account, &changes, &self.theirs.get_untracked(), &reply);
                    if without_refetch {
                        notes.push(saved_without_refetch(&account, &changes));
                    }
                    let fields = changes.iter().map(|change| change.field);
                    let undo = undo_values(&account, &reply, fields);
                    self.open(reply, notes, undo);
                }
            }
            Err(error) => form.save_failed(save, error),
        }
    }

    /// Restores the changes from before the tab left to sign in. A field that another user has changed since is a conflict.
    pub fn restore(self, edits: &[StoredEdit]) {
        if edits.is_empty() {
            return;
        }
        for edit in edits {
            self.form.fields.write(edit.field, &edit.text);
        }
        let current = self.account.get_untracked();
        let original = |field: Field| edits.iter().find(|edit| edit.field == field).map(|edit| edit.original.clone());
        let loaded = BillingAccount::new(current.id.clone(), |field| {
            original(field).or_else(|| current.get(field).map(str::to_owned))
        });
        self.merge(&loaded, current);
    }

    /// Merges the draft with the current account; whether there is no conflict.
    fn merge(self, loaded: &BillingAccount, current: BillingAccount) -> bool {
        let Self { original, account, form, conflicts, theirs, .. } = self;
        let draft = form.fields.draft_untracked();
        let attempts = untrack(|| form.draft_store.attempts());
        let sent: Vec<_> = attempts.iter().flat_map(|attempt| attempt.sent.clone()).collect();
        let concurrent = ConcurrentChanges::between(loaded, &current, |field| draft.get(field), &sent);
        original.set(loaded.clone());
        account.set(current);
        for &field in &concurrent.theirs {
            let text = account.with_untracked(|current| current.get(field).unwrap_or_default().to_owned());
            form.fields.write(field, &text);
        }
        theirs.update(|theirs| {
            theirs.extend(concurrent.theirs);
            theirs.sort();
            theirs.dedup();
        });
        let has_conflicts = !concurrent.conflicts.is_empty();
        if has_conflicts {
            form.reset();
            conflicts.set(concurrent.conflicts);
        }
        !has_conflicts
    }

    /// Merges the draft with the current account. `None` when there is nothing to send: the user has to resolve
    /// conflicts first, the account has the values already, or the page is disposed.
    fn rebase(self, loaded: &BillingAccount, current: BillingAccount) -> Option<Changes> {
        let Self { account, form, .. } = self;
        if form.is_disposed() || !self.merge(loaded, current) {
            return None;
        }
        let attempts = untrack(|| form.draft_store.attempts());
        let current = account.get_untracked();
        let is_stored = |change: &Change| is_stored(change.field, &sent_text(change), current.get(change.field));
        match form.submit_changes(&current) {
            Err(_) => form.show_errors(),
            // An earlier attempt of this form saved the changes.
            Ok(changes)
                if attempts.last().is_some_and(|last| last.not_applied(&current).next().is_none())
                    && changes.iter().all(is_stored) =>
            {
                self.open_updated(current);
            }
            Ok(changes) if !changes.is_empty() => return Some(changes),
            Ok(_) => {
                form.reset();
                self.nothing_sent.announce("The account already has these values");
            }
        }
        None
    }

    /// Checks whether the account has the changes of the last attempt.
    pub fn check(self) {
        let Some(last_attempt) = self.form.start_check().and_then(|mut attempts| attempts.pop()) else { return };
        let (workspace, id) = (self.workspace.get_value(), self.account.with_untracked(|account| account.id.clone()));
        self.scope.spawn(async move {
            match check_applied(self.app.client, &workspace, &id, &last_attempt).await {
                Ok(stored) => self.open_updated(stored),
                Err(result) => self.form.finish_check(result),
            }
        });
    }

    /// Opens an account that was found to have the changes.
    fn open_updated(self, account: BillingAccount) {
        let attempts = untrack(|| self.form.draft_store.attempts());
        let sent = attempts.iter().flat_map(|attempt| &attempt.sent).map(|(field, _)| *field);
        let fields = Field::ALL.into_iter().filter(|field| sent.clone().any(|sent| sent == *field));
        let undo = self.account.with_untracked(|before| undo_values(before, &account, fields));
        self.form.draft_store.clear();
        self.open(account, Vec::new(), undo);
    }

    fn open(self, account: BillingAccount, notes: Vec<String>, undo: Vec<(Field, String)>) {
        let route = Route::BillingAccount(self.workspace.get_value(), account.id.clone());
        self.app.flash.put(SavedFlash { text: "Billing account updated", notes, account, undo, address_added: false });
        self.app.navigation.replace(&route);
    }
}

/// The text that a change sends; empty when it clears its field.
fn sent_text(change: &Change) -> String {
    change.to.as_ref().map(ToString::to_string).unwrap_or_default()
}

fn attempt(changes: &Changes) -> SaveAttempt {
    let sent = changes.iter().map(|change| (change.field, sent_text(change))).collect();
    SaveAttempt { sent_at: js_sys::Date::now(), sent, existing_ids: None }
}

/// Whether the changes are sent although the refetch failed. After 403 or a server error, saving may still work. After
/// a network error nothing is sent, because stopping before the request leaves no unknown outcome.
pub(super) fn can_save_without_refetch(error: &ApiError) -> bool {
    matches!(&error.kind, ErrorKind::Status(response) if response.status == 403 || response.status >= 500)
}

/// Fetches an account and checks whether it has the values of an attempt.
///
/// # Errors
/// The result of the check if the account lacks a value, or if it could not be fetched completely.
pub(super) async fn check_applied(
    client: Client,
    workspace: &WorkspaceId,
    id: &BillingAccountId,
    attempt: &SaveAttempt,
) -> Result<BillingAccount, OutcomeCheck> {
    let stored = client.billing_account(workspace, id).await.map_err(OutcomeCheck::Failed)?;
    if attempt.sent.iter().any(|(field, _)| stored.is_missing(*field)) {
        return Err(OutcomeCheck::Failed(incomplete(workspace, id)));
    }
    let differing: Vec<_> = attempt.not_applied(&stored).map(|difference| differs(&stored, difference)).collect();
    if differing.is_empty() { Ok(stored) } else { Err(OutcomeCheck::NotFound(differing)) }
}

/// The error of a check whose reply lacks a field of the attempt.
fn incomplete(workspace: &WorkspaceId, id: &BillingAccountId) -> ApiError {
    ApiError {
        method: Method::Get,
        path: Endpoint::BillingAccount(workspace, id).path(),
        failed_at: js_sys::Date::now(),
        kind: ErrorKind::Unreadable { status: 200 },
    }
}

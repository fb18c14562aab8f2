//! Creates an account: the request, and the check of an unknown outcome.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::ApiRequest;
use crate::browser::broadcast::AccountEvent;
use crate::browser::task_scope::TaskScope;
use crate::context::AppContext;
use crate::domain::{BillingAccount, Field, SaveAttempt, WorkspaceId};
use crate::pages::billing_accounts::created_twice::CreatedTwice;
use crate::pages::billing_accounts::form::candidates::Search;
use crate::pages::billing_accounts::form::copy_as::{CopyPayload, reject_copy};
use crate::pages::billing_accounts::form::save_state::{OutcomeCheck, SaveState};
use crate::pages::billing_accounts::form::state::AccountFormState;
use crate::pages::billing_accounts::form::workspace_accounts::WorkspaceAccounts;
use crate::pages::shared::flash::SavedFlash;
use crate::route::Route;

/// The note after a create that followed an unanswered one.
const EARLIER_ATTEMPT: &str =
    "An earlier attempt got no response and may have created an account too. Check the list of billing accounts.";
/// The note after a check that found one account for several attempts.
const ANOTHER_ATTEMPT: &str =
    "You sent this more than once. Another attempt may still create an account. Check the list of billing accounts.";

/// The controller of the create form, as a `Copy` handle.
#[derive(Clone, Copy)]
pub struct CreateController {
    app: AppContext,
    workspace: StoredValue<WorkspaceId>,
    form: AccountFormState,
    /// The accounts before the create: none of them is the new account.
    workspace_accounts: WorkspaceAccounts,
    created_twice: Option<CreatedTwice>,
    scope: TaskScope,
}

impl CreateController {
    /// The controller of a create form.
    pub fn new(
        app: AppContext,
        workspace: WorkspaceId,
        form: AccountFormState,
        workspace_accounts: WorkspaceAccounts,
    ) -> Self {
        let workspace = StoredValue::new(workspace);
        Self { app, workspace, form, workspace_accounts, created_twice: use_context(), scope: TaskScope::current() }
    }

    /// Validates the form and sends the request, or shows the errors.
    pub fn save(self) {
        let Self { app, form, created_twice, .. } = self;
        let Ok(account) = form.submit() else {
            return form.show_errors();
        };
        let accounts_before = untrack(|| self.workspace_accounts.accounts.value()).filter(|page| !page.has_more);
        let mut attempts = untrack(|| form.draft_store.attempts());
        let notes = if attempts.is_empty() { Vec::new() } else { vec![EARLIER_ATTEMPT.to_owned()] };
        let attempt = SaveAttempt {
            sent_at: js_sys::Date::now(),
            sent: account.iter().map(|(field, value)| (field, value.to_string())).collect(),
            existing_ids: accounts_before.map(|page| page.items.into_iter().map(|account| account.id).collect()),
        };
        attempts.push(attempt.clone());
        let save = form.draft_store.record_attempt(attempt);
        form.start_saving();
        let workspace = self.workspace.get_value();
        spawn_local(async move {
            match app.client.create_billing_account(&workspace, &account).await {
                Ok(account) => {
                    save.succeeded();
                    let id = account.id.clone();
                    let page_is_gone = form.is_disposed();
                    let address_added = adds_address(&attempts, &account);
                    self.open(account, notes, address_added);
                    app.account_channel.broadcast(&AccountEvent::Saved(workspace.clone(), id.clone()), page_is_gone);
                    if let Some(created_twice) = created_twice {
                        created_twice.check(app, workspace, id, attempts);
                    }
                }
                Err(error) => form.save_failed(save, error),
            }
        });
    }

    /// The request that would be sent, for copying. Moves the focus to the first error.
    ///
    /// # Errors
    /// The reason for the user, when the form has errors.
    pub fn copy_payload(self) -> Result<CopyPayload, &'static str> {
        let account = self.form.submit().map_err(reject_copy)?;
        Ok(self
            .workspace
            .with_value(|workspace| CopyPayload::request(self.app.client, ApiRequest::create(workspace, &account))))
    }

    /// Searches for the account that the unanswered saves may have created.
    pub fn check(self) {
        let Some(attempts) = self.form.start_check() else { return };
        let workspace = self.workspace.get_value();
        self.scope.spawn(async move {
            let list = self.app.client.billing_accounts(&workspace).await;
            match list.map(|list| Search::of(workspace, &attempts, list)) {
                Err(error) => self.form.finish_check(OutcomeCheck::Failed(error)),
                Ok(search) => match search.certain().cloned() {
                    Some(account) => self.open_found(account, &search),
                    None => self.form.finish_check(OutcomeCheck::Searched(search)),
                },
            }
        });
    }

    /// Opens an account that the user accepts as the one that was created.
    pub fn accept(self, account: BillingAccount) {
        let search = self.form.saving.with_untracked(|saving| match saving {
            SaveState::Unknown { check: OutcomeCheck::Searched(search), .. } => Some(search.clone()),
            _ => None,
        });
        if let Some(search) = search {
            self.open_found(account, &search);
        }
    }

    /// Opens an account that a search found, with notes about the other candidates.
    fn open_found(self, account: BillingAccount, search: &Search) {
        let mut notes = search.notes(&account.id);
        let attempts = untrack(|| self.form.draft_store.attempts());
        if notes.is_empty() && attempts.len() > 1 {
            notes.push(ANOTHER_ATTEMPT.to_owned());
        }
        self.form.draft_store.clear();
        let address_added = adds_address(&attempts, &account);
        self.open(account, notes, address_added);
    }

    /// Opens the created account. A reply for a disposed page is dropped.
    fn open(self, account: BillingAccount, notes: Vec<String>, address_added: bool) {
        if self.form.is_disposed() {
            return;
        }
        let route = Route::BillingAccount(self.workspace.get_value(), account.id.clone());
        self.app.flash.put(SavedFlash {
            text: "Billing account created",
            notes,
            account,
            undo: Vec::new(),
            address_added,
        });
        self.app.current_workspace.forget_used();
        self.app.navigation.replace(&route);
    }
}

/// Whether an account has an address although none was sent: the server adds one.
fn adds_address(attempts: &[SaveAttempt], account: &BillingAccount) -> bool {
    let is_sent = |attempt: &SaveAttempt| attempt.sent.iter().any(|(field, _)| field.is_address());
    let has_address = Field::ALL
        .into_iter()
        .any(|field| field.is_address() && account.get(field).is_some_and(|text| !text.is_empty()));
    has_address && !attempts.iter().any(is_sent)
}

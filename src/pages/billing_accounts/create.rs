//! Create a billing account.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::ApiRequest;
use crate::browser::broadcast::AccountEvent;
use crate::browser::task_scope::TaskScope;
use crate::domain::draft::Draft;
use crate::domain::{BillingAccount, SaveAttempt, WorkspaceId};
use crate::navigation::leave_guard::use_leave_guard;
use crate::pages::billing_accounts::created_twice::CreatedTwice;
use crate::pages::billing_accounts::form::account_form::AccountForm;
use crate::pages::billing_accounts::form::candidates::Search;
use crate::pages::billing_accounts::form::capacity::CapacityNotice;
use crate::pages::billing_accounts::form::copy_as::{CopyAs, CopyPayload, reveal_errors};
use crate::pages::billing_accounts::form::draft_restored::DraftRestoredNotice;
use crate::pages::billing_accounts::form::draft_set_aside::DraftSetAsideNotice;
use crate::pages::billing_accounts::form::draft_storage::store;
use crate::pages::billing_accounts::form::draft_storage::store::DraftStore;
use crate::pages::billing_accounts::form::duplicates::{Duplicates, DuplicatesNotice};
use crate::pages::billing_accounts::form::fields::{AccountFields, currency_select};
use crate::pages::billing_accounts::form::prefill;
use crate::pages::billing_accounts::form::prefill::Prefill;
use crate::pages::billing_accounts::form::state::{AccountFormState, OutcomeCheck, SaveState};
use crate::pages::billing_accounts::form::workspace_accounts::WorkspaceAccounts;
use crate::pages::shared::archived_notice::ArchivedNotice;
use crate::pages::shared::error_messages::Operation;
use crate::pages::shared::flash::SavedFlash;
use crate::pages::shared::read_only::{ReadOnlyNotice, ReadOnlyWarning, hide_form, is_viewer};
use crate::pages::{AppContext, use_app};
use crate::route::Route;
use crate::ui::{Heading, Notice, Tone};

/// What a create cannot tell of an unanswered one before it.
const EARLIER_ATTEMPT: &str =
    "An earlier attempt had no answer and may have created an account too. Check the list of billing accounts.";
/// What a check cannot tell of several attempts, when it found one account.
const ANOTHER_ATTEMPT: &str =
    "You sent this more than once. Another attempt may still create an account. Check the list of billing accounts.";

/// Why a copy was not used.
const UNANSWERED: &str = "An earlier save has no answer yet. Settle it below first, then copy the account again.";
/// Why a copy was not used.
const TWO_DRAFTS: &str = "You have two drafts here already. Save or discard one of them, then copy the account again.";

/// The page.
#[component]
pub fn Create(
    /// Where the account is created.
    workspace: WorkspaceId,
) -> impl IntoView {
    let app = use_app()?;
    let read_only = is_viewer(app, &workspace);
    let workspace_accounts = WorkspaceAccounts::load(app, &workspace);
    let hide_form = hide_form(app, read_only);
    let key = store::storage_key(&workspace, None);
    let mut found = store::load(app.session, &key);
    let is_unanswered = !found.attempts.is_empty();
    let (copied, not_copied) = match app.prefill.take() {
        // An unanswered save comes first, whatever the user came to do.
        Some(_) if is_unanswered => (None, Some(UNANSWERED)),
        Some(_) if !found.draft.is_empty() && !found.set_aside.is_empty() => (None, Some(TWO_DRAFTS)),
        copied => (copied, None),
    };
    let is_copy = copied.is_some();
    if let Some(copied) = copied {
        let replaced = std::mem::replace(&mut found.draft, copied);
        if !replaced.is_empty() {
            found.set_aside = replaced;
        }
    }
    let is_restored = !is_copy && !is_unanswered && !found.draft.is_empty();
    let fields = AccountFields::new(&found.draft);
    let draft_store = DraftStore::start(app.session, key, Some(fields), found);
    let form = AccountFormState::new(fields, Operation::Create, draft_store);
    // A link fills in what is empty; it takes the place of nothing that the user typed.
    let is_fresh = !is_unanswered && !is_restored;
    let from_link = prefill::notice(app.navigation.take_query(Prefill::read), is_fresh && !is_copy, form);
    // What was copied or came from a link is not typed; what was typed before the page was loaded again is.
    let first = if is_fresh { fields.draft_untracked() } else { Draft::default() };
    let typed = Memo::new(move |_| !fields.equals(&first) || draft_store.set_aside().is_some());
    use_leave_guard(app, Signal::derive(move || form.unsaved_state(typed.get())));
    let switched = RwSignal::new(false);
    let accounts = Signal::derive(move || workspace_accounts.accounts.with(|page| page.items.clone()));
    let controller = CreateController {
        app,
        workspace: StoredValue::new(workspace.clone()),
        form,
        workspace_accounts,
        created_twice: use_context(),
        scope: TaskScope::current(),
    };
    let cancel = Route::BillingAccounts(workspace.clone()).href();
    let back = cancel.clone();
    let whose = workspace.clone();
    let body = move || {
        if hide_form.get() {
            return view! { <ReadOnlyNotice /> }.into_any();
        }
        let duplicates = Duplicates::watch(fields, accounts, is_copy);
        let workspace = workspace.clone();
        view! {
            <AccountForm
                state=form
                label="Create billing account"
                cancel=cancel.clone()
                currency=currency_select(form.fields)
                save=Callback::new(move |()| controller.save())
                check=Callback::new(move |()| controller.check())
                accept=Callback::new(move |account| controller.accept(account))
                copy=view! { <CopyAs payload=Callback::new(move |()| controller.request()) /> }.into_any()
            >
                <DuplicatesNotice duplicates workspace />
            </AccountForm>
        }
        .into_any()
    };
    Some(view! {
        <p class="back"><a href=back>"Billing accounts"</a></p>
        <Heading text="New billing account" />
        <ArchivedNotice app />
        <CapacityNotice workspace=whose workspace_accounts saving=form.saving />
        {not_copied.map(|reason| view! {
            <Notice tone=Tone::Info title="The copy was not used"><p>{reason}</p></Notice>
        })}
        {move || (is_copy && !switched.get()).then(|| view! { <FilledIn /> })}
        <DraftSetAsideNotice state=form switched />
        {from_link}
        {is_restored.then(|| view! { <DraftRestoredNotice state=form /> })}
        <ReadOnlyWarning read_only hide_form />
        {body}
    })
}

/// Says with what the form begins.
#[component]
fn FilledIn() -> impl IntoView {
    view! {
        <Notice tone=Tone::Info title="Filled in from another account">
            <p>"Everything is copied but the currency: choose it below. The other account stays as it is."</p>
        </Notice>
    }
}

/// What creating an account needs, as a handle to pass around.
#[derive(Clone, Copy)]
struct CreateController {
    app: AppContext,
    workspace: StoredValue<WorkspaceId>,
    form: AccountFormState,
    /// The accounts that are there before one is created: it cannot be one of them.
    workspace_accounts: WorkspaceAccounts,
    created_twice: Option<CreatedTwice>,
    scope: TaskScope,
}

impl CreateController {
    /// Sends what is right.
    fn save(self) {
        let Self { app, form, created_twice, .. } = self;
        let Ok(account) = form.fields.draft_untracked().check() else {
            return form.reveal_errors();
        };
        let known = untrack(|| self.workspace_accounts.accounts.value()).filter(|page| !page.has_more);
        let mut attempts = untrack(|| form.draft_store.attempts());
        let notes = if attempts.is_empty() { Vec::new() } else { vec![EARLIER_ATTEMPT.to_owned()] };
        let attempt = SaveAttempt {
            at: js_sys::Date::now(),
            sent: account.iter().map(|(field, value)| (field, value.to_string())).collect(),
            known: known.map(|page| page.items.into_iter().map(|account| account.id).collect()),
        };
        attempts.push(attempt.clone());
        let sending = form.draft_store.record_attempt(attempt);
        form.start_saving();
        let workspace = self.workspace.get_value();
        spawn_local(async move {
            match app.client.create_billing_account(&workspace, &account).await {
                Ok(account) => {
                    sending.succeeded();
                    let id = account.id.clone();
                    let page_is_gone = form.is_disposed();
                    self.open(account, notes);
                    app.account_channel.broadcast(&AccountEvent::Saved(workspace.clone(), id.clone()), page_is_gone);
                    if let Some(created_twice) = created_twice {
                        created_twice.look(app, workspace, id, attempts).await;
                    }
                }
                Err(error) => form.save_failed(sending, error),
            }
        });
    }

    /// What would be sent; what has to be put right before is pointed at.
    fn request(self) -> Result<CopyPayload, &'static str> {
        let fields = self.form.fields;
        let account = fields.draft_untracked().check().map_err(|problems| reveal_errors(fields, &problems))?;
        Ok(self
            .workspace
            .with_value(|workspace| CopyPayload::request(self.app.client, ApiRequest::create(workspace, &account))))
    }

    /// Looks for the account that the saves without an answer may have created.
    fn check(self) {
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
    fn accept(self, account: BillingAccount) {
        let search = self.form.saving.with_untracked(|saving| match saving {
            SaveState::Unknown { check: OutcomeCheck::Searched(search), .. } => Some(search.clone()),
            _ => None,
        });
        if let Some(search) = search {
            self.open_found(account, &search);
        }
    }

    /// Opens an account that was found, with what there is to say of the others.
    fn open_found(self, account: BillingAccount, search: &Search) {
        let mut notes = search.notes(&account.id);
        if notes.is_empty() && untrack(|| self.form.draft_store.attempts()).len() > 1 {
            notes.push(ANOTHER_ATTEMPT.to_owned());
        }
        self.form.draft_store.clear();
        self.open(account, notes);
    }

    /// Opens the account that was created. A reply for a page that is no longer shown is dropped (R6).
    fn open(self, account: BillingAccount, notes: Vec<String>) {
        if self.form.is_disposed() {
            return;
        }
        let route = Route::BillingAccount(self.workspace.get_value(), account.id.clone());
        self.app.flash.put(SavedFlash { text: "Billing account created", notes, account });
        self.app.navigation.replace(&route);
    }
}

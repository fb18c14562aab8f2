//! Create a billing account.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Call;
use crate::browser::broadcast::Told;
use crate::browser::task_scope::TaskScope;
use crate::domain::draft::Draft;
use crate::domain::{Attempt, BillingAccount, WorkspaceId};
use crate::navigation::leave_guard::guard;
use crate::pages::Desk;
use crate::pages::billing_accounts::created_twice::CreatedTwice;
use crate::pages::billing_accounts::form::account_form::AccountForm;
use crate::pages::billing_accounts::form::candidates::Search;
use crate::pages::billing_accounts::form::capacity::FullNotice;
use crate::pages::billing_accounts::form::copy_as::{Copied, CopyAs, point_at_problems};
use crate::pages::billing_accounts::form::draft_restored::Restored;
use crate::pages::billing_accounts::form::draft_set_aside::SetAside;
use crate::pages::billing_accounts::form::draft_storage::store;
use crate::pages::billing_accounts::form::draft_storage::store::Keeping;
use crate::pages::billing_accounts::form::duplicates::{Duplicates, DuplicatesNotice};
use crate::pages::billing_accounts::form::fields::{Fields, currency_choice};
use crate::pages::billing_accounts::form::prefill;
use crate::pages::billing_accounts::form::prefill::Prefill;
use crate::pages::billing_accounts::form::state::{AccountFormState, Check, Saving};
use crate::pages::billing_accounts::form::workspace_accounts::Neighbours;
use crate::pages::shared::archived_notice::ArchivedNotice;
use crate::pages::shared::error_messages::Purpose;
use crate::pages::shared::flash::Done;
use crate::pages::shared::read_only::{LateRole, OnlyLooking, gives_way, may_only_look};
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
    let desk = Desk::here()?;
    let only_look = may_only_look(desk, &workspace);
    let neighbours = Neighbours::load(desk, &workspace);
    let gives_way = gives_way(desk, only_look);
    let place = store::place_of(&workspace, None);
    let mut found = store::found(desk.session, &place);
    let is_unanswered = !found.attempts.is_empty();
    let (copied, not_copied) = match desk.prefill.take() {
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
    let fields = Fields::new(&found.draft);
    let keeping = Keeping::start(desk.session, place, Some(fields), found);
    let form = AccountFormState::new(fields, Purpose::Create, keeping);
    // A link fills in what is empty; it takes the place of nothing that the user typed.
    let is_fresh = !is_unanswered && !is_restored;
    let from_link = prefill::notice(desk.navigation.take_query(Prefill::read), is_fresh && !is_copy, form);
    // What was copied or came from a link is not typed; what was typed before the page was loaded again is.
    let first = if is_fresh { fields.draft_now() } else { Draft::default() };
    let typed = Memo::new(move |_| !fields.hold(&first) || keeping.set_aside().is_some());
    guard(desk, Signal::derive(move || form.risk(typed.get())));
    let switched = RwSignal::new(false);
    let accounts = Signal::derive(move || neighbours.accounts.look(|page| page.items.clone()));
    let creating = Creating {
        desk,
        workspace: StoredValue::new(workspace.clone()),
        form,
        neighbours,
        created_twice: use_context(),
        scope: TaskScope::current(),
    };
    let cancel = Route::BillingAccounts(workspace.clone()).href();
    let back = cancel.clone();
    let whose = workspace.clone();
    let body = move || {
        if gives_way.get() {
            return view! { <OnlyLooking /> }.into_any();
        }
        let duplicates = Duplicates::watch(fields, accounts, is_copy);
        let workspace = workspace.clone();
        view! {
            <AccountForm
                state=form
                label="Create billing account"
                cancel=cancel.clone()
                currency=currency_choice(form.fields)
                save=Callback::new(move |()| creating.save())
                check=Callback::new(move |()| creating.check())
                accept=Callback::new(move |account| creating.accept(account))
                copy=view! { <CopyAs take=Callback::new(move |()| creating.request()) /> }.into_any()
            >
                <DuplicatesNotice duplicates workspace />
            </AccountForm>
        }
        .into_any()
    };
    Some(view! {
        <p class="back"><a href=back>"Billing accounts"</a></p>
        <Heading text="New billing account" />
        <ArchivedNotice desk />
        <FullNotice workspace=whose neighbours saving=form.saving />
        {not_copied.map(|reason| view! {
            <Notice tone=Tone::Info title="The copy was not used"><p>{reason}</p></Notice>
        })}
        {move || (is_copy && !switched.get()).then(|| view! { <FilledIn /> })}
        <SetAside state=form switched />
        {from_link}
        {is_restored.then(|| view! { <Restored state=form /> })}
        <LateRole only_look gives_way />
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
struct Creating {
    desk: Desk,
    workspace: StoredValue<WorkspaceId>,
    form: AccountFormState,
    /// The accounts that are there before one is created: it cannot be one of them.
    neighbours: Neighbours,
    created_twice: Option<CreatedTwice>,
    scope: TaskScope,
}

impl Creating {
    /// Sends what is right.
    fn save(self) {
        let Self { desk, form, created_twice, .. } = self;
        let Ok(account) = form.fields.draft_now().check() else {
            return form.show_problems();
        };
        let known = untrack(|| self.neighbours.accounts.value()).filter(|page| !page.has_more);
        let mut attempts = untrack(|| form.keeping.attempts());
        let notes = if attempts.is_empty() { Vec::new() } else { vec![EARLIER_ATTEMPT.to_owned()] };
        let attempt = Attempt {
            at: js_sys::Date::now(),
            sent: account.filled().map(|(field, value)| (field, value.to_string())).collect(),
            known: known.map(|page| page.items.into_iter().map(|account| account.id).collect()),
        };
        attempts.push(attempt.clone());
        let sending = form.keeping.sends(attempt);
        form.begin();
        let workspace = self.workspace.get_value();
        spawn_local(async move {
            match desk.client.create_billing_account(&workspace, &account).await {
                Ok(account) => {
                    sending.was_done();
                    let id = account.id.clone();
                    let page_is_gone = form.is_gone();
                    self.open(account, notes);
                    desk.tabs.tell(&Told::Saved(workspace.clone(), id.clone()), page_is_gone);
                    if let Some(created_twice) = created_twice {
                        created_twice.look(desk, workspace, id, attempts).await;
                    }
                }
                Err(error) => form.end(sending, error),
            }
        });
    }

    /// What would be sent; what has to be put right before is pointed at.
    fn request(self) -> Result<Copied, &'static str> {
        let fields = self.form.fields;
        let account = fields.draft_now().check().map_err(|problems| point_at_problems(fields, &problems))?;
        Ok(self.workspace.with_value(|workspace| Copied::request(self.desk.client, Call::create(workspace, &account))))
    }

    /// Looks for the account that the saves without an answer may have created.
    fn check(self) {
        let Some(attempts) = self.form.begin_check() else { return };
        let workspace = self.workspace.get_value();
        self.scope.spawn(async move {
            let list = self.desk.client.billing_accounts(&workspace).await;
            match list.map(|list| Search::of(workspace, &attempts, list)) {
                Err(error) => self.form.end_check(Check::Failed(error)),
                Ok(search) => match search.certain().cloned() {
                    Some(account) => self.open_found(account, &search),
                    None => self.form.end_check(Check::Searched(search)),
                },
            }
        });
    }

    /// Opens an account that the user accepts as the one that was created.
    fn accept(self, account: BillingAccount) {
        let search = self.form.saving.with_untracked(|saving| match saving {
            Saving::Unknown { check: Check::Searched(search), .. } => Some(search.clone()),
            _ => None,
        });
        if let Some(search) = search {
            self.open_found(account, &search);
        }
    }

    /// Opens an account that was found, with what there is to say of the others.
    fn open_found(self, account: BillingAccount, search: &Search) {
        let mut notes = search.notes(&account.id);
        if notes.is_empty() && untrack(|| self.form.keeping.attempts()).len() > 1 {
            notes.push(ANOTHER_ATTEMPT.to_owned());
        }
        self.form.keeping.forget();
        self.open(account, notes);
    }

    /// Opens the account that was created. A reply for a page that is no longer shown is dropped (R6).
    fn open(self, account: BillingAccount, notes: Vec<String>) {
        if self.form.is_gone() {
            return;
        }
        let route = Route::BillingAccount(self.workspace.get_value(), account.id.clone());
        self.desk.flash.leave(Done { text: "Billing account created", notes, account });
        self.desk.navigation.replace(&route);
    }
}

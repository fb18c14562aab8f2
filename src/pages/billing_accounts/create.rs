//! Create a billing account.

use crate::view::prelude::*;

use super::account_form::AccountForm;
use super::copy_as::{Copied, CopyAs, point_at_problems};
use super::draft::Draft;
use super::duplicates::PAUSE;
use super::fields::{Fields, currency_choice};
use super::form_state::{AccountFormState, Check, Finding};
use super::keeping::{self, Keeping};
use super::neighbours::Neighbours;
use super::prefill::Prefill;
use super::room::FullNotice;
use crate::api::wire::Page;
use crate::api::wording::Purpose;
use crate::api::{ApiError, Call};
use crate::domain::attempt::Kinship;
use crate::domain::{Attempt, BillingAccount, Field, WorkspaceId};
use crate::intl;
use crate::pages::Desk;
use crate::pages::handover::Done;
use crate::pages::lazy;
use crate::pages::leaving::guard;
use crate::pages::role::{LateRole, gives_way, may_only_look};
use crate::route::Route;
use crate::tabs::Told;
use crate::ui::lazy::Lazy;
use crate::ui::rest::Pause;
use crate::ui::{Heading, Notice, Tone};

/// The page.
#[component]
pub fn Create(
    /// Where the account is created.
    workspace: WorkspaceId,
) -> impl IntoView {
    let desk = Desk::here()?;
    let loading = Lazy::here();
    let only_look = may_only_look(desk, &workspace);
    let neighbours = Neighbours::load(desk, &workspace, true);
    let gives_way = gives_way(desk, only_look);
    let place = keeping::place_of(&workspace, None);
    let found = keeping::found(desk.session, &place);
    // A save whose fate is not known comes first, whatever the user came to do.
    let copied = desk.prefill.take().filter(|_| found.attempts.is_empty());
    let is_copy = copied.is_some();
    let is_restored = !is_copy && found.attempts.is_empty() && !found.draft.is_empty();
    let fields = Fields::new(&copied.unwrap_or(found.draft));
    // A link fills in what is empty; it takes the place of nothing that the user typed.
    let is_fresh = found.attempts.is_empty() && !is_restored;
    let from_link = desk.navigation.take_query(Prefill::read).map(|prefill| is_fresh.then(|| prefill.fill(fields)));
    let from_link = from_link.map(|left_out| loading.part(move |ready| lazy::linked(ready, left_out.as_deref())));
    // What was copied or came from a link is not typed; what was typed before the page was loaded again is.
    let first = if is_fresh { fields.draft_now() } else { Draft::default() };
    let typed = memo(move || !fields.hold(&first));
    // Who rests after the first words is told of accounts that are like this one: that comes with the rest of the app.
    let rest = Pause::new(PAUSE, move || {
        if typed.get_untracked() {
            loading.want();
        }
    });
    Effect::new(move |before: Option<()>| {
        fields.track();
        if before.is_some() {
            rest.touch();
        }
    });
    let keeping = Keeping::start(desk.session, place, Some(fields), found.attempts);
    let form = AccountFormState::new(fields, Purpose::Create, keeping);
    guard(desk, Signal::derive(move || form.risk(typed.get())));
    let accounts = Signal::derive(move || neighbours.accounts.look(|page| page.items.clone()));
    let creating =
        Creating { desk, workspace: StoredValue::new(workspace.clone()), form, neighbours, here: Here::new() };
    let cancel = Route::BillingAccounts(workspace.clone()).href();
    let (others_in, here) = (workspace.clone(), workspace.clone());
    let request = Callback::new(move |ready| lazy::request(ready, creating));
    let back = cancel.clone();
    let body = move || {
        if gives_way.get() {
            return loading.part(lazy::only_looking);
        }
        let (currency, workspace) = (currency_choice(form.fields), others_in.clone());
        // Who can ask for it has it there.
        let check = Callback::new(move |()| {
            if let Some(ready) = untrack(|| loading.ready()) {
                lazy::check_created(ready, creating);
            }
        });
        let duplicates = move |ready| lazy::duplicates(ready, fields, accounts, is_copy, workspace.clone());
        view! {
            <AccountForm
                state=form
                label="Create billing account"
                cancel=cancel.clone()
                currency
                save=Callback::new(move |()| creating.save(loading))
                check
                copy=view! { <CopyAs take=request /> }
            >
                {loading.aside(duplicates)}
            </AccountForm>
        }
        .into_any()
    };
    Some(view! {
        <p class="back"><a href=back>"Billing accounts"</a></p>
        <Heading text="New billing account" />
        <FullNotice workspace=here neighbours saving=form.saving />
        {is_copy.then(|| loading.part(lazy::filled_in))}
        {from_link}
        {is_restored.then(|| loading.part(move |ready| lazy::restored(ready, form)))}
        <LateRole only_look gives_way />
        {body}
    })
}

/// Says with what the form begins.
pub fn filled_in() -> AnyView {
    view! {
        <Notice tone=Tone::Info title="Filled in from another account">
            <p>"Everything is copied but the currency: choose it below. The other account stays as it is."</p>
        </Notice>
    }
}

/// What creating an account needs, as a handle to pass around.
#[derive(Clone, Copy)]
pub struct Creating {
    desk: Desk,
    workspace: StoredValue<WorkspaceId>,
    form: AccountFormState,
    /// The accounts that are there before one is created: it cannot be one of them.
    neighbours: Neighbours,
    here: Here,
}

impl Creating {
    /// Saves what is right. What it takes may have to be loaded first: until then nothing is sent.
    fn save(self, loading: Lazy) {
        let form = self.form;
        if form.fields.draft_now().check().is_err() {
            return form.show_problems();
        }
        if let Some(ready) = untrack(|| loading.ready()) {
            return lazy::create(ready, self);
        }
        form.begin();
        spawn_local(async move {
            match loading.load().await {
                // Nothing was sent, and what was typed is kept.
                _ if form.is_gone() => {}
                Some(ready) => lazy::create(ready, self),
                None => form.not_sent(),
            }
        });
    }

    /// Sends what is right.
    pub fn send(self) {
        let Self { desk, form, .. } = self;
        let Ok(account) = form.fields.draft_now().check() else {
            return form.show_problems();
        };
        let named = account.filled().filter(|(field, _)| field.required());
        let known = untrack(|| self.neighbours.accounts.value()).filter(|page| !page.has_more);
        let sending = form.keeping.sends(Attempt {
            at: js_sys::Date::now(),
            sent: named.map(|(field, value)| (field, value.to_string())).collect(),
            known: known.map(|page| page.items.into_iter().map(|account| account.id).collect()),
        });
        form.begin();
        let workspace = self.workspace.get_value();
        spawn_local(async move {
            match desk.client.create_billing_account(&workspace, &account).await {
                Ok(account) => {
                    sending.was_done();
                    let told = Told::Saved(workspace, account.id.clone());
                    self.open(account, Vec::new());
                    desk.tabs.tell(&told);
                }
                Err(error) => form.end(sending, error),
            }
        });
    }

    /// What would be sent; what has to be put right before is pointed at.
    pub fn request(self) -> Result<Copied, &'static str> {
        let fields = self.form.fields;
        let account = fields.draft_now().check().map_err(|problems| point_at_problems(fields, &problems))?;
        Ok(self.workspace.with_value(|workspace| Copied::request(self.desk.client, Call::create(workspace, &account))))
    }

    /// Looks for the account that the saves without an answer may have created.
    pub fn check(self) {
        let Some(attempts) = self.form.begin_check() else { return };
        let workspace = self.workspace.get_value();
        spawn_local(async move {
            if let Some(list) = self.here.wait(self.desk.client.billing_accounts(&workspace)).await {
                self.end_check(&workspace, &attempts, list);
            }
        });
    }

    fn end_check(self, workspace: &WorkspaceId, attempts: &[Attempt], list: Result<Page<BillingAccount>, ApiError>) {
        let accounts = match list {
            Ok(page) => page.items,
            Err(error) => return self.form.end_check(Check::Failed(error)),
        };
        let (mut created, mut older) = (Vec::new(), Vec::new());
        for account in accounts {
            let at = account.created_at.as_deref().and_then(intl::timestamp);
            let kinship = |wanted| attempts.iter().any(|attempt| attempt.kinship(&account, at) == wanted);
            if kinship(Kinship::Created) {
                created.push(account);
            } else if kinship(Kinship::Namesake) {
                older.push(namesake(workspace, &account));
            }
        }
        match created.pop() {
            Some(account) => {
                let others = created
                    .iter()
                    .map(|other| format!("Another one was created too: {}, {}.", other.title(), other.id));
                self.form.keeping.forget();
                self.open(account, others.collect());
            }
            None => self.form.end_check(Check::NotThere(older)),
        }
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

/// An account that has the same name and email, and is not the one that was created.
fn namesake(workspace: &WorkspaceId, account: &BillingAccount) -> Finding {
    let name = account.get(Field::Name).unwrap_or_default();
    let created = account.created_at.as_deref().and_then(intl::date_time);
    Finding {
        text: created.map_or_else(|| name.to_owned(), |date| format!("{name}, created {date}")),
        href: Some(Route::BillingAccount(workspace.clone(), account.id.clone()).href()),
    }
}

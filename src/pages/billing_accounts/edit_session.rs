//! The save of a change: a look at the account as it is now, the PATCH, and the check when its outcome is not known.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::endpoint::Endpoint;
use crate::api::transport::Method;
use crate::api::{ApiError, Cause};
use crate::browser::broadcast::Told;
use crate::browser::intl;
use crate::browser::task_scope::TaskScope;
use crate::domain::address_format::AddressFormat;
use crate::domain::changes::is_stored;
use crate::domain::{Attempt, BillingAccount, BillingAccountId, Change, Changes, Field, Meanwhile, WorkspaceId};
use crate::pages::Desk;
use crate::pages::billing_accounts::form::draft_storage::store;
use crate::pages::billing_accounts::form::draft_storage::store::{Keeping, Sending};
use crate::pages::billing_accounts::form::fields::Fields;
use crate::pages::billing_accounts::form::state::{AccountFormState, Check, Finding, Saving};
use crate::pages::shared::error_messages::Purpose;
use crate::pages::shared::flash::Done;
use crate::route::Route;
use crate::ui::live::LiveMessage;

/// What an edit needs besides its form, as a handle to pass around.
#[derive(Clone, Copy)]
pub struct Editing {
    desk: Desk,
    scope: TaskScope,
    workspace: StoredValue<WorkspaceId>,
    /// The account as it was stored when we last looked.
    pub account: RwSignal<BillingAccount>,
    /// The form.
    pub form: AccountFormState,
    /// Fields to choose for.
    pub conflicts: RwSignal<Vec<Field>>,
    /// Fields that others changed and the user did not.
    pub theirs: RwSignal<Vec<Field>>,
    /// Why the last save found nothing to send.
    pub nothing_sent: LiveMessage<&'static str>,
}

impl Editing {
    /// An edit of an account. A change that was sent before, and whose fate is not known, is in its form.
    pub fn new(desk: Desk, workspace: WorkspaceId, loaded: BillingAccount) -> Self {
        let place = store::place_of(&workspace, Some(&loaded.id));
        let account = RwSignal::new(loaded);
        let fields = Fields::over(account);
        let found = store::found(desk.session, &place);
        for (field, text) in found.attempts.last().into_iter().flat_map(|last| &last.sent) {
            fields.write(*field, text);
        }
        let keeping = Keeping::start(desk.session, place, None, found);
        Self {
            desk,
            scope: TaskScope::current(),
            workspace: StoredValue::new(workspace),
            account,
            form: AccountFormState::new(fields, Purpose::Update, keeping),
            conflicts: RwSignal::new(Vec::new()),
            theirs: RwSignal::new(Vec::new()),
            nothing_sent: LiveMessage::new(),
        }
    }

    /// Saves what was typed, if there is something to save.
    pub fn save(self) {
        let Self { account, form, conflicts, nothing_sent, .. } = self;
        nothing_sent.set(None);
        // The choices left to make take the focus again.
        if conflicts.with_untracked(|open| !open.is_empty()) {
            return conflicts.notify();
        }
        let draft = form.fields.draft_now();
        match account.with_untracked(|account| draft.changes(account)) {
            Err(_) => form.show_problems(),
            // An earlier save without an answer may have changed the account since.
            Ok(changes) if changes.is_empty() && !untrack(|| form.keeping.has_attempts()) => {
                form.rest();
                nothing_sent.say("Nothing has changed, so nothing was sent");
            }
            Ok(_) => {
                form.start_refetch();
                // Ends with the page: the change is not sent then.
                self.scope.spawn(self.look_and_send(self.workspace.get_value()));
            }
        }
    }

    /// Looks at the account once more, then sends what changed.
    async fn look_and_send(self, workspace: WorkspaceId) {
        let Self { desk, account, form, .. } = self;
        let Some(loaded) = account.try_get_untracked() else { return };
        let look = desk.client.billing_account(&workspace, &loaded.id).await;
        let unseen = look.is_err();
        let now = match look {
            Ok(now) => now.completed_by(&loaded),
            // Whoever may not look, or looks in vain, may still be able to save: the look is only a help (api.md).
            Err(error) if may_save_unseen(&error) => loaded.clone(),
            Err(error) => return form.show_failure(error),
        };
        // The user was told that leaving sends nothing, and the page is about to go.
        if desk.leaving.is_confirmed() {
            return;
        }
        let Some(changes) = self.rebase(&loaded, now) else { return };
        let Some(account) = account.try_get_untracked() else { return };
        // Before it leaves: a reload must not hide it.
        let sending = form.keeping.sends(attempt(&changes));
        form.saving.set(Saving::InFlight);
        // Not ended with the page: what was sent goes on.
        spawn_local(self.send(workspace, account, changes, sending, unseen));
    }

    /// Sends what changed.
    async fn send(
        self,
        workspace: WorkspaceId,
        account: BillingAccount,
        changes: Changes,
        sending: Sending,
        unseen: bool,
    ) {
        let Self { desk, form, .. } = self;
        match desk.client.update_billing_account(&workspace, &account, &changes).await {
            Ok(reply) => {
                sending.was_done();
                desk.tabs.tell(&Told::Saved(workspace, reply.id.clone()), form.is_gone());
                if !form.is_gone() {
                    let mut notes = notes(&account, &changes, &self.theirs.get_untracked(), &reply);
                    if unseen {
                        notes.push(unseen_note(&account, &changes));
                    }
                    self.open(reply, notes);
                }
            }
            Err(error) => form.end(sending, error),
        }
    }

    /// Puts what was typed on top of the account as it is now. `None` when there is nothing to send: the user has to
    /// choose first, the account holds it already, or the page is gone.
    fn rebase(self, loaded: &BillingAccount, now: BillingAccount) -> Option<Changes> {
        let Self { account, form, conflicts, theirs, .. } = self;
        if form.is_gone() {
            return None;
        }
        let draft = form.fields.draft_now();
        let attempts = untrack(|| form.keeping.attempts());
        let sent: Vec<_> = attempts.iter().flat_map(|attempt| attempt.sent.clone()).collect();
        let meanwhile = Meanwhile::between(loaded, &now, |field| draft.get(field), &sent);
        account.set(now);
        for &field in &meanwhile.theirs {
            let text = account.with_untracked(|now| now.get(field).unwrap_or_default().to_owned());
            form.fields.write(field, &text);
        }
        theirs.update(|theirs| {
            theirs.extend(meanwhile.theirs);
            theirs.sort();
            theirs.dedup();
        });
        if !meanwhile.conflicts.is_empty() {
            form.rest();
            conflicts.set(meanwhile.conflicts);
            return None;
        }
        let now = account.get_untracked();
        let is_stored = |change: &Change| is_stored(change.field, &text_of(change), now.get(change.field));
        match form.fields.draft_now().changes(&now) {
            Err(_) => form.show_problems(),
            // It was an earlier attempt of ours that saved it.
            Ok(changes)
                if attempts.last().is_some_and(|last| last.not_in(&now).next().is_none())
                    && changes.iter().all(is_stored) =>
            {
                self.open_updated(now);
            }
            Ok(changes) if !changes.is_empty() => return Some(changes),
            Ok(_) => {
                form.rest();
                self.nothing_sent.say("The account already holds these values, so nothing was sent");
            }
        }
        None
    }

    /// Looks whether the account holds the last change that was sent.
    pub fn check(self) {
        let Some(last) = self.form.begin_check().and_then(|mut attempts| attempts.pop()) else { return };
        let (workspace, id) = (self.workspace.get_value(), self.account.with_untracked(|account| account.id.clone()));
        self.scope.spawn(async move {
            match self.desk.client.billing_account(&workspace, &id).await {
                Err(error) => self.form.end_check(Check::Failed(error)),
                Ok(stored) if last.sent.iter().any(|(field, _)| stored.is_missing(*field)) => {
                    self.form.end_check(Check::Failed(incomplete(&workspace, &id)));
                }
                Ok(stored) => {
                    let differing: Vec<_> = last.not_in(&stored).map(|at| differs(&stored, at)).collect();
                    if differing.is_empty() {
                        self.open_updated(stored);
                    } else {
                        self.form.end_check(Check::NotThere(differing));
                    }
                }
            }
        });
    }

    /// Opens an account that was found to hold what was sent.
    fn open_updated(self, account: BillingAccount) {
        self.form.keeping.forget();
        self.open(account, Vec::new());
    }

    fn open(self, account: BillingAccount, notes: Vec<String>) {
        let route = Route::BillingAccount(self.workspace.get_value(), account.id.clone());
        self.desk.flash.leave(Done { text: "Billing account updated", notes, account });
        self.desk.navigation.replace(&route);
    }
}

/// What a change sends; empty when it clears its field.
fn text_of(change: &Change) -> String {
    change.to.as_ref().map(ToString::to_string).unwrap_or_default()
}

fn attempt(changes: &Changes) -> Attempt {
    let sent = changes.iter().map(|change| (change.field, text_of(change))).collect();
    Attempt { at: js_sys::Date::now(), sent, known: None }
}

/// After a refusal to show the account, or a failure of the API to do so, saving may still work. After no answer it is
/// not tried: nothing was sent so far, and that is the better place to stop.
fn may_save_unseen(error: &ApiError) -> bool {
    matches!(&error.cause, Cause::Status(answer) if answer.status == 403 || answer.status >= 500)
}

/// Why a reply that lacks what was sent settles nothing.
fn incomplete(workspace: &WorkspaceId, id: &BillingAccountId) -> ApiError {
    ApiError {
        method: Method::Get,
        path: Endpoint::BillingAccount(workspace, id).path(),
        at: js_sys::Date::now(),
        cause: Cause::Unreadable { status: 200 },
    }
}

/// Which fields a save that could not be compared sent over whatever was there. An address is sent as a whole.
fn unseen_note(account: &BillingAccount, changes: &Changes) -> String {
    let name = |field: Field| if field.in_address() { "Address" } else { field.label() };
    let mut sent: Vec<_> = changes.sent(account).map(|(field, _)| name(field)).collect();
    sent.dedup();
    let sent = sent.join(", ");
    format!("We couldn’t check for changes by others before saving. Check that these are still right: {sent}.")
}

/// A value as it is called in a sentence.
fn shown(field: Field, text: &str) -> String {
    match (field, text) {
        (_, "") => "empty".to_owned(),
        (Field::Country, code) => intl::country_name(code),
        (_, text) => format!("“{text}”"),
    }
}

/// A field that does not hold what was sent.
fn differs(stored: &BillingAccount, (field, sent, is): (Field, &str, &str)) -> Finding {
    let label = AddressFormat::of(stored.get(Field::Country).unwrap_or_default()).label(field);
    Finding { text: format!("{label} was sent as {} and is {}.", shown(field, sent), shown(field, is)), href: None }
}

/// What there is to say about an update of `account` besides that it was made.
fn notes(account: &BillingAccount, changes: &Changes, theirs: &[Field], reply: &BillingAccount) -> Vec<String> {
    let format = AddressFormat::of(reply.get(Field::Country).unwrap_or_default());
    let names = |fields: &[Field]| fields.iter().map(|&field| format.label(field)).collect::<Vec<_>>().join(", ");
    let shown = |field, text: Option<&str>| shown(field, text.unwrap_or_default());
    let mut notes = Vec::new();
    let changed: Vec<_> = changes.iter().map(|change| change.field).collect();
    if !changed.is_empty() {
        notes.push(format!("Changed: {}.", names(&changed)));
    }
    let kept: Vec<_> = theirs.iter().copied().filter(|field| !changed.contains(field)).collect();
    if !kept.is_empty() {
        notes.push(format!("Someone else changed this meanwhile, and it was kept: {}.", names(&kept)));
    }
    notes.extend(changes.not_in(account, reply).map(|(field, sent, stored)| {
        format!("{} was sent as {} and saved as {}.", format.label(field), shown(field, sent), shown(field, stored))
    }));
    notes
}

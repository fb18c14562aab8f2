//! Change a billing account: what changed is sent, and nothing else (R8), over what it is now and not over what it was
//! when the form was opened (R7).
//!
//! One race is left, since the API has no version to compare: a change that somebody else makes between our last look
//! and the PATCH, a fraction of a second later.

use crate::view::prelude::*;
use web_sys::MouseEvent;

use super::account_form::{AccountForm, AccountFormState};
use super::conflict::Conflicts;
use super::copy_as::{Copied, CopyAs, point_at_problems};
use super::detail::account_view;
use super::elsewhere::{ToldElsewhere, told_of};
use super::fields::Fields;
use super::review::Review;
use crate::api::wording::Purpose;
use crate::api::{ApiError, Call, Cause};
use crate::domain::address_format::AddressFormat;
use crate::domain::changes::is_unchanged;
use crate::domain::{BillingAccount, BillingAccountId, Changes, Field, Meanwhile, WorkspaceId};
use crate::intl;
use crate::pages::Desk;
use crate::pages::handover::Done;
use crate::pages::leaving::guard;
use crate::pages::load::{Load, Loaded};
use crate::pages::role::{OnlyLooking, may_only_look};
use crate::route::Route;
use crate::tabs::Told;
use crate::ui::{Heading, Notice, Tone};

/// The page.
#[component]
pub fn Edit(
    /// Whose account it is.
    workspace: WorkspaceId,
    /// Which account.
    id: BillingAccountId,
) -> impl IntoView {
    let desk = Desk::here()?;
    let only_look = may_only_look(desk, &workspace);
    let back = Route::BillingAccount(workspace.clone(), id.clone()).href();
    let asked = workspace.clone();
    let load = Load::start(desk, move || {
        let (workspace, id) = (asked.clone(), id.clone());
        async move { desk.client.billing_account(&workspace, &id).await }
    });
    let name = move || load.value().map_or_else(|| "Billing account".to_owned(), |account| account.title().to_owned());
    let page = Callback::new(move |account: BillingAccount| {
        let workspace = workspace.clone();
        let editor = move || {
            if only_look.get() {
                view! { <OnlyLooking /> {account_view(&account)} }.into_any()
            } else {
                view! { <Editor desk workspace=workspace.clone() loaded=account.clone() /> }.into_any()
            }
        };
        editor.into_any()
    });
    Some(view! {
        <p class="back"><a href=back><bdi>{name}</bdi></a></p>
        <Heading text="Edit billing account" />
        <Loaded load what="billing account" children=page />
    })
}

/// What an edit needs besides its form, as a handle to pass around.
#[derive(Clone, Copy)]
struct Editing {
    desk: Desk,
    /// The account as it was stored when we last looked.
    account: RwSignal<BillingAccount>,
    form: AccountFormState,
    /// Fields to choose for.
    conflicts: RwSignal<Vec<Field>>,
    /// Fields that others changed and the user did not.
    theirs: RwSignal<Vec<Field>>,
    /// Why the last save found nothing to send.
    nothing_sent: RwSignal<Option<&'static str>>,
}

#[component]
fn Editor(desk: Desk, workspace: WorkspaceId, loaded: BillingAccount) -> impl IntoView {
    let cancel = Route::BillingAccount(workspace.clone(), loaded.id.clone()).href();
    let whose = workspace.clone();
    let account = RwSignal::new(loaded);
    let editing = Editing {
        desk,
        account,
        form: AccountFormState::new(Fields::over(account), Purpose::Update),
        conflicts: RwSignal::new(Vec::new()),
        theirs: RwSignal::new(Vec::new()),
        nothing_sent: RwSignal::new(None),
    };
    let Editing { form, conflicts, theirs, nothing_sent, .. } = editing;
    let typed = memo(move |_| {
        let draft = form.fields.draft();
        account.with(|account| Field::ALL.into_iter().any(|field| !is_unchanged(account.get(field), draft.get(field))))
    });
    guard(desk, Signal::derive(move || form.risk(typed.get())));
    let told = account.with_untracked(|account| told_of(desk, &workspace, &account.id));
    let currency = account.with_untracked(|account| currency_told(desk, &workspace, account, form.fields));
    // It is true of the moment it was said in: the next change takes it back.
    let still_nothing = memo(move |_| {
        let is_unchanged = || form.fields.draft().changes(&account.read()).is_ok_and(|changes| changes.is_empty());
        nothing_sent.get().filter(|_| is_unchanged())
    });
    let save = Callback::new(move |()| {
        nothing_sent.set(None);
        // The choices left to make take the focus again.
        if conflicts.with_untracked(|open| !open.is_empty()) {
            return conflicts.notify();
        }
        let draft = form.fields.draft_now();
        match account.with_untracked(|account| draft.changes(account)) {
            Err(_) => form.show_problems(),
            Ok(changes) if changes.is_empty() => {
                form.rest();
                nothing_sent.set(Some("Nothing has changed, so nothing was sent"));
            }
            Ok(_) => {
                form.begin();
                spawn_local(editing.save(workspace.clone()));
            }
        }
    });
    let request = Callback::new(move |()| {
        account.with_untracked(|account| {
            let changes = form.fields.draft_now().changes(account);
            let changes = changes.map_err(|problems| point_at_problems(form.fields, &problems))?;
            if changes.is_empty() {
                return Err("Nothing to copy: nothing has changed");
            }
            Ok(Copied::request(desk.client, Call::update(&whose, account, &changes)))
        })
    });
    view! {
        <ToldElsewhere
            told
            changed="Nothing that you typed was touched. Save as usual: what was changed there is kept, and where both \
                     changed the same field you choose."
            deleted="Everything you typed is still here, but there is nothing left to save it to: the API will refuse \
                     it. Copy what you need, or create a new account."
        />
        <Conflicts account fields=form.fields theirs open=conflicts />
        <AccountForm state=form label="Save changes" cancel currency save>
            <Review account fields=form.fields />
            <CopyAs take=request />
            <div role="status">
                {move || still_nothing.get().map(|title| view! { <Notice tone=Tone::Info title /> })}
            </div>
        </AccountForm>
    }
}

impl Editing {
    /// Looks at the account once more, then sends what changed.
    async fn save(self, workspace: WorkspaceId) {
        let Self { desk, account, form, .. } = self;
        let Some(loaded) = account.try_get_untracked() else { return };
        let look = desk.client.billing_account(&workspace, &loaded.id).await;
        let unseen = look.is_err();
        let now = match look {
            Ok(now) => now,
            // Whoever may not look, or looks in vain, may still be able to save: the look is only a help (api.md).
            Err(error) if may_save_unseen(&error) => loaded.clone(),
            Err(error) => return form.show_failure(error),
        };
        let Some(changes) = self.rebase(&loaded, now) else { return };
        let Some(account) = account.try_get_untracked() else { return };
        match desk.client.update_billing_account(&workspace, &account, &changes).await {
            // A reply for a page that is no longer shown is dropped (R6).
            Ok(_) if form.saving.is_disposed() => {}
            Ok(reply) => {
                let mut notes = notes(&account, &changes, &self.theirs.get_untracked(), &reply);
                if unseen {
                    notes.push(UNSEEN.to_owned());
                }
                desk.tabs.tell(&Told::Saved(workspace.clone(), reply.id.clone()));
                let route = Route::BillingAccount(workspace, reply.id.clone());
                desk.flash.leave(Done { text: "Billing account updated", notes, account: reply });
                desk.navigation.replace(&route);
            }
            Err(error) => form.show_failure(error),
        }
    }

    /// Puts what was typed on top of the account as it is now. `None` when there is nothing to send: the user has to
    /// choose first, others made the same change, or the page is gone.
    fn rebase(self, loaded: &BillingAccount, now: BillingAccount) -> Option<Changes> {
        let Self { account, form, conflicts, theirs, .. } = self;
        if form.saving.is_disposed() {
            return None;
        }
        let draft = form.fields.draft_now();
        let meanwhile = Meanwhile::between(loaded, &now, |field| draft.get(field));
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
        let changes = account.with_untracked(|account| form.fields.draft_now().changes(account));
        match changes {
            Err(_) => form.show_problems(),
            Ok(changes) if changes.is_empty() => {
                form.rest();
                self.nothing_sent.set(Some("The account already holds these values, so nothing was sent"));
            }
            Ok(changes) => return Some(changes),
        }
        None
    }
}

/// After a refusal to show the account, or a failure of the API to do so, saving may still work. After no answer it is
/// not tried: nothing was sent so far, and that is the better place to stop.
fn may_save_unseen(error: &ApiError) -> bool {
    matches!(&error.cause, Cause::Status(answer) if answer.status == 403 || answer.status >= 500)
}

/// What a save that could not look first may have done to an address, of which the whole is sent.
const UNSEEN: &str = "The account could not be looked at before it was saved: if someone else changed its address \
                      meanwhile, look whether that change is still there.";

/// What there is to say about an update of `account` besides that it was made.
fn notes(account: &BillingAccount, changes: &Changes, theirs: &[Field], reply: &BillingAccount) -> Vec<String> {
    let format = AddressFormat::of(reply.get(Field::Country).unwrap_or_default());
    let names = |fields: &[Field]| fields.iter().map(|&field| format.label(field)).collect::<Vec<_>>().join(", ");
    let shown = |field, text: Option<&str>| match (field, text) {
        (_, None) => "empty".to_owned(),
        (Field::Country, Some(code)) => intl::country_name(code),
        (_, Some(text)) => format!("“{text}”"),
    };
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

/// The currency of an account that exists: told, with the reason why it is not asked, and the way to another (E20).
fn currency_told(desk: Desk, workspace: &WorkspaceId, account: &BillingAccount, fields: Fields) -> AnyView {
    let name = account.get(Field::Currency).filter(|code| !code.is_empty()).map(intl::currency_name);
    let new = Route::NewBillingAccount(workspace.clone()).href();
    let copy = move |event: MouseEvent| {
        // A form that opens in another tab begins empty: what is carried must not wait here for some later form.
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            desk.prefill.leave(fields.draft_now().without(Field::Currency));
        }
    };
    view! {
        <div class="field">
            <p class="field-name">{Field::Currency.label()}</p>
            <p>{name.unwrap_or_else(|| "Not known".to_owned())}</p>
            <p class="field-hint">"It cannot be changed: the invoices and the balance of this account are in it."</p>
            <p><a href=new on:click=copy>"New account in another currency"</a></p>
        </div>
    }
    .into_any()
}

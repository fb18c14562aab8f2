//! Change a billing account: what changed is sent, and nothing else (R8), over what it is now and not over what it was
//! when the form was opened (R7).
//!
//! One race is left, since the API has no version to compare: a change that somebody else makes between our last look
//! and the PATCH, a fraction of a second later.

use leptos::prelude::*;
use web_sys::MouseEvent;

use crate::api::Call;
use crate::browser::intl;
use crate::domain::changes::is_unchanged;
use crate::domain::{BillingAccount, BillingAccountId, Field, WorkspaceId};
use crate::navigation::leave_guard::guard;
use crate::pages::Desk;
use crate::pages::billing_accounts::detail::{account_id, account_view};
use crate::pages::billing_accounts::edit_session::Editing;
use crate::pages::billing_accounts::form::account_form::AccountForm;
use crate::pages::billing_accounts::form::conflicts::Conflicts;
use crate::pages::billing_accounts::form::copy_as::{Copied, CopyAs, point_at_problems};
use crate::pages::billing_accounts::form::fields::Fields;
use crate::pages::billing_accounts::form::review::Review;
use crate::pages::billing_accounts::remote_change::{ToldElsewhere, told_of};
use crate::pages::shared::archived_notice::ArchivedNotice;
use crate::pages::shared::query::{Load, Loaded};
use crate::pages::shared::read_only::{LateRole, OnlyLooking, gives_way, may_only_look};
use crate::route::Route;
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
    let gives_way = gives_way(desk, only_look);
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
            if gives_way.get() {
                view! { <OnlyLooking /> {account_id(&account.id)} {account_view(&account)} }.into_any()
            } else {
                view! {
                    <LateRole only_look gives_way />
                    <Editor desk workspace=workspace.clone() loaded=account.clone() />
                }
                .into_any()
            }
        };
        editor.into_any()
    });
    Some(view! {
        <p class="back"><a href=back><bdi>{name}</bdi></a></p>
        <Heading text="Edit billing account" />
        <ArchivedNotice desk />
        <Loaded load what="billing account" children=page />
    })
}

#[component]
fn Editor(desk: Desk, workspace: WorkspaceId, loaded: BillingAccount) -> impl IntoView {
    let cancel = Route::BillingAccount(workspace.clone(), loaded.id.clone()).href();
    let editing = Editing::new(desk, workspace.clone(), loaded);
    let Editing { account, form, conflicts, theirs, nothing_sent, .. } = editing;
    let typed = Memo::new(move |_| {
        let draft = form.fields.draft();
        account.with(|account| Field::ALL.into_iter().any(|field| !is_unchanged(account.get(field), draft.get(field))))
    });
    guard(desk, Signal::derive(move || form.risk(typed.get())));
    let told = account.with_untracked(|account| told_of(desk, &workspace, &account.id));
    let currency = account.with_untracked(|account| currency_told(desk, &workspace, account, form.fields));
    // It is true of the moment it was said in: the next change takes it back.
    let still_nothing = Memo::new(move |_| {
        let is_unchanged = || form.fields.draft().changes(&account.get()).is_ok_and(|changes| changes.is_empty());
        nothing_sent.get().filter(|_| is_unchanged())
    });
    let save = Callback::new(move |()| editing.save());
    let check = Callback::new(move |()| editing.check());
    let request = Callback::new(move |_| {
        account.with_untracked(|account| {
            let changes = form.fields.draft_now().changes(account);
            let changes = changes.map_err(|problems| point_at_problems(form.fields, &problems))?;
            if changes.is_empty() {
                return Err("Nothing to copy: nothing has changed");
            }
            Ok(Copied::request(desk.client, Call::update(&workspace, account, &changes)))
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
        <AccountForm state=form label="Save changes" cancel currency save check copy=view! { <CopyAs take=request /> }.into_any()>
            <Review account fields=form.fields />
            <div role="status">
                {move || still_nothing.get().map(|title| view! { <Notice tone=Tone::Info title /> })}
            </div>
        </AccountForm>
    }
}

/// The currency of an account that exists: told, with the reason why it is not asked, and the way to another (E20).
fn currency_told(desk: Desk, workspace: &WorkspaceId, account: &BillingAccount, fields: Fields) -> AnyView {
    let name = account.get(Field::Currency).filter(|code| !code.is_empty()).map(intl::currency_name);
    let new = Route::NewBillingAccount(workspace.clone()).href();
    let copy = move |event: MouseEvent| {
        // These open the form in another tab, where it begins empty, or download it: the copy must not wait here for some
        // later form.
        if !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key()) {
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

//! The page that edits a billing account. A save sends only the changes, compared with the current account and not with
//! the one that the form was opened with.
//!
//! One race remains, because the API offers no version to compare: another user's change between the last fetch and the
//! PATCH, a fraction of a second later, is not noticed.

use leptos::prelude::*;
use web_sys::MouseEvent;

use crate::api::ApiRequest;
use crate::browser::intl;
use crate::context::{AppContext, use_app};
use crate::domain::changes::is_unchanged;
use crate::domain::{BillingAccount, BillingAccountId, Field, WorkspaceId};
use crate::navigation::leave_guard::use_leave_guard;
use crate::pages::billing_accounts::account_details::{AccountDetails, account_id};
use crate::pages::billing_accounts::edit_session::EditSession;
use crate::pages::billing_accounts::form::account_fields::AccountFields;
use crate::pages::billing_accounts::form::account_form::AccountForm;
use crate::pages::billing_accounts::form::conflicts::Conflicts;
use crate::pages::billing_accounts::form::copy_as::{CopyAs, CopyPayload, reject_copy};
use crate::pages::billing_accounts::form::review::Review;
use crate::pages::billing_accounts::remote_change::{RemoteChangeNotice, watch_remote_changes};
use crate::pages::shared::archived_notice::ArchivedNotice;
use crate::pages::shared::query::QueryView;
use crate::pages::shared::read_only::{ReadOnlyNotice, ReadOnlyWarning, hide_form, is_viewer};
use crate::route::Route;
use crate::ui::{Heading, Notice, Tone};

/// The page.
#[component]
pub fn Edit(
    /// The workspace of the account.
    workspace: WorkspaceId,
    /// The ID of the account.
    id: BillingAccountId,
) -> impl IntoView {
    let app = use_app()?;
    let read_only = is_viewer(app.client, app.session, app.current_workspace, &workspace);
    let hide_form = hide_form(app.leave_guard, read_only);
    let back = Route::BillingAccount(workspace.clone(), id.clone()).href();
    let query = app.query({
        let workspace = workspace.clone();
        move || {
            let (workspace, id) = (workspace.clone(), id.clone());
            async move { app.client.billing_account(&workspace, &id).await }
        }
    });
    let name = move || query.value().map_or_else(|| "Billing account".to_owned(), |account| account.title().to_owned());
    let page = Callback::new(move |account: BillingAccount| {
        let workspace = workspace.clone();
        let editor = move || {
            if hide_form.get() {
                view! { <ReadOnlyNotice /> {account_id(&account.id)} <AccountDetails account=account.clone() edit_href=Signal::stored(None::<String>) /> }.into_any()
            } else {
                view! {
                    <ReadOnlyWarning read_only hide_form />
                    <Editor app workspace=workspace.clone() loaded=account.clone() />
                }
                .into_any()
            }
        };
        editor.into_any()
    });
    Some(view! {
        <p class="back"><a href=back><bdi>{name}</bdi></a></p>
        <Heading text="Edit billing account" />
        <ArchivedNotice current_workspace=app.current_workspace />
        <QueryView query name="billing account" children=page />
    })
}

#[component]
fn Editor(app: AppContext, workspace: WorkspaceId, loaded: BillingAccount) -> impl IntoView {
    let cancel = Route::BillingAccount(workspace.clone(), loaded.id.clone()).href();
    let edit_session = EditSession::new(app, workspace.clone(), loaded);
    let EditSession { account, form, conflicts, theirs, nothing_sent, .. } = edit_session;
    let has_input = Memo::new(move |_| {
        let draft = form.fields.draft();
        account.with(|account| Field::ALL.into_iter().any(|field| !is_unchanged(account.get(field), draft.get(field))))
    });
    use_leave_guard(app.leave_guard, Signal::derive(move || form.unsaved_state(has_input.get())));
    let remote_change = account.with_untracked(|account| watch_remote_changes(app, &workspace, &account.id));
    let currency = view! {
        <CurrencyReadOnly app workspace=workspace.clone() account=account.get_untracked() fields=form.fields />
    }
    .into_any();
    // The message is stale after the next change, and removed then.
    let no_changes = Memo::new(move |_| {
        let is_unchanged = || form.fields.draft().changes(&account.get()).is_ok_and(|changes| changes.is_empty());
        nothing_sent.get().filter(|_| is_unchanged())
    });
    let save = Callback::new(move |()| edit_session.save());
    let check = Callback::new(move |()| edit_session.check());
    let payload = Callback::new(move |_| {
        account.with_untracked(|account| {
            let changes = form.submit_changes(account).map_err(reject_copy)?;
            if changes.is_empty() {
                return Err("Nothing to copy: nothing has changed");
            }
            Ok(CopyPayload::request(app.client, ApiRequest::update(&workspace, account, &changes)))
        })
    });
    view! {
        <RemoteChangeNotice
            remote_change
            changed="Nothing that you typed was touched. Save as usual: what was changed there is kept, and where both \
                     changed the same field you choose."
            deleted="Everything you typed is still here, but there is nothing left to save it to: the API will refuse \
                     it. Copy what you need, or create a new account."
        />
        <Conflicts account fields=form.fields theirs unresolved=conflicts />
        <AccountForm state=form label="Save changes" cancel currency save check copy=view! { <CopyAs payload /> }.into_any()>
            <Review account fields=form.fields />
            <div role="status">
                {move || no_changes.get().map(|title| view! { <Notice tone=Tone::Info title /> })}
            </div>
        </AccountForm>
    }
}

/// The currency of an existing account: it can't be changed, but the account can be duplicated in another one.
#[component]
fn CurrencyReadOnly(
    app: AppContext,
    workspace: WorkspaceId,
    account: BillingAccount,
    fields: AccountFields,
) -> impl IntoView {
    let name = account.get(Field::Currency).filter(|code| !code.is_empty()).map(intl::currency_name);
    let new = Route::NewBillingAccount(workspace).href();
    let duplicate = move |event: MouseEvent| {
        // A modified click opens the form in another tab, where it starts empty, or downloads the page. The duplicate
        // must not wait in this tab for a later form.
        if !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key()) {
            app.prefill.put(fields.draft_untracked().without(Field::Currency));
        }
    };
    view! {
        <div class="field">
            <p class="field-name">{Field::Currency.label()}</p>
            <p>{name.unwrap_or_else(|| "Not known".to_owned())}</p>
            <p class="field-hint">"It cannot be changed: the invoices and the balance of this account are in it."</p>
            <p><a href=new on:click=duplicate>"New account in another currency"</a></p>
        </div>
    }
}

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
use crate::domain::{BillingAccount, BillingAccountId, Draft, Field, WorkspaceId};
use crate::navigation::leave_guard::use_leave_guard;
use crate::pages::billing_accounts::edit_session::EditSession;
use crate::pages::billing_accounts::form::account_fields::AccountFields;
use crate::pages::billing_accounts::form::account_form::AccountForm;
use crate::pages::billing_accounts::form::conflicts::Conflicts;
use crate::pages::billing_accounts::form::copy_as::{CopyPayload, reject_copy};
use crate::pages::billing_accounts::form::draft_storage::store;
use crate::pages::billing_accounts::form::draft_storage::stored_edits::{self, StoredEdit};
use crate::pages::billing_accounts::form::preview::Preview;
use crate::pages::billing_accounts::form::review::Review;
use crate::pages::billing_accounts::form::workspace_accounts::WorkspaceAccounts;
use crate::pages::billing_accounts::remote_change::{RemoteChangeNotice, watch_remote_changes};
use crate::pages::shared::archived_notice::ArchivedNotice;
use crate::pages::shared::flash::ViewOnlyFlash;
use crate::pages::shared::query::QueryView;
use crate::pages::shared::read_only::{ReadOnlyWarning, hide_form, is_viewer, redirect_viewer};
use crate::route::Route;
use crate::session::sign_in::SignIn;
use crate::ui::Heading;

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
    let account_page = Route::BillingAccount(workspace.clone(), id.clone());
    let back = account_page.href();
    redirect_viewer(app.navigation, hide_form, app.view_only, ViewOnlyFlash::Edit, account_page);
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
                ().into_any()
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
        <Heading text=Signal::derive(move || query.heading("Edit billing account").to_owned()) />
        <ArchivedNotice current_workspace=app.current_workspace />
        <QueryView query name="billing account" children=page />
    })
}

#[component]
fn Editor(app: AppContext, workspace: WorkspaceId, loaded: BillingAccount) -> impl IntoView {
    let cancel = Route::BillingAccount(workspace.clone(), loaded.id.clone()).href();
    let workspace_accounts = WorkspaceAccounts::load(app, &workspace);
    let accounts = Signal::derive(move || workspace_accounts.accounts.with(|page| page.items.clone()));
    let edit_session = EditSession::new(app, workspace.clone(), loaded);
    let EditSession { original, account, form, conflicts, theirs, nothing_sent, .. } = edit_session;
    // Without a popup the tab itself leaves to sign in again. It stores the changes before, and they are back here after.
    let key = account.with_untracked(|account| store::storage_key(&workspace, Some(&account.id)));
    edit_session.restore(&stored_edits::take(app.session, &key));
    let changes = Memo::new(move |_| {
        let draft = form.fields.draft();
        account.with(|account| Field::ALL.into_iter().filter(|&field| is_changed(account, field, &draft)).count())
    });
    use_leave_guard(app.leave_guard, Signal::derive(move || form.unsaved_state(changes.get() > 0)));
    if let Some(sign_in) = use_context::<SignIn>() {
        sign_in.before_leaving(Callback::new(move |()| {
            let draft = form.fields.draft_untracked();
            let edits = account.with_untracked(|account| {
                let changed = Field::ALL.into_iter().filter(|&field| is_changed(account, field, &draft));
                let edit = |field| StoredEdit {
                    field,
                    original: account.get(field).unwrap_or_default().to_owned(),
                    text: draft.get(field).to_owned(),
                };
                changed.map(edit).collect()
            });
            form.draft_store.keep_edits(edits)
        }));
    }
    let remote_change = account.with_untracked(|account| watch_remote_changes(app, &workspace, &account.id));
    let currency = view! {
        <CurrencyReadOnly app workspace=workspace.clone() account=account.get_untracked() fields=form.fields />
    }
    .into_any();
    let progress = Signal::derive(move || match changes.get() {
        // The list of changes says that there are none.
        0 => String::new(),
        1 => "1 change".to_owned(),
        count => format!("{count} changes"),
    });
    // The message is stale after the next change or choice.
    let clear_message = move |now: &(usize, usize), before: Option<&(usize, usize)>, _: Option<()>| {
        if now.0 > 0 || before.is_some_and(|before| now.1 < before.1) {
            nothing_sent.set(None);
        }
    };
    let progress_made = Memo::new(move |_| (changes.get(), conflicts.with(Vec::len)));
    Effect::watch(move || progress_made.get(), clear_message, false);
    let save = Callback::new(move |()| edit_session.save());
    let check = Callback::new(move |()| edit_session.check());
    let payload = Callback::new(move |_| {
        account.with_untracked(|account| {
            let changes = form.submit_changes(account).map_err(reject_copy)?;
            if changes.is_empty() {
                return Err("No changes to copy");
            }
            Ok(CopyPayload::request(app.client, ApiRequest::update(&workspace, account, &changes)))
        })
    });
    view! {
        <RemoteChangeNotice
            remote_change
            changed="What you typed is still here. When you save, both changes are kept, and you choose where they differ."
            deleted="Your changes can’t be saved. Copy what you need, or create a new account."
        />
        <Conflicts original account fields=form.fields theirs unresolved=conflicts />
        <AccountForm
            state=form
            label="Save changes"
            cancel
            accounts
            currency
            save
            check
            progress
            message=nothing_sent
            payload
        >
            <Preview fields=form.fields />
            <Review account fields=form.fields />
        </AccountForm>
    }
}

/// Whether a draft changes a field. The currency cannot be changed.
fn is_changed(account: &BillingAccount, field: Field, draft: &Draft) -> bool {
    field != Field::Currency && !is_unchanged(account.get(field), draft.get(field))
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
        <div class="panel-section">
            <h2>{Field::Currency.label()}</h2>
            <div class="field">
                <p>{name.unwrap_or_else(|| "Not known".to_owned())}</p>
                <p class="field-hint">"Can’t be changed, because invoices already use it."</p>
                <p><a href=new on:click=duplicate>"Duplicate in another currency"</a></p>
            </div>
        </div>
    }
}

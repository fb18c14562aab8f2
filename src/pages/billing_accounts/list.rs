//! The page that lists a workspace's billing accounts and its capacity. Either is shown without the other.

use leptos::prelude::*;

use crate::api::wire::ListPage;
use crate::browser::download::download;
use crate::browser::intl;
use crate::context::use_app;
use crate::domain::account_csv::accounts_csv;
use crate::domain::{BillingAccount, WorkspaceId};
use crate::pages::billing_accounts::account_table::AccountTable;
use crate::pages::billing_accounts::created_twice::CreatedTwiceNotice;
use crate::pages::billing_accounts::form::capacity::{AT_CAPACITY, Capacity};
use crate::pages::billing_accounts::form::workspace_accounts::WorkspaceAccounts;
use crate::pages::billing_accounts::kept_draft::KeptDraft;
use crate::pages::shared::archived_notice::ArchivedNotice;
use crate::pages::shared::error_messages::Missing;
use crate::pages::shared::flash::DeletedFlash;
use crate::pages::shared::flash_message::FlashMessage;
use crate::pages::shared::query::{Query, QueryView};
use crate::pages::shared::read_only::{READ_ONLY_HINT, ViewOnlyMessage, is_viewer};
use crate::route::Route;
use crate::ui::{ChangingText, Heading, Icon, IconKind};

/// The maximum number of rendered accounts. No billing mode allows as many, and thousands would block the page.
const MAX_SHOWN: usize = 100;

/// The page.
#[component]
pub fn List(
    /// The workspace of the accounts.
    workspace: WorkspaceId,
) -> impl IntoView {
    let app = use_app()?;
    let read_only = is_viewer(app.client, app.session, app.current_workspace, &workspace);
    let new = Route::NewBillingAccount(workspace.clone()).href();
    let WorkspaceAccounts { accounts, capacity } = WorkspaceAccounts::load(app, &workspace);
    let is_full = Memo::new(move |_| capacity.with(|capacity| capacity.as_ref().is_some_and(|capacity| capacity.full)));
    // Without its workspace no account can be created.
    let lacks_workspace = Memo::new(move |_| accounts.missing() == Some(Missing::Workspace));
    let action = move || {
        if read_only.get() {
            return view! { <p class="quiet">{READ_ONLY_HINT}</p> }.into_any();
        }
        if is_full.get() || lacks_workspace.get() {
            return ().into_any();
        }
        view! { <a class="button button-primary" href=new.clone()><Icon kind=IconKind::Plus /> "New billing account"</a> }.into_any()
    };
    Some(view! {
        <p class="back"><a href="/">"Workspaces"</a></p>
        <div class="page-head">
            <div>
                <Heading text=Signal::derive(move || accounts.heading("Billing accounts").to_owned()) />
                <Usage capacity />
            </div>
            <div class="actions">
                <ExportButton accounts />
                {action}
            </div>
        </div>
        <ArchivedNotice current_workspace=app.current_workspace />
        <FlashMessage message=app.deleted.take().map(DeletedFlash::message) />
        <ViewOnlyMessage flash=app.view_only />
        <CreatedTwiceNotice workspace=workspace.clone() />
        <KeptDraft app workspace=workspace.clone() />
        <QueryView query=accounts name="billing accounts" children=Callback::new(move |page| list(&workspace, page, read_only)) />
    })
}

/// How many accounts are used, as a meter and as text.
#[component]
fn Usage(capacity: Memo<Option<Capacity>>) -> impl IntoView {
    let is_known = Memo::new(move |_| capacity.with(Option::is_some));
    let text = Signal::derive(move || {
        let Some(capacity) = capacity.get() else { return String::new() };
        if capacity.full { format!("{}. {AT_CAPACITY}.", capacity.text) } else { capacity.text }
    });
    let used = move || capacity.with(|capacity| capacity.as_ref().map(|capacity| capacity.used.to_string()));
    let limit = move || capacity.with(|capacity| capacity.as_ref().map(|capacity| capacity.limit.to_string()));
    move || {
        is_known.get().then(|| {
            view! {
                <div class="usage">
                    <meter min="0" max=limit value=used aria-hidden="true"></meter>
                    <span><ChangingText text /></span>
                </div>
            }
        })
    }
}

/// Downloads all loaded accounts.
#[component]
fn ExportButton(accounts: Query<ListPage<BillingAccount>>) -> impl IntoView {
    let has_accounts = Memo::new(move |_| accounts.with(|page| !page.items.is_empty()) == Some(true));
    let export = move |_| {
        if let Some(csv) = untrack(|| accounts.with(|page| accounts_csv(&page.items))) {
            // Fails only where the browser forbids downloads, which it tells the user itself.
            _ = download("billing-accounts.csv", "text/csv", &csv);
        }
    };
    move || {
        has_accounts.get().then(|| {
            view! {
                <button type="button" class="button" on:click=export><Icon kind=IconKind::Download /> "Export CSV"</button>
            }
        })
    }
}

fn list(workspace: &WorkspaceId, page: ListPage<BillingAccount>, read_only: ReadSignal<bool>) -> AnyView {
    if page.items.is_empty() {
        let new = Route::NewBillingAccount(workspace.clone()).href();
        return view! {
            <div class="empty">
                <h2>"No billing accounts yet"</h2>
                <p>"A billing account sets who gets the invoices, where, and in which currency."</p>
                <p hidden=move || read_only.get()><a class="button" href=new>"Create billing account"</a></p>
            </div>
        }
        .into_any();
    }
    let count = count(&page).map(|count| view! { <p class="quiet">{count}</p> });
    let mut accounts = page.items;
    accounts.truncate(MAX_SHOWN);
    view! { {count} <AccountTable workspace=workspace.clone() accounts /> }.into_any()
}

/// The count of the accounts, when not all of them are shown.
fn count(page: &ListPage<BillingAccount>) -> Option<String> {
    let total = page.items.len();
    let shown = intl::number(total.min(MAX_SHOWN));
    match (total > MAX_SHOWN, page.has_more) {
        (true, true) => Some(format!("{shown} of more than {} billing accounts are shown.", intl::number(total))),
        (true, false) => Some(format!("{shown} of {} billing accounts are shown.", intl::number(total))),
        (false, true) => Some("There are more billing accounts than are listed here.".to_owned()),
        (false, false) => None,
    }
}

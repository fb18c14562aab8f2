//! The page that lists a workspace's billing accounts and its capacity. Either is shown without the other.

use leptos::prelude::*;

use crate::api::wire::ListPage;
use crate::browser::intl;
use crate::context::use_app;
use crate::domain::{BillingAccount, Field, WorkspaceId};
use crate::pages::billing_accounts::created_twice::CreatedTwiceNotice;
use crate::pages::billing_accounts::form::capacity::{AT_CAPACITY, Capacity};
use crate::pages::billing_accounts::form::workspace_accounts::WorkspaceAccounts;
use crate::pages::shared::archived_notice::ArchivedNotice;
use crate::pages::shared::flash::DeletedFlash;
use crate::pages::shared::flash_message::FlashMessage;
use crate::pages::shared::query::QueryView;
use crate::pages::shared::read_only::{READ_ONLY_HINT, is_viewer};
use crate::route::Route;
use crate::ui::{ChangingText, Heading};

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
    let action = move || {
        if read_only.get() {
            return view! { <p class="quiet">{READ_ONLY_HINT}</p> }.into_any();
        }
        match capacity.get() {
            Some(Capacity { full: true, .. }) => ().into_any(),
            _ => view! { <a class="button button-primary" href=new.clone()>"New billing account"</a> }.into_any(),
        }
    };
    let capacity_text = Signal::derive(move || {
        let Some(capacity) = capacity.get() else { return String::new() };
        let advice = "To make room, open one that is no longer used and delete it, or ask an owner to change how the \
                     workspace is billed.";
        if capacity.full { format!("{}. {AT_CAPACITY}. {advice}", capacity.text) } else { capacity.text + "." }
    });
    let is_capacity_known = Memo::new(move |_| capacity.with(Option::is_some));
    let capacity_view =
        move || is_capacity_known.get().then(|| view! { <p class="quiet"><ChangingText text=capacity_text /></p> });
    Some(view! {
        <p class="back"><a href="/">"Workspaces"</a> " / " <bdi>{move || app.current_workspace.name()}</bdi></p>
        <div class="page-head">
            <Heading text="Billing accounts" />
            {action}
        </div>
        <ArchivedNotice current_workspace=app.current_workspace />
        <FlashMessage message=app.deleted.take().map(DeletedFlash::message) />
        <CreatedTwiceNotice workspace=workspace.clone() />
        {capacity_view}
        <QueryView query=accounts name="billing accounts" children=Callback::new(move |page| list(&workspace, page, read_only)) />
    })
}

fn list(workspace: &WorkspaceId, page: ListPage<BillingAccount>, read_only: ReadSignal<bool>) -> AnyView {
    if page.items.is_empty() {
        let new = Route::NewBillingAccount(workspace.clone()).href();
        return view! {
            <div class="empty">
                <h2>"No billing account yet"</h2>
                <p>"A billing account holds who is billed, in which currency and where the invoices go."</p>
                <p hidden=move || read_only.get()><a class="button" href=new>"Create the first billing account"</a></p>
            </div>
        }
        .into_any();
    }
    let count = count(&page).map(|count| view! { <p class="quiet">{count}</p> });
    let mut accounts = page.items;
    accounts.truncate(MAX_SHOWN);
    let workspace = workspace.clone();
    view! {
        {count}
        <ul class="cards">
            // Keyed by the whole account, so that only changed accounts are rendered again.
            <For each=move || accounts.clone() key=BillingAccount::clone let:account>
                <Item workspace=workspace.clone() account />
            </For>
        </ul>
    }
    .into_any()
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

#[component]
fn Item(workspace: WorkspaceId, account: BillingAccount) -> impl IntoView {
    let href = Route::BillingAccount(workspace, account.id.clone()).href();
    let text = |field| account.get(field).filter(|text| !text.is_empty());
    let created = account.created_at.as_deref().and_then(intl::date).map(|date| format!("Created {date}"));
    let currency = text(Field::Currency).map(str::to_ascii_uppercase);
    let facts = [text(Field::Country).map(intl::country_name), currency, created];
    let facts = facts.into_iter().flatten().map(|fact| view! { <span>{fact}</span> }).collect_view();
    view! {
        <li class="card">
            <a class="card-link" href=href><bdi>{account.title().to_owned()}</bdi></a>
            <span class="card-facts"><bdi>{text(Field::Email).unwrap_or("No email").to_owned()}</bdi></span>
            <span class="card-facts card-row">{facts}</span>
        </li>
    }
}

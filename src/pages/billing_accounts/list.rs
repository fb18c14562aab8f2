//! A workspace's billing accounts, and how many more it may have. Either half works without the other.

use leptos::prelude::*;

use crate::api::wire::Page;
use crate::browser::intl;
use crate::domain::{BillingAccount, Field, WorkspaceId};
use crate::pages::Desk;
use crate::pages::billing_accounts::created_twice::CreatedTwiceNotice;
use crate::pages::billing_accounts::form::capacity::{FULL, Room};
use crate::pages::billing_accounts::form::workspace_accounts::Neighbours;
use crate::pages::shared::archived_notice::ArchivedNotice;
use crate::pages::shared::flash::Deleted;
use crate::pages::shared::flash_message::Said;
use crate::pages::shared::query::Loaded;
use crate::pages::shared::read_only::{ONLY_LOOKING, may_only_look};
use crate::route::Route;
use crate::ui::{ChangingText, Heading};

/// The most accounts that are shown: no workspace that the API allows has as many, and thousands would hold up the page.
const MOST_SHOWN: usize = 100;

/// The page.
#[component]
pub fn List(
    /// Whose accounts.
    workspace: WorkspaceId,
) -> impl IntoView {
    let desk = Desk::here()?;
    let only_look = may_only_look(desk, &workspace);
    let new = Route::NewBillingAccount(workspace.clone()).href();
    let Neighbours { accounts, room } = Neighbours::load(desk, &workspace);
    let shown_in = workspace.clone();
    let action = move || {
        if only_look.get() {
            return view! { <p class="quiet">{ONLY_LOOKING}</p> }.into_any();
        }
        match room.get() {
            Some(Room { full: true, .. }) => ().into_any(),
            _ => view! { <a class="button button-primary" href=new.clone()>"New billing account"</a> }.into_any(),
        }
    };
    let room_text = Signal::derive(move || {
        let Some(room) = room.get() else { return String::new() };
        let to_do = "To make room, open one that is no longer used and delete it, or ask an owner to change how the \
                     workspace is billed.";
        if room.full { format!("{}. {FULL}. {to_do}", room.text) } else { room.text + "." }
    });
    let has_room = Memo::new(move |_| room.with(Option::is_some));
    let room_view = move || has_room.get().then(|| view! { <p class="quiet"><ChangingText text=room_text /></p> });
    Some(view! {
        <p class="back"><a href="/">"Workspaces"</a> " / " <bdi>{move || desk.place.name()}</bdi></p>
        <div class="page-head">
            <Heading text="Billing accounts" />
            {action}
        </div>
        <ArchivedNotice desk />
        <Said said=desk.deleted.take().map(Deleted::said) />
        <CreatedTwiceNotice workspace=shown_in />
        {room_view}
        <Loaded load=accounts what="billing accounts" children=Callback::new(move |page| list(&workspace, page, only_look)) />
    })
}

fn list(workspace: &WorkspaceId, page: Page<BillingAccount>, only_look: ReadSignal<bool>) -> AnyView {
    if page.items.is_empty() {
        let new = Route::NewBillingAccount(workspace.clone()).href();
        return view! {
            <div class="empty">
                <h2>"No billing account yet"</h2>
                <p>"A billing account holds who is billed, in which currency and where the invoices go."</p>
                <p hidden=move || only_look.get()><a class="button" href=new>"Create the first billing account"</a></p>
            </div>
        }
        .into_any();
    }
    let count = count(&page).map(|count| view! { <p class="quiet">{count}</p> });
    let mut accounts = page.items;
    accounts.truncate(MOST_SHOWN);
    let workspace = workspace.clone();
    view! {
        {count}
        <ul class="cards">
            // By all that an account holds: one that has changed is rendered anew, and the others stay as they are.
            <For each=move || accounts.clone() key=BillingAccount::clone let:account>
                <Item workspace=workspace.clone() account />
            </For>
        </ul>
    }
    .into_any()
}

/// How many accounts there are, when not all of them are shown.
fn count(page: &Page<BillingAccount>) -> Option<String> {
    let all = page.items.len();
    let shown = intl::number(all.min(MOST_SHOWN));
    match (all > MOST_SHOWN, page.has_more) {
        (true, true) => Some(format!("{shown} of more than {} billing accounts are shown.", intl::number(all))),
        (true, false) => Some(format!("{shown} of {} billing accounts are shown.", intl::number(all))),
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

//! A workspace's billing accounts.

use leptos::prelude::*;

use crate::api::wire::Page;
use crate::domain::{BillingAccount, Field, WorkspaceId};
use crate::pages::Desk;
use crate::pages::load::{Load, Loaded};
use crate::route::Route;
use crate::ui::Heading;

/// The page.
#[component]
pub fn List(
    /// Whose accounts.
    workspace: WorkspaceId,
) -> impl IntoView {
    let desk = Desk::here()?;
    let new = Route::NewBillingAccount(workspace.clone()).href();
    let asked = workspace.clone();
    let load = Load::start(desk, move || {
        let workspace = asked.clone();
        async move { desk.client.billing_accounts(&workspace).await }
    });
    Some(view! {
        <div class="page-head">
            <Heading text="Billing accounts" />
            <a class="button button-primary" href=new>"New billing account"</a>
        </div>
        <Loaded
            load
            what="billing accounts"
            children=Callback::new(move |page| list(&workspace, page))
        />
    })
}

fn list(workspace: &WorkspaceId, page: Page<BillingAccount>) -> AnyView {
    let empty = page.items.is_empty().then(|| {
        view! { <p>"There is no billing account in this workspace yet. Create the first one to be able to subscribe."</p> }
    });
    let more =
        page.has_more.then(|| view! { <p class="quiet">"There are more billing accounts than are listed here."</p> });
    let items = page.items.into_iter().map(|account| item(workspace, &account)).collect_view();
    view! { {empty} <ul class="cards">{items}</ul> {more} }.into_any()
}

fn item(workspace: &WorkspaceId, account: &BillingAccount) -> AnyView {
    let href = Route::BillingAccount(workspace.clone(), account.id.clone()).href();
    let email = account.get(Field::Email).unwrap_or_default().to_owned();
    view! {
        <li class="card">
            <a class="card-link" href=href><bdi>{account.title().to_owned()}</bdi></a>
            <span class="card-facts"><bdi>{email}</bdi></span>
        </li>
    }
    .into_any()
}

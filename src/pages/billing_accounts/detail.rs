//! One billing account, with everything that the API says of it.

use leptos::prelude::*;

use crate::domain::{BillingAccount, BillingAccountId, Field, WorkspaceId};
use crate::intl;
use crate::pages::Desk;
use crate::pages::load::{Load, Loaded};
use crate::route::Route;
use crate::ui::{CopyButton, Heading, Notice, Tone};

/// The page. Just after a save it shows the account that the API answered; it is not fetched again.
#[component]
pub fn Detail(
    /// Whose account it is.
    workspace: WorkspaceId,
    /// Which account.
    id: BillingAccountId,
) -> impl IntoView {
    let desk = Desk::here()?;
    let done = desk.flash.take().filter(|done| done.account.id == id);
    let accounts = Route::BillingAccounts(workspace.clone()).href();
    let edit = Route::EditBillingAccount(workspace.clone(), id.clone()).href();
    let said = done.as_ref().map(|done| done.text);
    let load = match done {
        Some(done) => Load::ready(done.account),
        None => Load::start(desk, move || {
            let (workspace, id) = (workspace.clone(), id.clone());
            async move { desk.client.billing_account(&workspace, &id).await }
        }),
    };
    let title = Signal::derive(move || match load.value() {
        Some(account) => account.title().to_owned(),
        None => "Billing account".to_owned(),
    });
    // The live region is there first and is filled then: a screen reader says what changes in it.
    let status = RwSignal::new(None);
    Effect::new(move |_| status.set(said));
    Some(view! {
        <p class="back"><a href=accounts>"Billing accounts"</a></p>
        <div class="page-head">
            <Heading text=title />
            <a class="button button-primary" href=edit>"Edit"</a>
        </div>
        <div role="status">{move || status.get().map(|text| view! { <Notice tone=Tone::Success title=text /> })}</div>
        <Loaded
            load
            what="billing account"
            children=Callback::new(|account| account_view(&account))
        />
    })
}

fn account_view(account: &BillingAccount) -> AnyView {
    let id = account.id.to_string();
    let fact = |field: Field| {
        let text = account.get(field).filter(|text| !text.is_empty());
        let shown = match field {
            Field::Currency => text.map(intl::currency_name),
            Field::Country => text.map(intl::country_name),
            _ => text.map(str::to_owned),
        };
        row(field.label(), shown)
    };
    let (address, main): (Vec<Field>, Vec<Field>) = Field::ALL.into_iter().partition(|field| field.in_address());
    let main = main.into_iter().map(fact).collect_view();
    let address = address.into_iter().map(fact).collect_view();
    view! {
        <dl class="facts">
            <div class="fact">
                <dt>"Id"</dt>
                <dd><code class="long">{id.clone()}</code> " " <CopyButton label="Copy id" text=id /></dd>
            </div>
            {main}
        </dl>
        <h2>"Address"</h2>
        <dl class="facts">{address}</dl>
        <h2>"History"</h2>
        <dl class="facts">
            {date("Created", account.created_at.clone())}
            {date("Last updated", account.updated_at.clone())}
        </dl>
    }
    .into_any()
}

fn row(name: &'static str, text: Option<String>) -> impl IntoView {
    let shown = match text {
        Some(text) => view! { <dd dir="auto">{text}</dd> }.into_any(),
        None => view! { <dd class="quiet">"Not given"</dd> }.into_any(),
    };
    view! { <div class="fact"><dt>{name}</dt>{shown}</div> }
}

fn date(name: &'static str, at: Option<String>) -> impl IntoView {
    let shown = at.map(|at| match intl::date_time(&at) {
        Some(text) => view! { <time datetime=at>{text}</time> }.into_any(),
        None => at.into_any(),
    });
    let shown = shown.unwrap_or_else(|| view! { <span class="quiet">"Not known"</span> }.into_any());
    view! { <div class="fact"><dt>{name}</dt><dd>{shown}</dd></div> }
}

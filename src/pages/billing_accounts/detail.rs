//! The page of one billing account, with all its data.

use leptos::prelude::*;

use crate::api::endpoint::Endpoint;
use crate::api::{ApiRequest, wire};
use crate::browser::broadcast::AccountEvent;
use crate::browser::intl;
use crate::context::{AppContext, use_app};
use crate::domain::address_format::postal_lines;
use crate::domain::{BillingAccount, BillingAccountId, Field, WorkspaceId};
use crate::pages::billing_accounts::created_twice::CreatedTwiceNotice;
use crate::pages::billing_accounts::delete::{DeleteAccount, Stage};
use crate::pages::billing_accounts::form::copy_as::{CopyAs, CopyPayload};
use crate::pages::billing_accounts::remote_change::{RemoteChangeNotice, watch_remote_changes};
use crate::pages::shared::archived_notice::ArchivedNotice;
use crate::pages::shared::flash_message::FlashMessage;
use crate::pages::shared::query::QueryView;
use crate::pages::shared::read_only::{READ_ONLY_HINT, is_viewer};
use crate::route::Route;
use crate::ui::{CopyButton, Heading};

/// The page. Just after a save it shows the account of the reply, which is fetched again only if its name or email is
/// missing.
#[component]
pub fn Detail(
    /// The workspace of the account.
    workspace: WorkspaceId,
    /// The ID of the account.
    id: BillingAccountId,
) -> impl IntoView {
    let app = use_app()?;
    let accounts = Route::BillingAccounts(workspace.clone()).href();
    let edit = Route::EditBillingAccount(workspace.clone(), id.clone()).href();
    let read_only = is_viewer(app.client, app.session, app.current_workspace, &workspace);
    let saved = app.flash.take().filter(|saved| saved.account.id == id);
    let flash_message = saved.as_ref().map(|saved| (saved.text, saved.notes.clone()));
    let remote_change = watch_remote_changes(app, &workspace, &id);
    let id_view = account_id(&id);
    let is_partial = saved.as_ref().is_some_and(|saved| saved.account.is_partial());
    let query = app.query_with(saved.map(|saved| saved.account), {
        let workspace = workspace.clone();
        move || {
            let (workspace, id) = (workspace.clone(), id.clone());
            async move { app.client.billing_account(&workspace, &id).await }
        }
    });
    // A partial reply to the save is completed in the background.
    if is_partial {
        query.revalidate();
    }
    // Revalidated only while the delete dialog is closed: a changed account rebuilds the dialog, and its input would be
    // lost.
    let delete_open = RwSignal::new(false);
    let is_stale = RwSignal::new(false);
    Effect::new(move |_| {
        if remote_change.with(|remote_change| matches!(remote_change, Some((AccountEvent::Saved(..), _)))) {
            is_stale.set(true);
        }
    });
    Effect::new(move |_| {
        if is_stale.get() && !delete_open.get() {
            is_stale.set(false);
            query.revalidate();
        }
    });
    let title = Signal::derive(move || match query.value() {
        Some(account) => account.title().to_owned(),
        None => "Billing account".to_owned(),
    });
    let action = move || {
        if remote_change.with(|remote_change| matches!(remote_change, Some((AccountEvent::Deleted(..), _)))) {
            return None;
        }
        if read_only.get() {
            return Some(view! { <p class="quiet">{READ_ONLY_HINT}</p> }.into_any());
        }
        let edit = edit.clone();
        query.value().map(|_| view! { <a class="button button-primary" href=edit>"Edit"</a> }.into_any())
    };
    let deletion = RwSignal::new(Stage::Confirming);
    let tools = {
        let workspace = workspace.clone();
        move || query.value().map(|account| tools(app, &workspace, account, deletion, delete_open, read_only))
    };
    Some(view! {
        <p class="back"><a href=accounts>"Billing accounts"</a></p>
        <div class="page-head">
            <div>
                <Heading text=title />
                {id_view}
            </div>
            {action}
        </div>
        <ArchivedNotice current_workspace=app.current_workspace />
        <FlashMessage message=flash_message />
        <CreatedTwiceNotice workspace />
        <RemoteChangeNotice
            remote_change
            changed="It is loaded again by itself. Reload the page if something is missing."
            deleted="What stands below is the last that was seen of it."
        />
        <QueryView query name="billing account" children=Callback::new(|account| account_view(&account)) />
        {tools}
    })
}

/// The actions for an account besides editing.
fn tools(
    app: AppContext,
    workspace: &WorkspaceId,
    account: BillingAccount,
    stage: RwSignal<Stage>,
    delete_open: RwSignal<bool>,
    read_only: ReadSignal<bool>,
) -> AnyView {
    let workspace = workspace.clone();
    let payload = Callback::new({
        let (workspace, account) = (workspace.clone(), account.clone());
        move |_| {
            let json = wire::billing_account_json(&workspace, &account);
            let request = ApiRequest::get(Endpoint::BillingAccount(&workspace, &account.id));
            Ok(CopyPayload { curl: app.client.curl(&request), json })
        }
    });
    let delete = move || {
        let (workspace, account) = (workspace.clone(), account.clone());
        (!read_only.get()).then(|| view! { <DeleteAccount app workspace account stage open=delete_open /> })
    };
    view! {
        <div class="account-tools">
            <CopyAs payload />
            {delete}
        </div>
    }
    .into_any()
}

/// An account's ID with a copy button. The account and its Stripe Customer have the same ID.
pub fn account_id(id: &BillingAccountId) -> AnyView {
    let id = id.to_string();
    view! {
        <p class="account-id">
            "Id " <code>{id.clone()}</code>
            <CopyButton label="Copy id" text=id />
        </p>
    }
    .into_any()
}

/// The other data of an account.
pub fn account_view(account: &BillingAccount) -> AnyView {
    let facts = Field::ALL.into_iter().filter(|field| !field.is_address()).map(|field| {
        let text = account.get(field).filter(|text| !text.is_empty());
        let value = match field {
            Field::Currency => text.map(intl::currency_name),
            _ => text.map(str::to_owned),
        };
        fact(field.label(), if account.is_missing(field) { unknown_view() } else { value_view(value) })
    });
    view! {
        <dl class="facts">
            {facts.collect_view()}
            {fact("Address", address(account))}
            {fact("Created", date(account.created_at.as_deref()))}
            {fact("Last updated", date(account.updated_at.as_deref()))}
        </dl>
    }
    .into_any()
}

fn fact(name: &'static str, value: AnyView) -> AnyView {
    view! { <div class="fact"><dt>{name}</dt>{value}</div> }.into_any()
}

fn value_view(text: Option<String>) -> AnyView {
    match text {
        Some(text) => view! { <dd dir="auto" translate="no">{text}</dd> }.into_any(),
        None => view! { <dd class="quiet">"Not given"</dd> }.into_any(),
    }
}

fn unknown_view() -> AnyView {
    view! { <dd class="quiet">"Not known"</dd> }.into_any()
}

/// The address as a postal address in its country's format, with the country's name below.
fn address(account: &BillingAccount) -> AnyView {
    let country = account.get(Field::Country).filter(|code| !code.is_empty()).map(intl::country_name);
    let lines: Vec<String> = postal_lines(|field| account.get(field)).into_iter().chain(country).collect();
    if lines.is_empty() {
        let is_missing = Field::ALL.into_iter().any(|field| field.is_address() && account.is_missing(field));
        return if is_missing { unknown_view() } else { value_view(None) };
    }
    let lines =
        lines.into_iter().map(|line| view! { <span class="address-line" dir="auto">{line}</span> }).collect_view();
    view! { <dd translate="no">{lines}</dd> }.into_any()
}

fn date(timestamp: Option<&str>) -> AnyView {
    let Some(timestamp) = timestamp else {
        return unknown_view();
    };
    match intl::date_time(timestamp) {
        Some(text) => view! { <dd translate="no"><time datetime=timestamp.to_owned()>{text}</time></dd> }.into_any(),
        None => value_view(Some(timestamp.to_owned())),
    }
}

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
    let read_only = is_viewer(app.client, app.session, &workspace);
    let done = app.flash.take().filter(|done| done.account.id == id);
    let said = done.as_ref().map(|done| (done.text, done.notes.clone()));
    let whose = workspace.clone();
    let remote_change = watch_remote_changes(app, &workspace, &id);
    let shown_in = workspace.clone();
    let shown_id = account_id(&id);
    let is_partial = done.as_ref().is_some_and(|done| done.account.is_partial());
    let query = app.query_with(done.map(|done| done.account), move || {
        let (workspace, id) = (workspace.clone(), id.clone());
        async move { app.client.billing_account(&workspace, &id).await }
    });
    // A partial reply to the save is completed in the background.
    if is_partial {
        query.revalidate();
    }
    // Revalidated only while the delete dialog is closed: a changed account rebuilds the dialog, and its input would be
    // lost.
    let deleting = RwSignal::new(false);
    let is_stale = RwSignal::new(false);
    Effect::new(move |_| {
        if remote_change.with(|remote_change| matches!(remote_change, Some((AccountEvent::Saved(..), _)))) {
            is_stale.set(true);
        }
    });
    Effect::new(move |_| {
        if is_stale.get() && !deleting.get() {
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
    let deletion = RwSignal::new(Stage::Asking);
    let tools = move || query.value().map(|account| tools(app, &whose, account, deletion, deleting, read_only));
    Some(view! {
        <p class="back"><a href=accounts>"Billing accounts"</a></p>
        <div class="page-head">
            <div>
                <Heading text=title />
                {shown_id}
            </div>
            {action}
        </div>
        <ArchivedNotice current_workspace=app.current_workspace />
        <FlashMessage message=said />
        <CreatedTwiceNotice workspace=shown_in />
        <RemoteChangeNotice
            remote_change
            changed="It is loaded again by itself. Reload the page if something is missing."
            deleted="What stands below is the last that was seen of it."
        />
        <QueryView query what="billing account" children=Callback::new(|account| account_view(&account)) />
        {tools}
    })
}

/// The actions for an account besides editing.
fn tools(
    app: AppContext,
    workspace: &WorkspaceId,
    account: BillingAccount,
    stage: RwSignal<Stage>,
    deleting: RwSignal<bool>,
    read_only: ReadSignal<bool>,
) -> AnyView {
    let (ws, shown) = (workspace.clone(), account.clone());
    let payload = Callback::new(move |_| {
        let json = wire::billing_account_json(&ws, &shown);
        let call = ApiRequest::get(Endpoint::BillingAccount(&ws, &shown.id));
        Ok(CopyPayload { curl: app.client.curl(&call), json })
    });
    let workspace = workspace.clone();
    let delete = move || {
        let (workspace, account) = (workspace.clone(), account.clone());
        (!read_only.get()).then(|| view! { <DeleteAccount app workspace account stage open=deleting /> })
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
        let shown = match field {
            Field::Currency => text.map(intl::currency_name),
            _ => text.map(str::to_owned),
        };
        fact(field.label(), if account.is_missing(field) { not_known() } else { given(shown) })
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

fn fact(name: &'static str, shown: AnyView) -> AnyView {
    view! { <div class="fact"><dt>{name}</dt>{shown}</div> }.into_any()
}

fn given(text: Option<String>) -> AnyView {
    match text {
        Some(text) => view! { <dd dir="auto" translate="no">{text}</dd> }.into_any(),
        None => view! { <dd class="quiet">"Not given"</dd> }.into_any(),
    }
}

fn not_known() -> AnyView {
    view! { <dd class="quiet">"Not known"</dd> }.into_any()
}

/// The address as a postal address in its country's format, with the country's name below.
fn address(account: &BillingAccount) -> AnyView {
    let country = account.get(Field::Country).filter(|code| !code.is_empty()).map(intl::country_name);
    let lines: Vec<String> = postal_lines(|field| account.get(field)).into_iter().chain(country).collect();
    if lines.is_empty() {
        let is_missing = Field::ALL.into_iter().any(|field| field.is_address() && account.is_missing(field));
        return if is_missing { not_known() } else { given(None) };
    }
    let lines =
        lines.into_iter().map(|line| view! { <span class="address-line" dir="auto">{line}</span> }).collect_view();
    view! { <dd translate="no">{lines}</dd> }.into_any()
}

fn date(at: Option<&str>) -> AnyView {
    let Some(at) = at else {
        return not_known();
    };
    match intl::date_time(at) {
        Some(text) => view! { <dd translate="no"><time datetime=at.to_owned()>{text}</time></dd> }.into_any(),
        None => given(Some(at.to_owned())),
    }
}

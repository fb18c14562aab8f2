//! The page of one billing account.

use leptos::prelude::*;

use crate::browser::broadcast::AccountEvent;
use crate::context::use_app;
use crate::domain::{BillingAccount, BillingAccountId, WorkspaceId};
use crate::pages::billing_accounts::account_actions::AccountActions;
use crate::pages::billing_accounts::account_details::{AccountDetails, account_id};
use crate::pages::billing_accounts::created_twice::CreatedTwiceNotice;
use crate::pages::billing_accounts::deletion::Stage;
use crate::pages::billing_accounts::remote_change::{RemoteChangeNotice, watch_remote_changes};
use crate::pages::billing_accounts::saved_message::SavedMessage;
use crate::pages::shared::archived_notice::ArchivedNotice;
use crate::pages::shared::query::QueryView;
use crate::pages::shared::read_only::{ViewOnlyMessage, is_viewer};
use crate::route::Route;
use crate::ui::Heading;

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
    let saved_message = saved.clone();
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
        None => query.heading("Billing account").to_owned(),
    });
    let deletion = RwSignal::new(Stage::Confirming);
    // Memoized, because every change rebuilds the actions and with them an open delete dialog.
    let is_deleted = Memo::new(move |_| {
        remote_change.with(|remote_change| matches!(remote_change, Some((AccountEvent::Deleted(..), _))))
    });
    let account = Memo::new(move |_| query.value());
    let actions = {
        let workspace = workspace.clone();
        move || {
            if is_deleted.get() {
                return None;
            }
            let account = account.get()?;
            let workspace = workspace.clone();
            Some(view! { <AccountActions app workspace account deletion delete_open read_only /> })
        }
    };
    let details = {
        let edit = edit.clone();
        Callback::new(move |account: BillingAccount| {
            let edit_href = Signal::derive({
                let edit = edit.clone();
                move || (!read_only.get()).then(|| edit.clone())
            });
            view! { <AccountDetails account edit_href /> }.into_any()
        })
    };
    Some(view! {
        <p class="back"><a href=accounts>"Billing accounts"</a></p>
        <div class="page-head">
            <div>
                <Heading text=title />
                {id_view}
            </div>
            {actions}
        </div>
        <ArchivedNotice current_workspace=app.current_workspace />
        <SavedMessage app workspace=workspace.clone() saved=saved_message query />
        <ViewOnlyMessage flash=app.view_only />
        <CreatedTwiceNotice workspace />
        <RemoteChangeNotice
            remote_change
            changed="The new values are below."
            deleted="The details below are from before it was deleted."
        />
        <QueryView query name="billing account" children=details />
    })
}

//! The actions for a billing account on its page.

use leptos::prelude::*;
use web_sys::MouseEvent;

use crate::api::endpoint::Endpoint;
use crate::api::{ApiRequest, wire};
use crate::context::AppContext;
use crate::domain::{BillingAccount, Draft, Field, WorkspaceId};
use crate::pages::billing_accounts::delete::{DeleteButton, DeleteDialog};
use crate::pages::billing_accounts::deletion::{Deletion, Stage};
use crate::pages::billing_accounts::form::copy_as::{CopyAs, CopyPayload};
use crate::pages::shared::read_only::READ_ONLY_HINT;
use crate::route::Route;
use crate::ui::{Icon, IconKind, MoreMenu};

/// Edit, Duplicate, and a menu with the rest. A viewer of the workspace can only copy.
#[component]
pub fn AccountActions(
    /// The services of the app.
    app: AppContext,
    /// The workspace of the account.
    workspace: WorkspaceId,
    /// The account.
    account: BillingAccount,
    /// The state of the deletion. It outlives this component, which is rebuilt when the account changes.
    deletion: RwSignal<Stage>,
    /// Whether the delete dialog is open.
    delete_open: RwSignal<bool>,
    /// Whether the user is a viewer.
    read_only: ReadSignal<bool>,
) -> impl IntoView {
    let payload = Callback::new({
        let (workspace, account) = (workspace.clone(), account.clone());
        move |_| {
            let json = wire::billing_account_json(&workspace, &account);
            let request = ApiRequest::get(Endpoint::BillingAccount(&workspace, &account.id));
            Ok(CopyPayload { curl: app.client.curl(&request), json })
        }
    });
    let edit = Route::EditBillingAccount(workspace.clone(), account.id.clone()).href();
    let new = Route::NewBillingAccount(workspace.clone()).href();
    let change = {
        let account = account.clone();
        move || {
            if read_only.get() {
                return view! { <p class="quiet">{READ_ONLY_HINT}</p> }.into_any();
            }
            let account = account.clone();
            let duplicate = move |event: MouseEvent| {
                // A modified click opens the form in another tab, where it starts empty.
                if !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key()) {
                    app.prefill.put(Draft::of(&account).without(Field::Currency));
                }
            };
            view! {
                <a class="button button-primary" href=edit.clone()><Icon kind=IconKind::Edit /> "Edit"</a>
                <a class="button" href=new.clone() on:click=duplicate><Icon kind=IconKind::Copy /> "Duplicate"</a>
            }
            .into_any()
        }
    };
    let deletion = Deletion::new(app, workspace, account, deletion, delete_open);
    let delete_button = move || (!read_only.get()).then(|| view! { <DeleteButton deletion /> });
    let delete_dialog = move || (!read_only.get()).then(|| view! { <DeleteDialog deletion /> });
    view! {
        <div class="actions">
            {change}
            <MoreMenu label="More actions">
                <CopyAs payload />
                {delete_button}
            </MoreMenu>
            // Outside of the menu, which closes.
            {delete_dialog}
        </div>
    }
}

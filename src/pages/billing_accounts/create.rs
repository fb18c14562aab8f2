//! Create a billing account.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::account_form::{AccountForm, AccountFormState};
use super::draft::Draft;
use crate::api::wording::Purpose;
use crate::domain::WorkspaceId;
use crate::pages::Desk;
use crate::pages::flash::Done;
use crate::route::Route;
use crate::ui::Heading;

/// The page.
#[component]
pub fn Create(
    /// Where the account is created.
    workspace: WorkspaceId,
) -> impl IntoView {
    let desk = Desk::here();
    let form = AccountFormState::new(&Draft::default());
    let cancel = Route::BillingAccounts(workspace.clone()).href();
    let save = Callback::new(move |()| {
        let (Ok(account), Some(desk)) = (form.fields.draft().check(), desk) else {
            return form.show_problems();
        };
        form.begin();
        let workspace = workspace.clone();
        spawn_local(async move {
            match desk.client.create_billing_account(&workspace, &account).await {
                // A reply for a page that is no longer shown is dropped (R6).
                Ok(_) if form.saving.is_disposed() => {}
                Ok(account) => {
                    let route = Route::BillingAccount(workspace, account.id.clone());
                    desk.flash.leave(Done { text: "Billing account created", account });
                    desk.navigation.replace(&route);
                }
                Err(error) => form.show_failure(error),
            }
        });
    });
    view! {
        <Heading text="New billing account" />
        <AccountForm state=form purpose=Purpose::Create label="Create billing account" cancel save />
    }
}

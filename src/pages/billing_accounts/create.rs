//! Create a billing account.

use crate::view::prelude::*;

use super::account_form::{AccountForm, AccountFormState};
use super::copy_as::{Copied, CopyAs, point_at_problems};
use super::duplicates::{Duplicates, DuplicatesNotice};
use super::fields::{Fields, currency_choice};
use super::neighbours::Neighbours;
use super::prefill::Prefill;
use super::room::FullNotice;
use crate::api::Call;
use crate::api::wording::Purpose;
use crate::domain::WorkspaceId;
use crate::pages::Desk;
use crate::pages::handover::Done;
use crate::pages::leaving::guard;
use crate::pages::role::{OnlyLooking, may_only_look};
use crate::route::Route;
use crate::tabs::Told;
use crate::ui::{Heading, Notice, Tone};

/// The page.
#[component]
pub fn Create(
    /// Where the account is created.
    workspace: WorkspaceId,
) -> impl IntoView {
    let desk = Desk::here()?;
    let only_look = may_only_look(desk, &workspace);
    let neighbours = Neighbours::load(desk, &workspace);
    let copied = desk.prefill.take();
    let is_copy = copied.is_some();
    let form = AccountFormState::new(Fields::new(&copied.unwrap_or_default()), Purpose::Create);
    let from_link = desk.navigation.take_query(Prefill::read);
    if let Some(prefill) = &from_link {
        prefill.fill(form.fields);
    }
    let accounts = Signal::derive(move || neighbours.accounts.look(|page| page.items.clone()));
    let duplicates = Duplicates::watch(form.fields, accounts, is_copy);
    let first = form.fields.draft_now();
    let typed = memo(move |_| form.fields.draft() != first);
    guard(desk, Signal::derive(move || form.risk(typed.get())));
    let cancel = Route::BillingAccounts(workspace.clone()).href();
    let (whose, others_in) = (workspace.clone(), workspace.clone());
    let request = Callback::new(move |()| {
        let account = form.fields.draft_now().check().map_err(|problems| point_at_problems(form.fields, &problems))?;
        Ok(Copied::request(desk.client, Call::create(&whose, &account)))
    });
    let here = workspace.clone();
    let save = Callback::new(move |()| {
        let Ok(account) = form.fields.draft_now().check() else {
            return form.show_problems();
        };
        if duplicates.hold() {
            return;
        }
        form.begin();
        let workspace = workspace.clone();
        spawn_local(async move {
            match desk.client.create_billing_account(&workspace, &account).await {
                // A reply for a page that is no longer shown is dropped (R6).
                Ok(_) if form.saving.is_disposed() => {}
                Ok(account) => {
                    desk.tabs.tell(&Told::Saved(workspace.clone(), account.id.clone()));
                    let route = Route::BillingAccount(workspace, account.id.clone());
                    desk.flash.leave(Done { text: "Billing account created", notes: Vec::new(), account });
                    desk.navigation.replace(&route);
                }
                Err(error) => form.show_failure(error),
            }
        });
    });
    let back = cancel.clone();
    let body = move || {
        if only_look.get() {
            return view! { <OnlyLooking /> }.into_any();
        }
        let (currency, workspace) = (currency_choice(form.fields), others_in.clone());
        view! {
            <AccountForm
                state=form
                label="Create billing account"
                cancel=cancel.clone()
                currency
                save
            >
                <DuplicatesNotice duplicates workspace />
                <CopyAs take=request />
            </AccountForm>
        }
        .into_any()
    };
    Some(view! {
        <p class="back"><a href=back>"Billing accounts"</a></p>
        <Heading text="New billing account" />
        <FullNotice workspace=here neighbours saving=form.saving />
        {is_copy.then(|| view! {
            <Notice tone=Tone::Info title="Filled in from another account">
                <p>"Everything is copied but the currency: choose it below. The other account stays as it is."</p>
            </Notice>
        })}
        {from_link.map(Prefill::notice)}
        {body}
    })
}

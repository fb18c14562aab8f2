//! The billing accounts of a workspace as a table, each row a link.

use leptos::prelude::*;

use crate::browser::intl;
use crate::domain::{BillingAccount, Field, WorkspaceId};
use crate::pages::billing_accounts::readiness_label::ReadinessLabel;
use crate::route::Route;
use crate::ui::{KeyedItem, KeyedList};

/// The table. Narrow screens show each row as a card, so the roles are given: `display` would take them away.
#[component]
pub fn AccountTable(
    /// The workspace of the accounts.
    workspace: WorkspaceId,
    /// The accounts to show.
    accounts: Vec<BillingAccount>,
) -> impl IntoView {
    // Keyed by the whole account, so that only changed accounts are rendered again.
    let rows = Callback::new(move |()| {
        let row = |account: &BillingAccount| {
            let (workspace, account) = (workspace.clone(), account.clone());
            KeyedItem::new(account.clone(), || view! { <Row workspace account /> })
        };
        accounts.iter().map(row).collect()
    });
    view! {
        <table class="table" role="table">
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col">"Account"</th>
                    <th role="columnheader" scope="col">"Country"</th>
                    <th role="columnheader" scope="col">"Currency"</th>
                    <th role="columnheader" scope="col">"Invoice address"</th>
                    <th role="columnheader" scope="col">"Updated"</th>
                </tr>
            </thead>
            <tbody role="rowgroup">
                <KeyedList each=rows />
            </tbody>
        </table>
    }
}

#[component]
fn Row(workspace: WorkspaceId, account: BillingAccount) -> impl IntoView {
    let href = Route::BillingAccount(workspace, account.id.clone()).href();
    let text = |field| account.get(field).filter(|text| !text.is_empty());
    let country = text(Field::Country).map_or_else(|| "–".to_owned(), intl::country_name);
    let currency = text(Field::Currency).map_or_else(|| "–".to_owned(), str::to_ascii_uppercase);
    let email = text(Field::Email).unwrap_or("No email").to_owned();
    let title = account.title().to_owned();
    let updated = account.updated_at.clone().or_else(|| account.created_at.clone());
    let updated = updated.map(|at| {
        let day = intl::day(&at).unwrap_or_default();
        view! { <time datetime=at translate="no">{day}</time> }
    });
    view! {
        <tr role="row">
            <td role="cell" translate="no">
                <a class="row-link" href=href><bdi>{title}</bdi></a>
                <span class="row-detail"><bdi>{email}</bdi></span>
            </td>
            <td role="cell">{country}</td>
            <td role="cell">{currency}</td>
            <td role="cell"><ReadinessLabel account /></td>
            <td role="cell" class="quiet">{updated}</td>
        </tr>
    }
}

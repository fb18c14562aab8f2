//! The accounts of a workspace, loaded once for every component of a page that needs them. The create form works
//! without them.

use leptos::prelude::*;

use crate::api::wire::ListPage;
use crate::context::AppContext;
use crate::domain::{BillingAccount, WorkspaceId};
use crate::pages::billing_accounts::form::capacity::Capacity;
use crate::pages::shared::query::Query;

/// The accounts of the page's workspace, as a `Copy` handle.
#[derive(Clone, Copy)]
pub struct WorkspaceAccounts {
    /// The accounts.
    pub accounts: Query<ListPage<BillingAccount>>,
    /// The capacity of the workspace; `None` while it is unknown.
    pub capacity: Memo<Option<Capacity>>,
}

impl WorkspaceAccounts {
    /// Loads the accounts, and revalidates them after changes by other tabs and left pages.
    pub fn load(app: AppContext, workspace: &WorkspaceId) -> Self {
        let workspace = workspace.clone();
        let accounts = app.query({
            let workspace = workspace.clone();
            move || {
                let workspace = workspace.clone();
                async move { app.client.billing_accounts(&workspace).await }
            }
        });
        app.account_channel.subscribe({
            let workspace = workspace.clone();
            move |event, _| {
                if *event.workspace() == workspace {
                    accounts.revalidate();
                }
            }
        });
        Effect::new(move |_| {
            if let Some(used) = accounts.with(|page| (!page.has_more).then_some(page.items.len())).flatten() {
                app.current_workspace.set_used(workspace.clone(), used);
            }
        });
        let capacity = Memo::new(move |_| {
            let workspace = app.current_workspace.workspace()?;
            accounts.with(|page| Capacity::of(page, &workspace)).flatten()
        });
        Self { accounts, capacity }
    }
}

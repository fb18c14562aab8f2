//! A workspace's accounts, loaded once for everything on a page that is about more than one of them. On the page of a
//! new account they are a help: without them it is created all the same.

use leptos::prelude::*;

use crate::api::wire::ListPage;
use crate::context::AppContext;
use crate::domain::{BillingAccount, WorkspaceId};
use crate::pages::billing_accounts::form::capacity::Capacity;
use crate::pages::shared::query::Query;

/// The accounts of the page's workspace, as a handle to pass around.
#[derive(Clone, Copy)]
pub struct WorkspaceAccounts {
    /// The accounts themselves.
    pub accounts: Query<ListPage<BillingAccount>>,
    /// How full the workspace is; `None` when that is not known.
    pub capacity: Memo<Option<Capacity>>,
}

impl WorkspaceAccounts {
    /// Loads them, follows what other tabs and left pages do to them, and provides them as a context of the page.
    pub fn load(app: AppContext, workspace: &WorkspaceId) -> Self {
        let (workspace, here) = (workspace.clone(), workspace.clone());
        let accounts = app.query(move || {
            let workspace = workspace.clone();
            async move { app.client.billing_accounts(&workspace).await }
        });
        app.account_channel.subscribe(move |told, _| {
            if *told.workspace() == here {
                accounts.revalidate();
            }
        });
        let capacity = Memo::new(move |_| {
            let workspace = app.current_workspace.workspace()?;
            accounts.with(|page| Capacity::of(page, &workspace)).flatten()
        });
        let workspace_accounts = Self { accounts, capacity };
        provide_context(workspace_accounts);
        workspace_accounts
    }

    /// Those of the page around this component.
    pub fn here() -> Option<Self> {
        use_context()
    }
}

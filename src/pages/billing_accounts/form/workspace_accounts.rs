//! A workspace's accounts, loaded once for everything on a page that is about more than one of them. On the page of a
//! new account they are a help: without them it is created all the same.

use leptos::prelude::*;

use crate::api::wire::Page;
use crate::domain::{BillingAccount, WorkspaceId};
use crate::pages::Desk;
use crate::pages::billing_accounts::form::capacity::Room;
use crate::pages::shared::query::Load;

/// The accounts of the page's workspace, as a handle to pass around.
#[derive(Clone, Copy)]
pub struct Neighbours {
    /// The accounts themselves.
    pub accounts: Load<Page<BillingAccount>>,
    /// How full the workspace is; `None` when that is not known.
    pub room: Memo<Option<Room>>,
}

impl Neighbours {
    /// Loads them, follows what other tabs and left pages do to them, and provides them as a context of the page.
    pub fn load(desk: Desk, workspace: &WorkspaceId) -> Self {
        let (workspace, here) = (workspace.clone(), workspace.clone());
        let accounts = Load::start(desk, move || {
            let workspace = workspace.clone();
            async move { desk.client.billing_accounts(&workspace).await }
        });
        desk.tabs.listen(move |told, _| {
            if *told.workspace() == here {
                accounts.refresh();
            }
        });
        let room = Memo::new(move |_| {
            let workspace = desk.place.workspace()?;
            accounts.look(|page| Room::of(page, &workspace)).flatten()
        });
        let neighbours = Self { accounts, room };
        provide_context(neighbours);
        neighbours
    }

    /// Those of the page around this component.
    pub fn here() -> Option<Self> {
        use_context()
    }
}

//! How many billing accounts a workspace has room for. A help: the API decides.

use leptos::prelude::*;

use crate::api::wire::Page;
use crate::domain::workspace::capacity;
use crate::domain::{BillingAccount, Workspace, WorkspaceId};
use crate::pages::billing_accounts::form::state::Saving;
use crate::pages::billing_accounts::form::workspace_accounts::Neighbours;
use crate::route::Route;
use crate::ui::{Notice, Tone};

/// How full a workspace is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// In words: "2 of 10 used, pooled billing".
    pub text: String,
    /// Whether there is no more room.
    pub full: bool,
}

impl Room {
    /// What the two halves say together; `None` when they do not tell.
    pub fn of(page: &Page<BillingAccount>, workspace: &Workspace) -> Option<Self> {
        // A list that goes on says nothing of how many there are.
        if page.has_more {
            return None;
        }
        let used = page.items.len();
        let full = workspace.mode.limit().is_some_and(|limit| used >= limit);
        Some(Self { text: capacity(&workspace.mode, used)?, full })
    }
}

/// Why a workspace takes no more accounts.
pub const FULL: &str = "This workspace has all the billing accounts it may have";

/// Says above the form that there is no room, and what can be done. The form stays as it is: the list may be out of
/// date, and what is typed is kept.
#[component]
pub fn FullNotice(
    /// The workspace of the new account.
    workspace: WorkspaceId,
    /// What is known of its room.
    neighbours: Neighbours,
    /// Where the save stands: a refusal tells the same.
    saving: RwSignal<Saving>,
) -> impl IntoView {
    let refused =
        Memo::new(move |_| saving.with(|saving| matches!(saving, Saving::Failed(error) if error.is_limit_reached())));
    Effect::new(move |before: Option<bool>| {
        let refused = refused.get();
        if refused && before == Some(false) {
            neighbours.accounts.refresh();
        }
        refused
    });
    let is_full =
        Memo::new(move |_| refused.get() || neighbours.room.with(|room| room.as_ref().is_some_and(|room| room.full)));
    let list = Route::BillingAccounts(workspace).href();
    let notice = move || full(list.clone(), neighbours);
    view! { <div role="status">{move || is_full.get().then(&notice)}</div> }
}

/// What can be done where there is no room.
fn full(list: String, neighbours: Neighbours) -> impl IntoView {
    let used = move || neighbours.room.get().filter(|room| room.full).map(|room| room.text + ". ");
    view! {
        <Notice tone=Tone::Warning title=FULL>
            <p>
                {used}
                "The API will refuse another one until there is room: open an account that is no longer used and \
                 delete it, or choose another workspace."
            </p>
            <p class="actions">
                <a class="button button-small" href=list>"See its billing accounts"</a>
                <a class="button button-small" href="/">"Choose another workspace"</a>
            </p>
        </Notice>
    }
}

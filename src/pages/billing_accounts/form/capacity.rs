//! How many billing accounts a workspace has room for. A help: the API decides.

use leptos::prelude::*;

use crate::api::wire::ListPage;
use crate::domain::{BillingAccount, Workspace, WorkspaceId};
use crate::pages::billing_accounts::form::save_state::SaveState;
use crate::pages::shared::workspace_labels::usage_label;
use crate::route::Route;
use crate::ui::{Notice, Tone};

/// How full a workspace is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capacity {
    /// In words: "2 of 10 used, pooled billing".
    pub text: String,
    /// Whether there is no more room.
    pub full: bool,
}

impl Capacity {
    /// What the two halves say together; `None` when they do not tell.
    pub fn of(page: &ListPage<BillingAccount>, workspace: &Workspace) -> Option<Self> {
        // A list that goes on says nothing of how many there are.
        if page.has_more {
            return None;
        }
        let used = page.items.len();
        let full = workspace.mode.limit().is_some_and(|limit| used >= limit);
        Some(Self { text: usage_label(&workspace.mode, used)?, full })
    }
}

/// Why a workspace takes no more accounts.
pub const AT_CAPACITY: &str = "This workspace has all the billing accounts it may have";

/// Says above the form that there is no room, and what can be done. The form stays as it is: the list may be out of
/// date, and what is typed is kept.
#[component]
pub fn CapacityNotice(
    /// The workspace of the new account.
    workspace: WorkspaceId,
    /// How full the workspace is; `None` while that is not known.
    capacity: Memo<Option<Capacity>>,
    /// Runs when a save was rejected because the workspace is full.
    on_limit_reached: Callback<()>,
    /// Where the save stands: a refusal tells the same.
    saving: RwSignal<SaveState>,
) -> impl IntoView {
    let refused = Memo::new(move |_| {
        saving.with(|saving| matches!(saving, SaveState::Rejected(error) if error.is_limit_reached()))
    });
    Effect::new(move |before: Option<bool>| {
        let refused = refused.get();
        if refused && before == Some(false) {
            on_limit_reached.run(());
        }
        refused
    });
    let is_full = Memo::new(move |_| {
        refused.get() || capacity.with(|capacity| capacity.as_ref().is_some_and(|capacity| capacity.full))
    });
    let list = Route::BillingAccounts(workspace).href();
    let notice = move || full(list.clone(), capacity);
    view! { <div role="status">{move || is_full.get().then(&notice)}</div> }
}

/// What can be done where there is no room.
fn full(list: String, capacity: Memo<Option<Capacity>>) -> impl IntoView {
    let used = move || capacity.get().filter(|capacity| capacity.full).map(|capacity| capacity.text + ". ");
    view! {
        <Notice tone=Tone::Warning title=AT_CAPACITY>
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

//! The capacity of a workspace for billing accounts. This only helps the user: the server enforces the limit.

use leptos::prelude::*;

use crate::api::wire::ListPage;
use crate::domain::{BillingAccount, BillingMode, Workspace, WorkspaceId};
use crate::pages::billing_accounts::form::save_state::SaveState;
use crate::pages::shared::workspace_labels::usage_label;
use crate::route::Route;
use crate::ui::{Notice, Tone};

/// The capacity of a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capacity {
    /// The usage, such as "2 of 10 accounts used".
    pub text: String,
    /// The number of accounts.
    pub used: usize,
    /// The number of accounts that the billing mode allows.
    pub limit: usize,
    /// Whether the limit is reached.
    pub full: bool,
    /// The billing mode of the workspace.
    pub mode: BillingMode,
}

impl Capacity {
    /// Compares the list of accounts with the workspace's limit; `None` when either is unknown.
    pub fn of(page: &ListPage<BillingAccount>, workspace: &Workspace) -> Option<Self> {
        // An incomplete list does not tell the number of accounts.
        if page.has_more {
            return None;
        }
        let used = page.items.len();
        let limit = workspace.mode.limit()?;
        let text = usage_label(&workspace.mode, used)?;
        Some(Self { text, used, limit, full: used >= limit, mode: workspace.mode.clone() })
    }
}

/// The title of the notice that the limit is reached.
pub const AT_CAPACITY: &str = "Billing account limit reached";

/// The notice above the form that the limit is reached, with the possible actions. The form stays usable with its
/// input, because the list may be stale.
#[component]
pub fn CapacityNotice(
    /// The workspace of the new account.
    workspace: WorkspaceId,
    /// The capacity; `None` while it is unknown.
    capacity: Memo<Option<Capacity>>,
    /// Runs when a save was rejected because the workspace is full.
    on_limit_reached: Callback<()>,
    /// The state of the save: a rejected save shows the notice too.
    saving: RwSignal<SaveState>,
) -> impl IntoView {
    let is_rejected = Memo::new(move |_| {
        saving.with(|saving| matches!(saving, SaveState::Rejected(error) if error.is_limit_reached()))
    });
    Effect::new(move |was_rejected: Option<bool>| {
        let is_rejected = is_rejected.get();
        if is_rejected && was_rejected == Some(false) {
            on_limit_reached.run(());
        }
        is_rejected
    });
    let is_full = Memo::new(move |_| {
        is_rejected.get() || capacity.with(|capacity| capacity.as_ref().is_some_and(|capacity| capacity.full))
    });
    let list = Route::BillingAccounts(workspace).href();
    let notice = move || limit_notice(list.clone(), capacity);
    view! { <div role="status">{move || is_full.get().then(&notice)}</div> }
}

/// The limit and what to do about it. Without the capacity the limit is not known.
pub fn limit_text(capacity: Option<Capacity>) -> String {
    match capacity {
        Some(Capacity { mode: BillingMode::Single, .. }) => {
            "This workspace is on single billing, which allows 1 account. \
             Delete it to add another, or ask an owner to change the billing mode."
                .to_owned()
        }
        Some(Capacity { text, .. }) => format!("{text}. Delete one to add another."),
        None => "Delete an account to add another.".to_owned(),
    }
}

/// The notice.
fn limit_notice(list: String, capacity: Memo<Option<Capacity>>) -> impl IntoView {
    let text = Signal::derive(move || limit_text(capacity.get().filter(|capacity| capacity.full)));
    view! {
        <Notice tone=Tone::Warning title=AT_CAPACITY text>
            <p class="actions">
                <a class="button button-small" href=list>"All accounts"</a>
                <a class="button button-small" href="/">"Switch workspace"</a>
            </p>
        </Notice>
    }
}

//! Detects that one save has created two accounts. When a reused connection breaks, a browser may retry the request by
//! itself, and no page can prevent that: only the list of accounts shows it afterwards.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::context::{AppContext, use_app};
use crate::domain::save_attempt::AttemptMatch;
use crate::domain::{BillingAccount, BillingAccountId, SaveAttempt, WorkspaceId};
use crate::pages::billing_accounts::form::candidates::link;
use crate::ui::{Notice, Tone};

/// The accounts that one save may have created twice. Provided as a context by the app, because the check ends after
/// the form is left.
#[derive(Debug, Clone, Copy)]
pub struct CreatedTwice(RwSignal<Option<DoubleCreate>>);

#[derive(Debug, Clone, PartialEq)]
struct DoubleCreate {
    /// The user who created them: the notice is shown to no other user.
    user: Option<String>,
    workspace: WorkspaceId,
    accounts: Vec<BillingAccount>,
}

impl CreatedTwice {
    /// Provides the context to the app around this component.
    pub fn provide() {
        provide_context(Self(RwSignal::new(None)));
    }

    /// Compares the accounts after a create with the accounts before it, if these are known. The page of the new account is
    /// rendered first.
    pub fn check(self, app: AppContext, workspace: WorkspaceId, created: BillingAccountId, attempts: Vec<SaveAttempt>) {
        let attempts: Vec<_> = attempts.into_iter().filter(|attempt| attempt.existing_ids.is_some()).collect();
        if attempts.is_empty() {
            return;
        }
        let user = app.session.user_untracked().and_then(|user| user.claims.sub);
        let compare = async move {
            let Ok(list) = app.client.billing_accounts(&workspace).await else { return };
            let is_new = |account: &BillingAccount| {
                attempts.iter().any(|attempt| attempt.match_account(account) > AttemptMatch::ExistedBefore)
            };
            let accounts: Vec<_> =
                list.items.into_iter().filter(|account| account.id == created || is_new(account)).collect();
            // The app may have been disposed.
            _ = self.0.try_set((accounts.len() > 1).then_some(DoubleCreate { user, workspace, accounts }));
        };
        let start = move || {
            if !self.0.is_disposed() {
                spawn_local(compare);
            }
        };
        set_timeout(start, Duration::ZERO);
    }
}

/// The notice, on the pages of the workspace until it is dismissed.
#[component]
pub fn CreatedTwiceNotice(
    /// The workspace of the page.
    workspace: WorkspaceId,
) -> impl IntoView {
    let app = use_app()?;
    let CreatedTwice(double_create) = use_context()?;
    let content = move || {
        let user = app.session.user()?.claims.sub;
        let shown_create = double_create
            .get()
            .filter(|shown_create| shown_create.user == user && shown_create.workspace == workspace)?;
        Some(notice(&shown_create, double_create))
    };
    Some(view! { <div role="status">{content}</div> })
}

fn notice(
    DoubleCreate { workspace, accounts, .. }: &DoubleCreate,
    double_create: RwSignal<Option<DoubleCreate>>,
) -> impl IntoView + use<> {
    let items = accounts.iter().map(|account| {
        let id = format!(" {}", account.id);
        view! { <li>{link(workspace, account)} <code>{id}</code></li> }
    });
    let items = items.collect_view();
    view! {
        <Notice
            tone=Tone::Warning
            title="Two accounts may have been created"
            text="Your browser or network may have sent the request twice. If you need only one, delete the other:"
        >
            <ul class="notice-list">{items}</ul>
            <button type="button" class="button button-small" on:click=move |_| double_create.set(None)>"Dismiss"</button>
        </Notice>
    }
}

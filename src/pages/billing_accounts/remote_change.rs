//! Changes of the current account by another tab, or by a page of this tab that was left, and the notice about them.
//! The user's input is never changed.

use leptos::prelude::*;

use crate::browser::broadcast::{AccountEvent, Origin};
use crate::context::AppContext;
use crate::domain::{BillingAccountId, WorkspaceId};
use crate::route::Route;
use crate::ui::{Notice, Tone};

/// Subscribes to the last remote change of an account and its origin; `None` until there is one.
pub fn watch_remote_changes(
    app: AppContext,
    workspace: &WorkspaceId,
    id: &BillingAccountId,
) -> RwSignal<Option<(AccountEvent, Origin)>> {
    let (workspace, id) = (workspace.clone(), id.clone());
    let remote_change = RwSignal::new(None);
    app.account_channel.subscribe(move |event, origin| {
        if event.is_of(&workspace, &id) {
            remote_change.set(Some((event, origin)));
        }
    });
    remote_change
}

/// The notice about a remote change, above the page. The live region is rendered from the start, because screen readers
/// announce only its changes.
#[component]
pub fn RemoteChangeNotice(
    /// The last remote change and its origin.
    remote_change: RwSignal<Option<(AccountEvent, Origin)>>,
    /// The consequence of a remote save for the page.
    changed: &'static str,
    /// The consequence of a remote deletion for the page.
    deleted: &'static str,
) -> impl IntoView {
    let notice = move || {
        remote_change.get().map(|(event, origin)| match event {
            AccountEvent::Saved(..) => {
                let title = match origin {
                    Origin::OtherTab => "This billing account was changed in another tab",
                    Origin::ThisTab => "Your changes were saved after you left the form",
                };
                view! { <Notice tone=Tone::Info title text=changed /> }.into_any()
            }
            AccountEvent::Deleted(workspace, _) => {
                let list = Route::BillingAccounts(workspace).href();
                let title = match origin {
                    Origin::OtherTab => "This billing account was deleted in another tab",
                    Origin::ThisTab => "This billing account was deleted after you left its page",
                };
                view! {
                    <Notice tone=Tone::Warning title text=deleted>
                        <p><a href=list>"All accounts"</a></p>
                    </Notice>
                }
                .into_any()
            }
        })
    };
    view! { <div role="status">{notice}</div> }
}

//! What another tab, or a page that was left, did to the account of this page, said where it matters. What is typed is
//! never touched.

use leptos::prelude::*;

use crate::browser::broadcast::{AccountEvent, Origin};
use crate::context::AppContext;
use crate::domain::{BillingAccountId, WorkspaceId};
use crate::route::Route;
use crate::ui::{Notice, Tone};

/// What became of an account elsewhere, and where; `None` while nothing did.
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

/// Says above a page of an account what was done to it elsewhere. It is there from the start: a live region is heard when
/// it changes.
#[component]
pub fn RemoteChangeNotice(
    /// What was done, and where.
    remote_change: RwSignal<Option<(AccountEvent, Origin)>>,
    /// What a change there means here.
    changed: &'static str,
    /// What a deletion there means here.
    deleted: &'static str,
) -> impl IntoView {
    let notice = move || {
        remote_change.get().map(|(event, origin)| match event {
            AccountEvent::Saved(..) => {
                let title = match origin {
                    Origin::OtherTab => "This billing account was changed in another tab",
                    Origin::ThisTab => "Your changes were saved after you left the form",
                };
                view! { <Notice tone=Tone::Info title><p>{changed}</p></Notice> }.into_any()
            }
            AccountEvent::Deleted(workspace, _) => {
                let list = Route::BillingAccounts(workspace).href();
                let title = match origin {
                    Origin::OtherTab => "This billing account was deleted in another tab",
                    Origin::ThisTab => "This billing account was deleted after you left its page",
                };
                view! {
                    <Notice tone=Tone::Warning title>
                        <p>{deleted}</p>
                        <p><a href=list>"See the billing accounts that are left"</a></p>
                    </Notice>
                }
                .into_any()
            }
        })
    };
    view! { <div role="status">{notice}</div> }
}

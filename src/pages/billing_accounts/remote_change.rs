//! What another tab, or a page that was left, did to the account of this page, said where it matters. What is typed is
//! never touched.

use leptos::prelude::*;

use crate::browser::broadcast::{Origin, Told};
use crate::domain::{BillingAccountId, WorkspaceId};
use crate::pages::Desk;
use crate::route::Route;
use crate::ui::{Notice, Tone};

/// What became of an account elsewhere, and where; `None` while nothing did.
pub fn told_of(desk: Desk, workspace: &WorkspaceId, id: &BillingAccountId) -> RwSignal<Option<(Told, Origin)>> {
    let (workspace, id) = (workspace.clone(), id.clone());
    let heard = RwSignal::new(None);
    desk.tabs.listen(move |told, origin| {
        if told.is_of(&workspace, &id) {
            heard.set(Some((told, origin)));
        }
    });
    heard
}

/// Says above a page of an account what was done to it elsewhere. It is there from the start: a live region is heard when
/// it changes.
#[component]
pub fn ToldElsewhere(
    /// What was done, and where.
    told: RwSignal<Option<(Told, Origin)>>,
    /// What a change there means here.
    changed: &'static str,
    /// What a deletion there means here.
    deleted: &'static str,
) -> impl IntoView {
    let notice = move || {
        told.get().map(|(told, origin)| match told {
            Told::Saved(..) => {
                let title = match origin {
                    Origin::OtherTab => "This billing account was changed in another tab",
                    Origin::ThisTab => "Your changes were saved after you left the form",
                };
                view! { <Notice tone=Tone::Info title><p>{changed}</p></Notice> }.into_any()
            }
            Told::Deleted(workspace, _) => {
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

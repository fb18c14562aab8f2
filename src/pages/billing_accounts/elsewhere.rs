//! What another tab did to the account of this page, said where it matters. What is typed is never touched.

use leptos::prelude::*;

use crate::domain::{BillingAccountId, WorkspaceId};
use crate::pages::Desk;
use crate::route::Route;
use crate::tabs::Told;
use crate::ui::{Notice, Tone};

/// What became of an account in another tab; `None` while nothing did.
pub fn told_of(desk: Desk, workspace: &WorkspaceId, id: &BillingAccountId) -> RwSignal<Option<Told>> {
    let (workspace, id) = (workspace.clone(), id.clone());
    let heard = RwSignal::new(None);
    desk.tabs.listen(move |told| {
        if told.is_of(&workspace, &id) {
            heard.set(Some(told));
        }
    });
    heard
}

/// Says above a page of an account what another tab did to it. It is there from the start: a live region is heard when
/// it changes.
#[component]
pub fn ToldElsewhere(
    /// What another tab did.
    told: RwSignal<Option<Told>>,
    /// What a change there means here.
    changed: &'static str,
    /// What a deletion there means here.
    deleted: &'static str,
) -> impl IntoView {
    let notice = move || {
        told.get().map(|told| match told {
            Told::Saved(..) => view! {
                <Notice tone=Tone::Info title="This billing account was changed in another tab">
                    <p>{changed}</p>
                </Notice>
            }
            .into_any(),
            Told::Deleted(workspace, _) => {
                let list = Route::BillingAccounts(workspace).href();
                view! {
                    <Notice tone=Tone::Warning title="This billing account was deleted in another tab">
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

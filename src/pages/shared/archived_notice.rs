//! The notice that the workspace of a page is archived.

use leptos::prelude::*;

use crate::pages::shared::current_workspace::CurrentWorkspace;
use crate::ui::{Notice, Tone};

/// The notice, once the workspace is loaded. The live region is rendered before, so that screen readers announce it.
#[component]
pub fn ArchivedNotice(
    /// The workspace of the page.
    current_workspace: CurrentWorkspace,
) -> impl IntoView {
    let is_archived = Memo::new(move |_| current_workspace.workspace().is_some_and(|workspace| workspace.archived));
    let notice = move || {
        is_archived.get().then(|| {
            view! {
                <Notice
                    tone=Tone::Warning
                    title="This workspace is archived"
                    text="Check that it’s the right one before you change its billing accounts."
                >
                    <p><a href="/">"Switch workspace"</a></p>
                </Notice>
            }
        })
    };
    view! { <div role="status">{notice}</div> }
}

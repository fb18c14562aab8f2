//! The message about the last save or deletion, shown once on the next page.

use leptos::prelude::*;

use crate::ui::live_region::LiveRegion;
use crate::ui::{Notice, Tone};

/// The message in a live region that is rendered empty and filled later: screen readers announce changes, not initial
/// content.
#[component]
pub fn FlashMessage(
    /// The message: a title, and notes of one sentence each.
    message: Option<(&'static str, Vec<String>)>,
    /// The kind of the notice.
    #[prop(default = Tone::Success)]
    tone: Tone,
    /// The actions.
    #[prop(optional)]
    children: Option<ChildrenFn>,
) -> impl IntoView {
    let status = LiveRegion::new();
    if let Some(message) = message {
        status.announce(message);
    }
    let message = move || {
        status.get().map(|(title, notes)| {
            let notes = notes.into_iter().map(|note| view! { <li>{note}</li> }).collect_view();
            let actions = children.as_ref().map(|children| children());
            view! { <Notice tone title><ul class="notice-list">{notes}</ul> {actions}</Notice> }
        })
    };
    view! { <div role="status">{message}</div> }
}

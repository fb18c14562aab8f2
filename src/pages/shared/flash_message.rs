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
) -> impl IntoView {
    let status = LiveRegion::new();
    if let Some(message) = message {
        status.announce(message);
    }
    let message = move || {
        status.get().map(|(title, notes)| {
            let notes = notes.into_iter().map(|note| view! { <li>{note}</li> }).collect_view();
            view! { <Notice tone=Tone::Success title><ul class="notice-list">{notes}</ul></Notice> }
        })
    };
    view! { <div role="status">{message}</div> }
}

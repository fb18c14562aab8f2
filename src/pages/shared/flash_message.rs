//! What was just done, said on the page where it ends.

use leptos::prelude::*;

use crate::ui::live_region::LiveRegion;
use crate::ui::{Notice, Tone};

/// A live region that is there first and is filled a moment later: a screen reader says what changes in it.
#[component]
pub fn FlashMessage(
    /// What was done, and what else there is to say about it, a sentence each.
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

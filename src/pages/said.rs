//! What was just done, said on the page where it ends.

use std::time::Duration;

use leptos::prelude::*;

use crate::ui::{Notice, Tone};

/// How long after the page what was done is said: long enough for the live region to be noticed.
const SAID_AFTER: Duration = Duration::from_millis(100);

/// A live region that is there first and is filled a moment later: a screen reader says what changes in it.
#[component]
pub fn Said(
    /// What was done, and what else there is to say about it, a sentence each.
    said: Option<(&'static str, Vec<String>)>,
) -> impl IntoView {
    let status = RwSignal::new(None);
    if said.is_some() {
        set_timeout(move || status.set(said), SAID_AFTER);
    }
    let message = move || {
        status.get().map(|(title, notes)| {
            let notes = notes.into_iter().map(|note| view! { <li>{note}</li> }).collect_view();
            view! { <Notice tone=Tone::Success title><ul class="notice-list">{notes}</ul></Notice> }
        })
    };
    view! { <div role="status">{message}</div> }
}

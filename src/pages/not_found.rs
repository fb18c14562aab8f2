//! The page for a URL that is none of ours.

use leptos::prelude::*;

use crate::ui::Heading;

/// Says that there is nothing here, and where there is something.
#[component]
pub fn NotFound(
    /// The path that was asked for.
    path: String,
) -> impl IntoView {
    view! {
        <Heading text="Page not found" />
        <p>"There is no page at " <code class="long">{path}</code> ". If you typed the address, check it; if you followed a link, it may be out of date."</p>
        <p><a class="button" href="/">"Choose a workspace"</a></p>
    }
}

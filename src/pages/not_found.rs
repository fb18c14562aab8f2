//! The page for a URL without a route.

use leptos::prelude::*;

use crate::ui::Heading;

/// The page: says that the path does not exist, and links to the workspaces.
#[component]
pub fn NotFound(
    /// The path of the URL.
    path: String,
) -> impl IntoView {
    view! {
        <Heading text="Page not found" />
        <p>"There is no page at " <code class="long">{path}</code> ". If you typed the address, check it; if you followed a link, it may be out of date."</p>
        <p><a class="button" href="/">"Choose a workspace"</a></p>
    }
}

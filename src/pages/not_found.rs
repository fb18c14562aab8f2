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
        <p>"There’s no page at " <code class="long">{path}</code> ". Check the address, or start from your workspaces."</p>
        <p><a class="button" href="/">"All workspaces"</a></p>
    }
}

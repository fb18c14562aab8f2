//! The content of a page whose account or workspace was not found. The page's heading says which.

use leptos::prelude::*;

use crate::api::ApiError;
use crate::pages::shared::error_messages::{ErrorMessage, Missing, Operation};
use crate::pages::shared::error_notice::ErrorDetails;
use crate::route::Route;

/// Says what may have happened, and links to the pages that exist. Another try can't help.
#[component]
pub fn MissingResource(
    /// The 404.
    error: ApiError,
) -> impl IntoView {
    let message = ErrorMessage::new(&error, Operation::Load);
    let route = Route::parse(&location().pathname().unwrap_or_default());
    let workspace = route.workspace().filter(|_| Missing::of(&error) == Some(Missing::Account)).cloned();
    let accounts = workspace.map(|workspace| Route::BillingAccounts(workspace).href());
    view! {
        <p role="alert">{message.action}</p>
        <div class="actions">
            {accounts.map(|accounts| view! { <a class="button" href=accounts>"All accounts"</a> })}
            <a class="button" href="/">"Switch workspace"</a>
            <ErrorDetails error />
        </div>
    }
}

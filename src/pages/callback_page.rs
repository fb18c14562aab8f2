//! The page during a redirect to or from the provider.

use leptos::prelude::*;

use crate::session::sign_in::Attempt;
use crate::ui::Heading;

/// The page of an attempt that replaces every other page.
#[component]
pub fn CallbackPage(
    /// The attempt.
    attempt: Attempt,
) -> impl IntoView {
    let (heading, text) = match attempt {
        Attempt::SigningIn => ("Signing in…", ""),
        Attempt::SigningOut => ("Signing out…", ""),
        // Only the other window knows whether the user is signed in.
        Attempt::HandedOver => ("Continue in the other window", "You can close this window."),
        _ => return ().into_any(),
    };
    view! {
        <div class="sign-in">
            <Heading text=heading />
            <p role="status">{text}</p>
        </div>
    }
    .into_any()
}

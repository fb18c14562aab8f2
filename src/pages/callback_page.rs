//! The page during a redirect to or from the provider.

use leptos::prelude::*;

use crate::session::sign_in::Stage;
use crate::ui::Heading;

/// The page of a stage.
#[component]
pub fn CallbackPage(
    /// The stage.
    stage: Stage,
) -> impl IntoView {
    let (heading, text) = match stage {
        Stage::Idle => return ().into_any(),
        Stage::SigningIn => ("Signing in…", ""),
        Stage::SigningOut => ("Signing out…", ""),
        // Only the other window knows whether the user is signed in.
        Stage::HandedOver => ("Continue in the other window", "You can close this one."),
    };
    view! {
        <div class="sign-in">
            <Heading text=heading />
            <p role="status">{text}</p>
        </div>
    }
    .into_any()
}

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
        Stage::HandedOver => ("You’re signed in", "Close this window to continue in the other one."),
    };
    view! {
        <Heading text=heading />
        <p role="status">{text}</p>
    }
    .into_any()
}

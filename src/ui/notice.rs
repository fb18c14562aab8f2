//! A message box.

use leptos::prelude::*;

use crate::ui::ChangingText;

/// The kind of a notice, which decides its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Information.
    Info,
    /// Something succeeded.
    Success,
    /// Something needs care.
    Warning,
    /// Something failed.
    Error,
}

/// A message box with a title.
#[component]
pub fn Notice(
    /// Its kind.
    tone: Tone,
    /// Its title.
    #[prop(into)]
    title: Signal<String>,
    /// The content below the title.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let class = match tone {
        Tone::Info => "notice notice-info",
        Tone::Success => "notice notice-success",
        Tone::Warning => "notice notice-warning",
        Tone::Error => "notice notice-error",
    };
    view! {
        <div class=class>
            <p class="notice-title"><ChangingText text=title /></p>
            {children.map(|children| children())}
        </div>
    }
}

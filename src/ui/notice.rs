//! A framed message.

use leptos::prelude::*;

use crate::ui::ChangingText;

/// What a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something to know.
    Info,
    /// Something went well.
    Success,
    /// Something to take care with.
    Warning,
    /// Something failed.
    Error,
}

/// A framed message with a title.
#[component]
pub fn Notice(
    /// What it is about.
    tone: Tone,
    /// Its title.
    #[prop(into)]
    title: Signal<String>,
    /// The rest of it.
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

//! A message box.

use leptos::html;
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

/// A message box: a title, a sentence, and the actions below.
#[component]
pub fn Notice(
    /// Its kind.
    tone: Tone,
    /// Its title.
    #[prop(into)]
    title: Signal<String>,
    /// The sentence below the title.
    #[prop(optional, into)]
    text: Option<Signal<String>>,
    /// Makes it an alert that can take the focus through this reference.
    #[prop(optional)]
    alert: Option<NodeRef<html::Div>>,
    /// The content below the sentence, such as the actions.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let class = match tone {
        Tone::Info => "notice notice-info",
        Tone::Success => "notice notice-success",
        Tone::Warning => "notice notice-warning",
        Tone::Error => "notice notice-error",
    };
    let text = text.map(|text| view! { <p><ChangingText text /></p> });
    let children = children.map(|children| children());
    match alert {
        Some(node) => view! {
            <div class=class tabindex="-1" node_ref=node>
                <div role="alert">
                    <h2 class="notice-title"><ChangingText text=title /></h2>
                    {text}
                </div>
                {children}
            </div>
        }
        .into_any(),
        None => view! {
            <div class=class>
                <p class="notice-title"><ChangingText text=title /></p>
                {text}
                {children}
            </div>
        }
        .into_any(),
    }
}

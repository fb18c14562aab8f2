//! The shell of a field: label, counter, hint, error, control, with ids that all come from one key (E15).

use leptos::prelude::*;

use super::Control;
use super::counter::Counter;

/// A labelled field around its control.
#[component]
pub fn Field(
    /// The control's state.
    control: Control,
    /// What it is called.
    #[prop(into)]
    label: Signal<&'static str>,
    /// Whether it may be left empty; said behind the label.
    optional: bool,
    /// A hint; empty for none.
    #[prop(into)]
    hint: Signal<String>,
    /// The most characters it takes.
    max: Option<usize>,
    /// The control itself.
    children: Children,
) -> impl IntoView {
    let key = control.key();
    let error = move || {
        control.problem().map(|problem| {
            view! {
                <p class="field-error" id=control.error_id()>
                    <span class="visually-hidden">"Error: "</span>
                    {problem}
                </p>
            }
        })
    };
    view! {
        <div class="field" class:field-wrong=move || control.is_wrong()>
            <div class="field-head">
                <label for=key>{label} {optional.then(|| view! { <span class="field-optional">" (optional)"</span> })}</label>
                {max.map(|max| view! { <Counter control max /> })}
            </div>
            {move || {
                let hint = hint.get();
                (!hint.is_empty()).then(|| view! { <p class="field-hint" id=control.hint_id()>{hint}</p> })
            }}
            {error}
            {children()}
        </div>
    }
}

//! The layout of a field: label, counter, hint, error and control. All its element IDs derive from the field's key.

use leptos::prelude::*;

use crate::form::FieldState;
use crate::ui::ChangingText;
use crate::ui::counter::Counter;

/// A labelled field around its control.
#[component]
pub fn Field(
    /// The field's state.
    field: FieldState,
    /// Its label.
    #[prop(into)]
    label: Signal<&'static str>,
    /// Whether the label ends with "(optional)".
    optional: bool,
    /// A hint; empty for none.
    #[prop(into)]
    hint: Signal<String>,
    /// Its limit for the counter, in code points; `None` for no counter.
    max: Option<usize>,
    /// The control.
    children: Children,
) -> impl IntoView {
    let key = field.key();
    let has_error = Memo::new(move |_| field.has_error());
    let has_hint = Memo::new(move |_| hint.with(|hint| !hint.is_empty()));
    let label = Signal::derive(move || label.get().to_owned());
    let error = move || {
        has_error.get().then(|| {
            view! {
                <p class="field-error" id=field.error_id()>
                    <span class="visually-hidden">"Error: "</span>
                    <ChangingText text=Signal::derive(move || field.error().unwrap_or_default()) />
                </p>
            }
        })
    };
    view! {
        <div class="field" class:field-wrong=move || field.has_error()>
            <div class="field-head">
                <label for=key><ChangingText text=label /> {optional.then(|| view! { <span class="field-optional">" (optional)"</span> })}</label>
                {max.map(|max| view! { <Counter field max /> })}
            </div>
            {move || has_hint.get().then(|| view! {
                <p class="field-hint" id=field.hint_id()><ChangingText text=hint /></p>
            })}
            {error}
            {children()}
        </div>
    }
}

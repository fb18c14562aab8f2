//! A select control: the browser's `<select>`, which brings type-ahead, autofill and a phone's native picker.

use leptos::prelude::*;
use web_sys::Event;

use crate::form::{FieldState, FormLock};
use crate::ui::field::Field;

/// A labelled select. A value that is not one of the choices becomes an extra option, so that no stored value is lost.
#[component]
pub fn Select(
    /// The field's state.
    field: FieldState,
    /// Its label.
    #[prop(into)]
    label: Signal<&'static str>,
    /// A hint; empty for none.
    #[prop(into, optional)]
    hint: Signal<String>,
    /// The `autocomplete` token for autofill.
    autocomplete: &'static str,
    /// The label of the empty option, which comes first.
    none: &'static str,
    /// The value and label of each option, in order.
    choices: Vec<(&'static str, String)>,
    /// The label of a value that is not one of the choices.
    name_of: fn(&str) -> String,
    /// Whether it may be left empty.
    #[prop(optional)]
    optional: bool,
    /// Whether its group's legend already says "(optional)".
    #[prop(optional)]
    in_optional: bool,
) -> impl IntoView {
    let initial = field.text_untracked();
    // Leptos sets `prop:value` before the options exist, so the initial option gets `selected` as well.
    let options: Vec<_> = choices
        .iter()
        .map(|(value, name)| {
            let selected = *value == initial;
            view! { <option value=*value selected=selected>{name.clone()}</option> }
        })
        .collect();
    let unlisted_option = move || {
        let value = field.dom_value();
        let is_unlisted = !value.is_empty() && choices.iter().all(|(listed, _)| *listed != value);
        is_unlisted.then(|| {
            let name = name_of(&value);
            view! { <option value=value selected>{name}</option> }
        })
    };
    let locked = FormLock::is_locked();
    // Users trigger `input` and `change`; WebDriver and some autofill trigger only `change`.
    let on_choice = move |event: Event| {
        let value = event_target_value(&event);
        if locked.get_untracked() {
            // `<select>` has no `readonly` attribute.
            field.reset_dom_value();
        } else if field.text_untracked() != value {
            field.on_input(value);
        }
    };
    view! {
        <Field field label optional=optional && !in_optional hint max=None>
            <select
                id=field.key()
                name=field.key()
                autocomplete=autocomplete
                aria-required=(!optional).then_some("true")
                aria-disabled=move || locked.get().then_some("true")
                aria-invalid=move || field.has_error().then_some("true")
                aria-describedby=move || field.described_by(hint.with(|hint| !hint.is_empty()))
                prop:value=move || field.dom_value()
                on:input=on_choice
                on:change=on_choice
                on:blur=move |_| field.on_blur()
            >
                <option value="">{none}</option>
                {unlisted_option}
                {options}
            </select>
        </Field>
    }
}

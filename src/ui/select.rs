//! A choice of one, as the browser's own `<select>`: type-ahead, autofill and a phone's wheel come with it.

use leptos::prelude::*;
use web_sys::Event;

use crate::form::{FieldState, FormLock};
use crate::ui::field::Field;

/// A labelled select. A text that is no choice of it is kept as one more option, so that nothing stored is lost.
#[component]
pub fn Select(
    /// Its state.
    field: FieldState,
    /// What it is called.
    #[prop(into)]
    label: Signal<&'static str>,
    /// A hint; empty for none.
    #[prop(into, optional)]
    hint: Signal<String>,
    /// What the browser may fill in (E16).
    autocomplete: &'static str,
    /// What the empty choice, which comes first, is called.
    none: &'static str,
    /// The value and name of each option, in order.
    choices: Vec<(&'static str, String)>,
    /// What a value that is no choice is called.
    name_of: fn(&str) -> String,
    /// Whether it may be left empty.
    #[prop(optional)]
    optional: bool,
    /// Whether it belongs to a group that says so.
    #[prop(optional)]
    in_optional: bool,
) -> impl IntoView {
    let initial = field.text_untracked();
    // The control's value is set before its options are there: the chosen one is selected by itself.
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
    // A person's choice fires `input` and `change`; a WebDriver's click on an option, and some autofill, `change` alone.
    let on_choice = move |event: Event| {
        let value = event_target_value(&event);
        if locked.get_untracked() {
            // A select knows no `readonly`.
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

//! A select control: the browser's `<select>`, which brings autofill and a phone's native picker.

use std::time::Duration;

use leptos::prelude::*;
use web_sys::{Element, Event, KeyboardEvent};

use crate::form::{FieldState, FormLock};
use crate::ui::field::{Field, FieldNotes};

/// How long after the last key a new word begins, in milliseconds. Chromium's own type-ahead waits as long.
const TYPE_AHEAD_TIMEOUT: f64 = 1000.0;

/// The choices that come first, in a group of their own.
#[derive(Debug, Clone, Copy)]
pub struct FirstChoices {
    /// The label of their group.
    pub label: &'static str,
    /// The label of the group with the other choices.
    pub other_label: &'static str,
    /// Their values. While there are none, the select has no groups.
    pub values: Signal<Vec<String>>,
}

/// The value to select when this text was typed, if any. It also gets the current value.
pub type TypeAhead = Callback<(String, String), Option<String>>;

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
    /// The stored text that the current one replaces; `None` if they are equal.
    #[prop(into, optional)]
    was: Signal<Option<String>>,
    /// The `autocomplete` token for autofill.
    autocomplete: &'static str,
    /// The label of the empty option, which comes first.
    none: &'static str,
    /// Returns the value and label of each option, in order. It is called after the first frame, because the names of
    /// countries and currencies take a while.
    choices: fn() -> Vec<(&'static str, String)>,
    /// The choices that come first.
    #[prop(optional)]
    first: Option<FirstChoices>,
    /// Replaces the browser's type-ahead while the list is closed.
    #[prop(optional)]
    type_ahead: Option<TypeAhead>,
    /// The label of a value that is not one of the choices.
    name_of: fn(&str) -> String,
    /// Whether it may be left empty.
    #[prop(optional)]
    optional: bool,
    /// Whether its group's legend already says "(optional)".
    #[prop(optional)]
    in_optional: bool,
) -> impl IntoView {
    let notes = FieldNotes { hint, warning: Signal::default(), was };
    let listed = RwSignal::new(Vec::new());
    let list = move || {
        // The page may have been left.
        if !listed.is_disposed() {
            listed.set(choices());
        }
    };
    // A hidden tab has no frames, and needs no options until it is shown.
    request_animation_frame(move || set_timeout(list, Duration::ZERO));
    let first_values = Memo::new(move |_| first.map(|first| first.values.get()).unwrap_or_default());
    let options = move || {
        let first_values = first_values.get();
        let current = field.text_untracked();
        // Leptos sets `prop:value` before the options exist, so the current option gets `selected` as well.
        let option = |(value, name): &(&'static str, String)| {
            let selected = *value == current;
            view! { <option value=*value selected=selected>{name.clone()}</option> }
        };
        listed.with(|listed| {
            let (top, rest): (Vec<_>, Vec<_>) =
                listed.iter().partition(|(value, _)| first_values.iter().any(|first| first == value));
            let rest: Vec<_> = rest.into_iter().map(option).collect();
            match first {
                Some(FirstChoices { label, other_label, .. }) if !top.is_empty() => {
                    let top: Vec<_> = top.into_iter().map(option).collect();
                    view! { <optgroup label=label>{top}</optgroup> <optgroup label=other_label>{rest}</optgroup> }
                        .into_any()
                }
                _ => rest.into_any(),
            }
        })
    };
    // New options lose the selection.
    let track_options = move || {
        listed.track();
        first_values.track();
    };
    Effect::watch(track_options, move |_, _, _| field.reset_dom_value(), false);
    let unlisted_option = move || {
        let value = field.dom_value();
        let is_listed = listed.with(|listed| listed.iter().any(|(code, _)| *code == value));
        (!value.is_empty() && !is_listed).then(|| {
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
    let typed = StoredValue::new((String::new(), 0.0));
    let on_key = move |event: KeyboardEvent| {
        let Some(type_ahead) = type_ahead.filter(|_| !locked.get_untracked() && is_character(&event)) else { return };
        let now = js_sys::Date::now();
        let is_new_word = typed.with_value(|(_, last)| now - last > TYPE_AHEAD_TIMEOUT);
        // The space key opens the list, unless it is part of a name.
        if is_new_word && event.key() == " " {
            return;
        }
        event.prevent_default();
        typed.update_value(|(text, last)| {
            if is_new_word {
                text.clear();
            }
            text.push_str(&event.key());
            *last = now;
        });
        let current = field.text_untracked();
        let choice = type_ahead.run((typed.with_value(|(text, _)| text.clone()), current.clone()));
        if let Some(choice) = choice.filter(|choice| *choice != current) {
            field.write(choice);
        }
    };
    let on_blur = move |_| {
        // A word ends with the focus.
        typed.set_value((String::new(), 0.0));
        field.on_blur();
    };
    view! {
        <Field field label optional=optional && !in_optional notes max=None>
            <select
                id=field.key()
                name=field.key()
                autocomplete=autocomplete
                aria-required=(!optional).then_some("true")
                aria-disabled=move || locked.get().then_some("true")
                aria-invalid=move || field.has_error().then_some("true")
                aria-describedby=move || notes.described_by(field)
                prop:value=move || field.dom_value()
                on:input=on_choice
                on:change=on_choice
                on:keydown=on_key
                on:blur=on_blur
            >
                <option value="">{none}</option>
                {unlisted_option}
                {options}
            </select>
        </Field>
    }
}

/// Whether a key types a character into a closed list. An open list has the browser's own type-ahead.
fn is_character(event: &KeyboardEvent) -> bool {
    // Browsers without `:open` send no keys of an open list to the page.
    let is_open = event_target::<Element>(event).matches(":open").unwrap_or(false);
    let has_modifier = event.ctrl_key() || event.meta_key() || event.alt_key();
    !is_open && !has_modifier && event.key().chars().count() == 1
}

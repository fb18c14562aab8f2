//! A one-line text control.

use leptos::prelude::*;

use crate::form::{FieldState, FormLock};
use crate::ui::field::Field;
use crate::ui::text_events::TextEvents;

/// What is typed into it: decides the keyboard of a phone, and who may read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputKind {
    /// Any text.
    Text,
    /// An email address.
    Email,
    /// A telephone number.
    Tel,
    /// A secret that is pasted: masked by the style sheet. A password input would have password managers offer to store it.
    Secret,
}

impl InputKind {
    const fn name(self) -> &'static str {
        match self {
            Self::Text | Self::Secret => "text",
            Self::Email => "email",
            Self::Tel => "tel",
        }
    }

    /// An address or a number is read from left to right, also where a part of it is not.
    const fn direction(self) -> &'static str {
        match self {
            Self::Email | Self::Tel => "ltr",
            Self::Text | Self::Secret => "auto",
        }
    }
}

/// A labelled text input.
#[component]
pub fn TextField(
    /// Its state.
    field: FieldState,
    /// What it is called.
    #[prop(into)]
    label: Signal<&'static str>,
    /// A hint; empty for none.
    #[prop(into, optional)]
    hint: Signal<String>,
    /// What is typed into it.
    #[prop(default = InputKind::Text)]
    kind: InputKind,
    /// What the browser may fill in (E16).
    autocomplete: &'static str,
    /// The most characters it takes. No `maxlength`: what is pasted is kept whole (E11).
    #[prop(optional_no_strip)]
    max: Option<usize>,
    /// Whether it may be left empty.
    #[prop(optional)]
    optional: bool,
    /// Whether it belongs to a group that says so.
    #[prop(optional)]
    in_optional: bool,
) -> impl IntoView {
    let locked = FormLock::is_locked();
    let events = TextEvents::new(field);
    view! {
        <Field field label optional=optional && !in_optional hint max>
            <input
                id=field.key()
                name=field.key()
                type=kind.name()
                class=(kind == InputKind::Secret).then_some("masked")
                autocomplete=autocomplete
                autocapitalize=(kind != InputKind::Text).then_some("none")
                spellcheck="false"
                dir=kind.direction()
                aria-required=(!optional).then_some("true")
                aria-invalid=move || field.has_error().then_some("true")
                aria-describedby=move || field.described_by(hint.with(|hint| !hint.is_empty()))
                readonly=move || locked.get()
                prop:value=move || field.dom_value()
                on:input=move |event| events.input(&event)
                on:change=move |event| events.sync(&event)
                on:focus=move |event| events.focus(event)
                on:blur=move |event| events.blur(&event)
                on:keydown=move |event| events.sync(&event)
            />
        </Field>
    }
}

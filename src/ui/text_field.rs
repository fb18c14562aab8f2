//! A one-line text control.

use leptos::prelude::*;

use crate::form::{Control, Locked};
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
    control: Control,
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
    let locked = Locked::here();
    let events = TextEvents::new(control);
    view! {
        <Field control label optional=optional && !in_optional hint max>
            <input
                id=control.key()
                name=control.key()
                type=kind.name()
                class=(kind == InputKind::Secret).then_some("masked")
                autocomplete=autocomplete
                autocapitalize=(kind != InputKind::Text).then_some("none")
                spellcheck="false"
                dir=kind.direction()
                aria-required=(!optional).then_some("true")
                aria-invalid=move || control.is_wrong().then_some("true")
                aria-describedby=move || control.described_by(hint.with(|hint| !hint.is_empty()))
                readonly=move || locked.get()
                prop:value=move || control.written()
                on:input=move |event| events.input(&event)
                on:change=move |event| events.sync(&event)
                on:focus=move |event| events.focus(event)
                on:blur=move |event| events.blur(&event)
                on:keydown=move |event| events.sync(&event)
            />
        </Field>
    }
}

//! A single-line text control.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Event};

use crate::form::{FieldState, FormLock};
use crate::ui::field::{Field, FieldNotes};
use crate::ui::text_events::TextEvents;

/// The kind of text in an input. It decides the phone's keyboard, the text direction and whether the text is masked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputKind {
    /// Any text.
    Text,
    /// An email address.
    Email,
    /// A telephone number.
    Tel,
    /// A pasted secret, masked by CSS. A password input would make password managers offer to save it.
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

    /// Email addresses and phone numbers are always left to right, whatever script they contain.
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
    /// The field's state.
    field: FieldState,
    /// Its label.
    #[prop(into)]
    label: Signal<&'static str>,
    /// A hint; empty for none.
    #[prop(into, optional)]
    hint: Signal<String>,
    /// A warning about the text; empty for none.
    #[prop(into, optional)]
    warning: Signal<String>,
    /// The stored text that the current one replaces; `None` if they are equal.
    #[prop(into, optional)]
    was: Signal<Option<String>>,
    /// The kind of text.
    #[prop(default = InputKind::Text)]
    kind: InputKind,
    /// The `autocomplete` token for autofill.
    autocomplete: &'static str,
    /// Its limit, in code points. There is no `maxlength`, because that would cut off pasted text.
    #[prop(optional_no_strip)]
    max: Option<usize>,
    /// Whether it may be left empty.
    #[prop(optional)]
    optional: bool,
    /// Whether its group's legend already says "(optional)".
    #[prop(optional)]
    in_optional: bool,
    /// Handles a pasted text. If it returns true, the control does not take the text itself.
    #[prop(optional_no_strip)]
    on_paste: Option<Callback<String, bool>>,
) -> impl IntoView {
    let locked = FormLock::is_locked();
    let events = TextEvents::new(field);
    let notes = FieldNotes { hint, warning, was };
    let paste = move |event: Event| {
        let Some(on_paste) = on_paste.filter(|_| !locked.get_untracked()) else { return };
        let clipboard = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
        let pasted = clipboard.and_then(|clipboard| clipboard.get_data("text/plain").ok());
        if pasted.is_some_and(|pasted| on_paste.run(pasted)) {
            event.prevent_default();
        }
    };
    view! {
        <Field field label optional=optional && !in_optional notes max>
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
                aria-describedby=move || notes.described_by(field)
                readonly=move || locked.get()
                prop:value=move || field.dom_value()
                on:input=move |event| events.input(&event)
                on:change=move |event| events.sync(&event)
                on:focus=move |event| events.focus(event)
                on:blur=move |event| events.blur(&event)
                on:keydown=move |event| events.sync(&event)
                on:paste=move |event| paste(event.into())
            />
        </Field>
    }
}

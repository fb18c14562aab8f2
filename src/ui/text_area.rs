//! A multi-line text control. Ctrl+Enter or Cmd+Enter submits its form.

use leptos::prelude::*;
use web_sys::{HtmlTextAreaElement, KeyboardEvent};

use crate::form::{FieldState, FormLock};
use crate::ui::field::{Field, FieldNotes};
use crate::ui::text_events::TextEvents;

/// A labelled text area.
#[component]
pub fn TextArea(
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
    /// Its limit, in code points. There is no `maxlength`, because that would cut off pasted text.
    #[prop(optional_no_strip)]
    max: Option<usize>,
    /// Whether it may be left empty.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let events = TextEvents::new(field);
    let notes = FieldNotes { hint, warning, was };
    let submit = move |event: KeyboardEvent| {
        events.sync(&event);
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            let form = event_target::<HtmlTextAreaElement>(&event).form();
            // Fails only for a form that is not in the document.
            _ = form.map(|form| form.request_submit());
        }
    };
    let locked = FormLock::is_locked();
    view! {
        <Field field label optional notes max>
            <textarea
                id=field.key()
                name=field.key()
                rows="1"
                autocomplete="off"
                dir="auto"
                aria-required=(!optional).then_some("true")
                aria-invalid=move || field.has_error().then_some("true")
                aria-describedby=move || notes.described_by(field)
                readonly=move || locked.get()
                prop:value=move || field.dom_value()
                on:input=move |event| events.input(&event)
                on:change=move |event| events.sync(&event)
                on:focus=move |event| events.focus(event)
                on:blur=move |event| events.blur(&event)
                on:keydown=submit
            ></textarea>
        </Field>
    }
}

//! The error summary above a form: one link per error, in the order of the form.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, MouseEvent, ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::form::FieldState;
use crate::ui::heading::Title;
use crate::ui::{ChangingText, KeyedItem, KeyedList};

/// The error summary. It takes the focus whenever `shown` is notified while there are errors, and disappears with the
/// last error.
#[component]
pub fn ErrorSummary(
    /// The form's fields, in order. Fields whose error is shown are listed.
    controls: Vec<FieldState>,
    /// Errors that belong to no field.
    #[prop(into)]
    general_errors: Signal<Vec<String>>,
    /// Whether the last submit failed. Each notification moves the focus here.
    shown: RwSignal<bool>,
    /// The consequence and the next action.
    #[prop(optional, into)]
    text: Option<Signal<String>>,
    /// The content below the errors.
    #[prop(optional)]
    children: Option<ChildrenFn>,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let errors = Memo::new(move |_| {
        let field_errors = controls.iter().filter_map(|field| Some((Some(field.key()), field.error()?)));
        let errors: Vec<(Option<&'static str>, String)> =
            field_errors.chain(general_errors.get().into_iter().map(|message| (None, message))).collect();
        errors
    });
    let is_shown = Memo::new(move |_| shown.get() && errors.with(|errors| !errors.is_empty()));
    if let Some(title) = use_context::<Title>() {
        title.mark_errors(is_shown.into());
    }
    // After all errors are fixed, the next error appears only at its field, until the next submit.
    Effect::new(move |_| {
        if shown.get() && errors.with(Vec::is_empty) {
            shown.set(false);
        }
    });
    Effect::new(move |_| {
        shown.track();
        if let Some(summary) = node.get() {
            _ = summary.focus();
        }
    });
    let items = Callback::new(move |()| {
        let item =
            |error: (_, String)| KeyedItem::new(error.clone(), move || view! { <li>{link(error.0, error.1)}</li> });
        errors.get().into_iter().map(item).collect()
    });
    let children = StoredValue::new(children);
    view! {
        <Show when=move || is_shown.get()>
            <div class="summary" tabindex="-1" node_ref=node>
                <div role="alert">
                    <h2>"There is a problem"</h2>
                    {text.map(|text| view! { <p><ChangingText text /></p> })}
                    <ul>
                        <KeyedList each=items />
                    </ul>
                </div>
                {children.with_value(|children| children.as_ref().map(|children| children()))}
            </div>
        </Show>
    }
}

fn link(key: Option<&'static str>, message: String) -> AnyView {
    match key {
        Some(key) => {
            let href = format!("#{key}");
            view! { <a href=href on:click=move |event| go_to(key, &event)>{message}</a> }.into_any()
        }
        None => message.into_any(),
    }
}

/// Focuses a control and scrolls its label into view. The URL gets no hash.
fn go_to(key: &str, event: &MouseEvent) {
    event.prevent_default();
    let Some(field) = document().get_element_by_id(key).and_then(|element| element.dyn_into::<HtmlElement>().ok())
    else {
        return;
    };
    if let Ok(Some(field)) = field.closest(".field") {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Center);
        field.scroll_into_view_with_scroll_into_view_options(&options);
    }
    _ = field.focus();
}

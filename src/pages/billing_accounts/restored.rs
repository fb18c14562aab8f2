//! Says that a draft was restored, with the way to be rid of it, and the way back (R9).

use leptos::prelude::*;

use super::draft::Draft;
use super::fields::Fields;
use super::form_state::AccountFormState;
use crate::domain::Field;
use crate::ui::{Locked, Notice, Tone, focus_on};

/// The notice of a draft that was restored.
#[component]
pub fn Restored(
    /// The form that it was restored to.
    state: AccountFormState,
) -> impl IntoView {
    // What was discarded a moment ago.
    let discarded = RwSignal::new(None::<Draft>);
    let fields = state.fields;
    let locked = Locked::here();
    let discard = move |_| {
        let draft = fields.draft_now();
        fill(fields, &Draft::default());
        state.rest();
        discarded.set(Some(draft));
        focus_on("form input");
    };
    let undo = move |draft: &Draft| {
        fill(fields, draft);
        discarded.set(None);
        focus_on("form input");
    };
    let notice = move || match discarded.get() {
        None => view! {
            <Notice tone=Tone::Info title="Draft restored">
                <p>"This is what you typed here before and did not save."</p>
                <button type="button" class="button button-small" on:click=discard>"Discard"</button>
            </Notice>
        }
        .into_any(),
        Some(draft) => view! {
            <Notice tone=Tone::Info title="Draft discarded">
                <button type="button" class="button button-small" on:click=move |_| undo(&draft)>"Undo"</button>
            </Notice>
        }
        .into_any(),
    };
    // What is being saved is no draft to discard.
    view! { <div role="status" hidden=move || locked.get()>{notice}</div> }
}

fn fill(fields: Fields, draft: &Draft) {
    for field in Field::ALL {
        fields.write(field, draft.get(field));
    }
}

//! Says that a copied account took the place of a draft, with the way back.

use leptos::prelude::*;

use crate::browser::focus::focus_on;
use crate::domain::Field;
use crate::domain::text::trim;
use crate::form::Locked;
use crate::pages::billing_accounts::form::state::AccountFormState;
use crate::ui::{Notice, Tone};

/// The notice, while a draft is set aside.
#[component]
pub fn SetAside(
    /// The form.
    state: AccountFormState,
    /// Set when the user changes between the two.
    switched: RwSignal<bool>,
) -> impl IntoView {
    let locked = Locked::here();
    let switch = move |_| {
        let Some(draft) = untrack(|| state.keeping.set_aside()) else { return };
        let shown = state.fields.draft_now();
        state.fields.fill(&draft);
        state.rest();
        switched.update(|switched| *switched = !*switched);
        state.keeping.set_set_aside(shown);
        focus_on("form input");
    };
    let notice = move || {
        let draft = state.keeping.set_aside()?;
        let name = match trim(draft.get(Field::Name)) {
            "" => "without a name".to_owned(),
            name => format!("“{name}”"),
        };
        Some(view! {
            <Notice tone=Tone::Info title="Another draft is set aside">
                <p>"This tab keeps your draft " <bdi>{name}</bdi> "."</p>
                <button type="button" class="button button-small" on:click=switch>"Switch to it"</button>
            </Notice>
        })
    };
    view! { <div role="status" hidden=move || locked.get()>{notice}</div> }
}

//! The notice about a draft that was set aside for a duplicate, with a button to switch to it.

use leptos::prelude::*;

use crate::browser::focus::focus_on;
use crate::domain::Field;
use crate::domain::text::trim;
use crate::form::FormLock;
use crate::pages::billing_accounts::form::state::AccountFormState;
use crate::ui::{Notice, Tone};

/// The notice, while a draft is set aside.
#[component]
pub fn DraftSetAsideNotice(
    /// The form.
    state: AccountFormState,
    /// Toggled when the user switches between the two drafts.
    switched: RwSignal<bool>,
) -> impl IntoView {
    let locked = FormLock::is_locked();
    let switch = move |_| {
        let Some(draft) = untrack(|| state.draft_store.set_aside()) else { return };
        let shown = state.fields.draft_untracked();
        state.fields.fill(&draft);
        state.reset();
        switched.update(|switched| *switched = !*switched);
        state.draft_store.put_aside(shown);
        focus_on("form input");
    };
    let notice = move || {
        let draft = state.draft_store.set_aside()?;
        let text = match trim(draft.get(Field::Name)) {
            "" => "Your draft without a name is kept in this tab.".to_owned(),
            // Isolated, so that right-to-left text does not reverse the sentence.
            name => format!("Your draft “\u{2068}{name}\u{2069}” is kept in this tab."),
        };
        Some(view! {
            <Notice tone=Tone::Info title="You have another draft" text>
                <button type="button" class="button button-small" on:click=switch>"Switch to it"</button>
            </Notice>
        })
    };
    view! { <div role="status" hidden=move || locked.get()>{notice}</div> }
}

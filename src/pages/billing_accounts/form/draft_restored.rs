//! The notice about a restored draft, with buttons to discard it and to undo that.

use leptos::prelude::*;

use crate::browser::focus::focus_on;
use crate::domain::draft::Draft;
use crate::form::FormLock;
use crate::pages::billing_accounts::form::state::AccountFormState;
use crate::ui::{Notice, Tone};

/// The state of the restored draft.
#[derive(Clone, PartialEq)]
enum Stage {
    Restored,
    /// The user discarded the draft, and has not typed since.
    Discarded(Box<Draft>),
    /// The user has typed again: restoring the discarded draft would overwrite the new input.
    Replaced,
}

/// The notice of a draft that was restored.
#[component]
pub fn DraftRestoredNotice(
    /// The form with the draft.
    state: AccountFormState,
) -> impl IntoView {
    let stage = RwSignal::new(Stage::Restored);
    let fields = state.fields;
    let locked = FormLock::is_locked();
    let discard = move |_| {
        let draft = fields.draft_untracked();
        fields.fill(&Draft::default());
        state.reset();
        stage.set(Stage::Discarded(Box::new(draft)));
        focus_on("form input");
    };
    let undo = move |draft: &Draft| {
        fields.fill(draft);
        stage.set(Stage::Restored);
        focus_on("form input");
    };
    Effect::new(move |_| {
        let is_empty = fields.equals(&Draft::default());
        if !is_empty && stage.with_untracked(|stage| matches!(stage, Stage::Discarded(_))) {
            stage.set(Stage::Replaced);
        }
    });
    let notice = move || match stage.get() {
        Stage::Restored => view! {
            <Notice tone=Tone::Info title="Draft restored" text="You left this unsaved.">
                <button type="button" class="button button-small" on:click=discard>"Discard"</button>
            </Notice>
        }
        .into_any(),
        Stage::Discarded(draft) => view! {
            <Notice tone=Tone::Info title="Draft discarded">
                <button type="button" class="button button-small" on:click=move |_| undo(&draft)>"Undo"</button>
            </Notice>
        }
        .into_any(),
        Stage::Replaced => ().into_any(),
    };
    // A draft cannot be discarded while it is being saved.
    view! { <div role="status" hidden=move || locked.get()>{notice}</div> }
}

//! Says that a draft was restored, with the way to be rid of it, and the way back (R9).

use leptos::prelude::*;

use crate::browser::focus::focus_on;
use crate::domain::draft::Draft;
use crate::form::FormLock;
use crate::pages::billing_accounts::form::state::AccountFormState;
use crate::ui::{Notice, Tone};

/// What became of the draft that was restored.
#[derive(Clone, PartialEq)]
enum Stage {
    Restored,
    /// The user discarded it, and has typed nothing since.
    Discarded(Box<Draft>),
    /// The user has begun anew: to bring the discarded draft back would overwrite that.
    Replaced,
}

/// The notice of a draft that was restored.
#[component]
pub fn DraftRestoredNotice(
    /// The form that it was restored to.
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
            <Notice tone=Tone::Info title="Draft restored">
                <p>"You left this unsaved."</p>
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
    // What is being saved is no draft to discard.
    view! { <div role="status" hidden=move || locked.get()>{notice}</div> }
}

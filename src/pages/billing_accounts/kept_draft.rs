//! The draft of a new account, shown in the list of accounts.

use leptos::prelude::*;

use crate::browser::focus::focus_on;
use crate::context::AppContext;
use crate::domain::text::trim;
use crate::domain::{Field, WorkspaceId};
use crate::pages::billing_accounts::form::draft_storage::store;
use crate::pages::billing_accounts::form::draft_storage::stored_draft::StoredDraft;
use crate::route::Route;
use crate::ui::{Notice, Tone};

#[derive(Clone, PartialEq)]
enum Stage {
    Kept,
    Discarded,
}

/// The draft, with the ways to continue and to discard it. Nothing for a workspace without one.
#[component]
pub fn KeptDraft(
    /// The services of the app.
    app: AppContext,
    /// The workspace of the draft.
    workspace: WorkspaceId,
) -> impl IntoView {
    let key = store::storage_key(&workspace, None);
    let stored = store::load(app.session, &key);
    if stored.draft.is_empty() || !stored.attempts.is_empty() {
        return ().into_any();
    }
    let name = match trim(stored.draft.get(Field::Name)) {
        "" => "without a name".to_owned(),
        name => name.to_owned(),
    };
    let href = Route::NewBillingAccount(workspace).href();
    let stage = RwSignal::new(Stage::Kept);
    let stored = StoredValue::new(stored);
    let key = StoredValue::new(key);
    let discard = move |_| {
        let without_draft =
            StoredDraft { draft: stored.with_value(|stored| stored.set_aside.clone()), ..StoredDraft::default() };
        key.with_value(|key| store::replace(app.session, key, &without_draft));
        stage.set(Stage::Discarded);
        focus_on("h1");
    };
    let undo = move |_| {
        key.with_value(|key| stored.with_value(|stored| store::replace(app.session, key, stored)));
        stage.set(Stage::Kept);
        focus_on("h1");
    };
    let notice = move || match stage.get() {
        Stage::Kept => view! {
            <div class="panel draft-row">
                <p>"Draft: " <strong><bdi>{name.clone()}</bdi></strong></p>
                <div class="actions">
                    <a class="button button-small" href=href.clone()>"Continue"</a>
                    <button type="button" class="button button-small" on:click=discard>"Discard"</button>
                </div>
            </div>
        }
        .into_any(),
        Stage::Discarded => view! {
            <Notice tone=Tone::Info title="Draft discarded">
                <button type="button" class="button button-small" on:click=undo>"Undo"</button>
            </Notice>
        }
        .into_any(),
    };
    view! { <div role="status">{notice}</div> }.into_any()
}

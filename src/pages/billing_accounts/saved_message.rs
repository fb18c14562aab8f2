//! The message about the save that opened the account's page, with its actions: undo an update, or check an address that
//! the server added.

use leptos::html;
use leptos::prelude::*;

use crate::context::AppContext;
use crate::domain::{BillingAccount, WorkspaceId};
use crate::navigation::leave_guard::{UnsavedState, use_leave_guard};
use crate::pages::billing_accounts::form::unknown_notice::UnknownNotice;
use crate::pages::billing_accounts::undo::{Stage, Undo};
use crate::pages::shared::error_messages::Operation;
use crate::pages::shared::error_notice::FailureNotice;
use crate::pages::shared::flash::SavedFlash;
use crate::pages::shared::flash_message::FlashMessage;
use crate::pages::shared::query::Query;
use crate::route::Route;
use crate::ui::{ChangingText, Countdown, CountdownText, Notice, Tone};

/// The note about an address that the server added.
const ADDRESS_ADDED: &str = "Altostrat added an address. Check that it’s right.";

/// The message, if a save opened the page.
#[component]
pub fn SavedMessage(
    /// The app's services.
    app: AppContext,
    /// The workspace of the account.
    workspace: WorkspaceId,
    /// The save.
    saved: Option<SavedFlash>,
    /// The account on the page.
    query: Query<BillingAccount>,
) -> impl IntoView {
    let Some(SavedFlash { text, mut notes, account, undo, address_added }) = saved else {
        return view! { <FlashMessage message=None /> }.into_any();
    };
    let edit = Route::EditBillingAccount(workspace.clone(), account.id.clone()).href();
    if address_added {
        notes.push(ADDRESS_ADDED.to_owned());
        return view! {
            <FlashMessage message=Some((text, notes))>
                <a class="button button-small" href=edit.clone()>"Edit"</a>
            </FlashMessage>
        }
        .into_any();
    }
    if undo.is_empty() {
        return view! { <FlashMessage message=Some((text, notes)) /> }.into_any();
    }
    let undo = Undo::new(app, workspace, account, undo, query);
    let stage = undo.stage;
    let is_offered = Memo::new(move |_| stage.with(|stage| matches!(stage, Stage::Offered | Stage::Undoing)));
    view! {
        <UndoGuard app stage />
        <Show when=move || is_offered.get()>
            <FlashMessage message=Some((text, notes.clone()))>
                <UndoButton undo />
            </FlashMessage>
        </Show>
        <UndoResult undo edit />
    }
    .into_any()
}

/// Asks before the page is left while an undo is in flight.
#[component]
fn UndoGuard(app: AppContext, stage: RwSignal<Stage>) -> impl IntoView {
    let is_undoing = move || stage.with(|stage| *stage == Stage::Undoing);
    use_leave_guard(app.leave_guard, Signal::derive(move || is_undoing().then_some(UnsavedState::Saving)));
}

/// The button that undoes the update.
#[component]
fn UndoButton(undo: Undo) -> impl IntoView {
    let stage = undo.stage;
    let is_undoing = move || stage.with(|stage| *stage == Stage::Undoing);
    let retry_at = move || stage.with(|stage| if let Stage::Failed(error) = stage { error.retry_at() } else { None });
    let countdown = Countdown::until(Signal::derive(retry_at));
    let label = Signal::derive(move || if is_undoing() { "Undoing…" } else { "Undo" }.to_owned());
    let on_click = move |_| {
        if !countdown.blocks_press() {
            undo.start();
        }
    };
    view! {
        <div class="actions">
            <button
                type="button"
                class="button button-small"
                aria-disabled=move || (is_undoing() || countdown.is_on()).then_some("true")
                on:click=on_click
            >
                <ChangingText text=label />
            </button>
            <CountdownText countdown />
        </div>
    }
}

/// The result of the undo. It takes the focus, because the button is removed.
#[component]
fn UndoResult(undo: Undo, edit: String) -> impl IntoView {
    let stage = undo.stage;
    let node = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(notice) = node.get() {
            _ = notice.focus();
        }
    });
    let is_unknown = Memo::new(move |_| stage.with(|stage| matches!(stage, Stage::Unknown { .. })));
    let outcome_check = Memo::new(move |_| stage.with(Stage::outcome_check));
    let unknown = {
        let edit = edit.clone();
        move || {
            let error = stage.with_untracked(|stage| match stage {
                Stage::Unknown { error, .. } => Some(error.clone()),
                _ => None,
            });
            let edit = edit.clone();
            let alternative = move || view! { <a class="button" href=edit.clone()>"Edit details"</a> };
            view! {
                <UnknownNotice
                    operation=Operation::Undo
                    error
                    outcome_check
                    check=Callback::new(move |()| undo.check())
                    resend=Callback::new(move |()| undo.start())
                    resend_label="Send again"
                    accept=None
                    alternative
                />
            }
        }
    };
    let result = move || match stage.get() {
        Stage::Offered | Stage::Undoing | Stage::Unknown { .. } => None,
        Stage::Undone => Some(view! { <Notice tone=Tone::Success title="Changes undone" alert=node /> }.into_any()),
        Stage::ChangedSince => {
            let edit = edit.clone();
            let notice = view! {
                <Notice
                    tone=Tone::Warning
                    title="This account was updated since you saved it"
                    text="Your changes weren’t undone. Check the account, then edit it if you need to."
                    alert=node
                >
                    <a class="button button-small" href=edit>"Edit"</a>
                </Notice>
            };
            Some(notice.into_any())
        }
        Stage::Failed(error) => Some(
            view! {
                <FailureNotice error operation=Operation::Undo focus=true>
                    <UndoButton undo />
                </FailureNotice>
            }
            .into_any(),
        ),
    };
    view! {
        {result}
        {move || is_unknown.get().then(&unknown)}
    }
}

//! The dialog that asks before unsaved state is lost.

use leptos::prelude::*;

use crate::navigation::leave_guard::{LeaveGuard, UnsavedState};
use crate::ui::{ChangingText, Dialog};

/// The dialog, while an exit waits for confirmation. Its text follows the unsaved state, because a save may end while
/// it is open.
#[component]
pub fn ConfirmLeave(
    /// Holds the pending exit.
    leave_guard: LeaveGuard,
    /// Runs when the user stays.
    on_stay: Callback<()>,
) -> impl IntoView {
    let is_open = Memo::new(move |_| leave_guard.confirmation().is_some());
    move || is_open.get().then(|| view! { <ConfirmLeaveDialog leave_guard on_stay /> })
}

#[component]
fn ConfirmLeaveDialog(leave_guard: LeaveGuard, on_stay: Callback<()>) -> impl IntoView {
    let stay = Callback::new(move |()| {
        on_stay.run(());
        leave_guard.stay();
    });
    let text_of = move |text: fn(UnsavedState) -> &'static str| {
        Signal::derive(move || leave_guard.confirmation().map_or("", text).to_owned())
    };
    let leave_label = if leave_guard.is_sign_out_pending() { "Sign out" } else { "Leave" };
    view! {
        <Dialog labelled_by="leave" cancel=stay>
            <h2 id="leave"><ChangingText text=text_of(title) /></h2>
            <p><ChangingText text=text_of(consequence) /></p>
            <div class="actions">
                <button type="button" class="button button-primary" on:click=move |_| stay.run(())>"Stay"</button>
                <button type="button" class="button" on:click=move |_| leave_guard.leave()>{leave_label}</button>
            </div>
        </Dialog>
    }
}

fn title(state: UnsavedState) -> &'static str {
    match state {
        UnsavedState::SavedDraft => "Sign out without saving?",
        UnsavedState::UnsavedChanges => "Leave without saving?",
        UnsavedState::UnknownOutcome => "Sign out before you know whether it was saved?",
        UnsavedState::Saving => "Leave while it is being saved?",
        UnsavedState::Deleting => "Leave while it is being deleted?",
    }
}

fn consequence(state: UnsavedState) -> &'static str {
    match state {
        UnsavedState::SavedDraft => {
            "What you typed is not saved. This tab keeps it until you sign out: signing out deletes it."
        }
        UnsavedState::UnsavedChanges => "What you changed on this page is not saved. If you leave, it is lost.",
        UnsavedState::UnknownOutcome => {
            "The last save may or may not have been done. If you sign out, this tab forgets that it has to be \
             checked: look in the list of billing accounts before you send it again."
        }
        UnsavedState::Saving => {
            "Saving is still in progress. If you leave, it continues. The list of billing accounts shows the \
             result: check it before you try again."
        }
        UnsavedState::Deleting => {
            "Deleting is still in progress. If you leave, it continues. The list of billing accounts shows the \
             result."
        }
    }
}

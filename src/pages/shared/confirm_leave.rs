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
    let text_of =
        move |text: &dyn Fn(UnsavedState) -> &'static str| leave_guard.confirmation().map_or("", text).to_owned();
    let is_sign_out = leave_guard.is_sign_out_pending();
    let stay_label = move |state| if discards_input(state) { "Keep editing" } else { "Stay" };
    let leave_label = move |state| match state {
        _ if is_sign_out => "Sign out",
        state if discards_input(state) => "Discard changes",
        _ => "Leave",
    };
    view! {
        <Dialog labelled_by="leave" cancel=stay>
            <h2 id="leave"><ChangingText text=Signal::derive(move || text_of(&title)) /></h2>
            <p><ChangingText text=Signal::derive(move || text_of(&consequence)) /></p>
            <div class="actions">
                <button type="button" class="button button-primary" on:click=move |_| stay.run(())>
                    <ChangingText text=Signal::derive(move || text_of(&stay_label)) />
                </button>
                <button type="button" class="button" on:click=move |_| leave_guard.leave()>
                    <ChangingText text=Signal::derive(move || text_of(&leave_label)) />
                </button>
            </div>
        </Dialog>
    }
}

/// Whether leaving loses input that the user could still edit.
const fn discards_input(state: UnsavedState) -> bool {
    matches!(state, UnsavedState::SavedDraft | UnsavedState::UnsavedChanges)
}

fn title(state: UnsavedState) -> &'static str {
    match state {
        UnsavedState::SavedDraft => "Sign out without saving?",
        UnsavedState::UnsavedChanges => "Leave without saving?",
        UnsavedState::UnknownOutcome => "Sign out without checking?",
        UnsavedState::Saving => "Leave while saving?",
        UnsavedState::Deleting => "Leave while deleting?",
    }
}

fn consequence(state: UnsavedState) -> &'static str {
    match state {
        UnsavedState::SavedDraft => "Your draft is kept in this tab only. Signing out deletes it.",
        UnsavedState::UnsavedChanges => "Your changes will be lost.",
        UnsavedState::UnknownOutcome => {
            "We don’t know yet whether your last save worked. If you sign out, check the list of billing accounts before \
             trying again."
        }
        UnsavedState::Saving => {
            "Saving is still in progress. If you leave, it continues. Check the list of billing accounts for the result \
             before trying again."
        }
        UnsavedState::Deleting => {
            "Deleting is still in progress. If you leave, it continues, but you won’t see the result."
        }
    }
}

//! What the user may do in a workspace, where that is known. A help: when it is not known, the API decides.

use leptos::prelude::*;
use leptos::task::{spawn_local_scoped_with_cancellation, tick};

use crate::api::Client;
use crate::domain::WorkspaceId;
use crate::domain::workspace::Role;
use crate::navigation::leave_guard::LeaveGuard;
use crate::session::Session;
use crate::ui::heading::FocusSnapshot;
use crate::ui::{Notice, Tone};

/// Whether the user may only look: known a moment after the page is there, or never.
pub fn is_viewer(client: Client, session: Session, workspace: &WorkspaceId) -> ReadSignal<bool> {
    let (answer, set_answer) = signal(false);
    let user = Memo::new(move |_| session.user().and_then(|user| user.claims.sub));
    let workspace = workspace.clone();
    // Asked again when somebody else has signed in over the page.
    Effect::new(move |_| {
        if user.get().is_none() {
            return;
        }
        let workspace = workspace.clone();
        spawn_local_scoped_with_cancellation(async move {
            let is_viewer = matches!(client.own_role(&workspace).await, Ok(Some(Role::Viewer)));
            // Only a change is set: an answer that changes nothing would still build the form anew, typing and all.
            if answer.try_get_untracked().is_some_and(|known| known != is_viewer) {
                let focus = FocusSnapshot::capture();
                set_answer.set(is_viewer);
                // A form or button that gives way takes the focus with it.
                tick().await;
                focus.restore();
            }
        });
    });
    answer
}

/// Whether a form gives way to what may be looked at. One that somebody has typed in does not: the role came late, and
/// what was typed stays (R6).
pub fn hide_form(leave_guard: LeaveGuard, read_only: ReadSignal<bool>) -> Memo<bool> {
    Memo::new(move |_| read_only.get() && untrack(|| leave_guard.unsaved_state()).is_none())
}

/// Why there is no button.
pub const READ_ONLY_HINT: &str = "You are a viewer of this workspace: you may look, and not change anything.";

const TITLE: &str = "You can view billing accounts here, but not change them";

/// Why a form that stays will be refused.
#[component]
pub fn ReadOnlyWarning(
    /// Whether the user may only look.
    read_only: ReadSignal<bool>,
    /// Whether the form gave way.
    hide_form: Memo<bool>,
) -> impl IntoView {
    let notice = move || (read_only.get() && !hide_form.get()).then(|| view! { <RefusedRole /> });
    view! { <div role="status">{notice}</div> }
}

/// What the role means for what was typed.
#[component]
fn RefusedRole() -> impl IntoView {
    view! {
        <Notice tone=Tone::Warning title=TITLE>
            <p>
                "Your role in this workspace is viewer, so the API will refuse to save this. What you typed is still \
                 here: ask an owner or admin to make the change, or to change your role."
            </p>
        </Notice>
    }
}

/// Why there is no form.
#[component]
pub fn ReadOnlyNotice() -> impl IntoView {
    view! {
        <Notice tone=Tone::Info title=TITLE>
            <p>"Your role in this workspace is viewer. Ask one of its owners or admins to make the change, or to change your role."</p>
        </Notice>
    }
}

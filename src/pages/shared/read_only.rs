//! Read-only pages for viewers of a workspace. This only helps the user: the server enforces the role.

use leptos::prelude::*;
use leptos::task::{spawn_local, spawn_local_scoped_with_cancellation, tick};

use crate::api::Client;
use crate::domain::WorkspaceId;
use crate::domain::workspace::Role;
use crate::navigation::Navigation;
use crate::navigation::leave_guard::LeaveGuard;
use crate::pages::shared::current_workspace::CurrentWorkspace;
use crate::pages::shared::flash::{Flash, ViewOnlyFlash};
use crate::pages::shared::flash_message::FlashMessage;
use crate::route::Route;
use crate::session::Session;
use crate::ui::heading::FocusSnapshot;
use crate::ui::{Notice, Tone};

/// Whether the user is a viewer of a workspace: `false` until the role is loaded, and when it cannot be loaded.
pub fn is_viewer(
    client: Client,
    session: Session,
    current_workspace: CurrentWorkspace,
    workspace: &WorkspaceId,
) -> ReadSignal<bool> {
    let (read_only, set_read_only) = signal(false);
    let user = Memo::new(move |_| session.user().and_then(|user| user.claims.sub));
    let workspace = workspace.clone();
    // Fetched again when a different user signs in.
    Effect::new(move |_| {
        if user.get().is_none() {
            return;
        }
        let workspace = workspace.clone();
        spawn_local_scoped_with_cancellation(async move {
            let role = client.own_role(&workspace).await.ok().flatten();
            if let Some(role) = role {
                current_workspace.set_role(workspace, role);
            }
            let is_viewer = role == Some(Role::Viewer);
            // Set only when it differs: setting the same value would rebuild the form and lose its input.
            if read_only.try_get_untracked().is_some_and(|current| current != is_viewer) {
                let focus = FocusSnapshot::capture();
                set_read_only.set(is_viewer);
                // A form or button that is removed loses the focus.
                tick().await;
                focus.restore();
            }
        });
    });
    read_only
}

/// Whether a form is hidden from a viewer. A form with unsaved state is not, because the role may arrive
/// after the user has typed.
pub fn hide_form(leave_guard: LeaveGuard, read_only: ReadSignal<bool>) -> Memo<bool> {
    Memo::new(move |_| read_only.get() && untrack(|| leave_guard.unsaved_state()).is_none())
}

/// The hint instead of a button.
pub const READ_ONLY_HINT: &str = "View only. Ask an owner or admin to make changes.";

/// The warning above a form that stays although saving it will be rejected.
#[component]
pub fn ReadOnlyWarning(
    /// Whether the user is a viewer.
    read_only: ReadSignal<bool>,
    /// Whether the form is hidden.
    hide_form: Memo<bool>,
) -> impl IntoView {
    let notice = move || (read_only.get() && !hide_form.get()).then(|| view! { <RefusedRole /> });
    view! { <div role="status">{notice}</div> }
}

/// The consequence of the role for the unsaved input.
#[component]
fn RefusedRole() -> impl IntoView {
    view! {
        <Notice
            tone=Tone::Warning
            title="You can only view billing accounts here"
            text="What you typed can’t be saved. Ask an owner or admin to make the change."
        />
    }
}

/// Takes a viewer from a form to the page `route`, which shows why. A form that stays has a [`ReadOnlyWarning`].
pub fn redirect_viewer(
    navigation: Navigation,
    hide_form: Memo<bool>,
    flash: Flash<ViewOnlyFlash>,
    form: ViewOnlyFlash,
    route: Route,
) {
    Effect::new(move |_| {
        if hide_form.get() {
            let route = route.clone();
            // In a later task: the effect belongs to the page that is left.
            spawn_local(async move {
                flash.put(form);
                navigation.replace(&route);
            });
        }
    });
}

/// The message after a viewer was taken from a form.
#[component]
pub fn ViewOnlyMessage(
    /// The form.
    flash: Flash<ViewOnlyFlash>,
) -> impl IntoView {
    view! { <FlashMessage message=flash.take().map(ViewOnlyFlash::message) tone=Tone::Info /> }
}

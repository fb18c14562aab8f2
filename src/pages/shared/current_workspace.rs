//! The workspace of the current page. It is fetched in the background, once for every page that shows its name or its
//! capacity.

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;

use crate::api::Client;
use crate::domain::workspace::Role;
use crate::domain::{Workspace, WorkspaceId};
use crate::navigation::navigator::Navigation;
use crate::pages::shared::recent_workspaces;
use crate::route::Route;
use crate::session::{Session, State};

/// The workspace of the current page, as a `Copy` handle.
#[derive(Debug, Clone, Copy)]
pub struct CurrentWorkspace {
    navigation: Navigation,
    loaded: RwSignal<Option<Workspace>>,
    role: RwSignal<Option<(WorkspaceId, Role)>>,
    used: RwSignal<Option<(WorkspaceId, usize)>>,
}

impl CurrentWorkspace {
    /// Follows the current route, and fetches its workspace.
    pub fn start(client: Client, session: Session, navigation: Navigation) -> Self {
        let current_workspace =
            Self { navigation, loaded: RwSignal::new(None), role: RwSignal::new(None), used: RwSignal::new(None) };
        Effect::new(move |had_user: Option<bool>| {
            let route = navigation.route();
            let user = match session.state() {
                State::SignedIn(user) => user,
                State::Expired => return true,
                State::SignedOut => {
                    // The next user may not have access to it.
                    current_workspace.loaded.set(None);
                    current_workspace.role.set(None);
                    current_workspace.used.set(None);
                    if had_user.unwrap_or_default() {
                        recent_workspaces::forget();
                    }
                    return false;
                }
            };
            let Some(id) = route.workspace().cloned() else { return true };
            // Revalidated where the capacity is shown: the limit may have changed.
            let says_capacity = matches!(route, Route::BillingAccounts(_) | Route::NewBillingAccount(_));
            recent_workspaces::record_use(&id, &user.claims);
            if says_capacity || !current_workspace.is_loaded(&id) {
                current_workspace.fetch(client, id);
            }
            true
        });
        current_workspace
    }

    fn fetch(self, client: Client, id: WorkspaceId) {
        spawn_local_scoped_with_cancellation(async move {
            if let Ok(workspace) = client.workspace(&id).await {
                let workspace = Some(Workspace { id, ..workspace });
                if self.loaded.try_with_untracked(|loaded| *loaded != workspace).unwrap_or_default() {
                    self.loaded.set(workspace);
                }
            }
        });
    }

    fn is_loaded(self, id: &WorkspaceId) -> bool {
        self.loaded.with_untracked(|loaded| loaded.as_ref().is_some_and(|loaded| loaded.id == *id))
    }

    /// The ID of the workspace, tracked; `None` on a page without a workspace.
    pub fn id(self) -> Option<WorkspaceId> {
        self.navigation.route().workspace().cloned()
    }

    /// The workspace, tracked; `None` until it is loaded, or when it cannot be loaded.
    pub fn workspace(self) -> Option<Workspace> {
        let id = self.id()?;
        self.loaded.get().filter(|loaded| loaded.id == id)
    }

    /// The user's role in the workspace, tracked; `None` until a page has loaded it.
    pub fn role(self) -> Option<Role> {
        let id = self.id()?;
        self.role.get().filter(|(of, _)| *of == id).map(|(_, role)| role)
    }

    /// Sets the user's role in a workspace. The app may be gone.
    pub fn set_role(self, id: WorkspaceId, role: Role) {
        _ = self.role.try_set(Some((id, role)));
    }

    /// The number of billing accounts of the workspace, tracked; `None` until a page has loaded the whole list.
    pub fn used(self) -> Option<usize> {
        let id = self.id()?;
        self.used.get().filter(|(of, _)| *of == id).map(|(_, used)| used)
    }

    /// Sets the number of billing accounts of a workspace.
    pub fn set_used(self, id: WorkspaceId, used: usize) {
        _ = self.used.try_set(Some((id, used)));
    }

    /// Forgets the number of billing accounts, which a change has outdated, until a page loads the list again.
    pub fn forget_used(self) {
        _ = self.used.try_set(None);
    }

    /// The name of the workspace, or its ID until the name is loaded, tracked.
    pub fn name(self) -> Option<String> {
        self.workspace().map(|workspace| workspace.name).or_else(|| self.id().map(|id| id.to_string()))
    }
}

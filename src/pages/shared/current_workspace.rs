//! The workspace that the page is in: asked for on the side, once for every page that says its name or its capacity.

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;

use crate::api::Client;
use crate::domain::{Workspace, WorkspaceId};
use crate::navigation::navigator::Navigation;
use crate::pages::shared::recent_workspaces;
use crate::route::Route;
use crate::session::{Session, State};

/// The workspace that the page is in, as a handle to pass around.
#[derive(Debug, Clone, Copy)]
pub struct CurrentWorkspace {
    navigation: Navigation,
    known: RwSignal<Option<Workspace>>,
}

impl CurrentWorkspace {
    /// Follows the user from page to page.
    pub fn start(client: Client, session: Session, navigation: Navigation) -> Self {
        let current_workspace = Self { navigation, known: RwSignal::new(None) };
        Effect::new(move |was_someone: Option<bool>| {
            let route = navigation.route();
            let user = match session.state() {
                State::SignedIn(user) => user,
                State::Expired => return true,
                State::SignedOut => {
                    // The next user may not know it.
                    current_workspace.known.set(None);
                    if was_someone.unwrap_or_default() {
                        recent_workspaces::forget();
                    }
                    return false;
                }
            };
            let Some(id) = route.workspace().cloned() else { return true };
            // Its limit may have changed since, where that is about to be said.
            let says_capacity = matches!(route, Route::BillingAccounts(_) | Route::NewBillingAccount(_));
            recent_workspaces::record_use(&id, &user.claims);
            if says_capacity || !current_workspace.is_known(&id) {
                current_workspace.ask(client, id);
            }
            true
        });
        current_workspace
    }

    fn ask(self, client: Client, id: WorkspaceId) {
        spawn_local_scoped_with_cancellation(async move {
            if let Ok(workspace) = client.workspace(&id).await {
                let workspace = Some(Workspace { id, ..workspace });
                if self.known.try_with_untracked(|known| *known != workspace).unwrap_or_default() {
                    self.known.set(workspace);
                }
            }
        });
    }

    fn is_known(self, id: &WorkspaceId) -> bool {
        self.known.with_untracked(|known| known.as_ref().is_some_and(|known| known.id == *id))
    }

    /// Its id, tracked; `None` on a page that is in no workspace.
    pub fn id(self) -> Option<WorkspaceId> {
        self.navigation.route().workspace().cloned()
    }

    /// What is known of it, tracked; `None` when it is not there yet, or not to be had.
    pub fn workspace(self) -> Option<Workspace> {
        let id = self.id()?;
        self.known.get().filter(|known| known.id == id)
    }

    /// Its name, or its id while that is all there is; tracked.
    pub fn name(self) -> Option<String> {
        self.workspace().map(|workspace| workspace.name).or_else(|| self.id().map(|id| id.to_string()))
    }
}

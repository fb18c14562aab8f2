//! The services that the app provides to every page.

use std::future::Future;

use leptos::prelude::*;

use crate::api::{ApiError, Client};
use crate::browser::broadcast::AccountChannel;
use crate::domain::Draft;
use crate::navigation::Navigation;
use crate::navigation::leave_guard::LeaveGuard;
use crate::pages::shared::current_workspace::CurrentWorkspace;
use crate::pages::shared::flash::{DeletedFlash, Flash, SavedFlash, ViewOnlyFlash};
use crate::pages::shared::query::Query;
use crate::session::Session;

/// The services of the app, as a `Copy` handle.
#[derive(Debug, Clone, Copy)]
pub struct AppContext {
    /// The Altostrat API, as the signed-in user.
    pub client: Client,
    /// The session of the signed-in user.
    pub session: Session,
    /// The current route, and navigation to other routes.
    pub navigation: Navigation,
    /// Asks before unsaved input is lost.
    pub leave_guard: LeaveGuard,
    /// The workspace of the current route.
    pub current_workspace: CurrentWorkspace,
    /// Events about saves and deletions in other tabs, and in pages of this tab that were left.
    pub account_channel: AccountChannel,
    /// The account that was just saved, for the page that opens next.
    pub flash: Flash<SavedFlash>,
    /// The account that was just deleted, for the page that opens next.
    pub deleted: Flash<DeletedFlash>,
    /// The form that a viewer opened, for the page that opens instead.
    pub view_only: Flash<ViewOnlyFlash>,
    /// The values that the next create form starts with, when an account is duplicated.
    pub prefill: Flash<Draft>,
}

impl AppContext {
    /// Loads a value for the component that calls this. See [`Query::start`].
    pub fn query<T, F>(self, fetch: impl Fn() -> F + 'static) -> Query<T>
    where
        T: Clone + PartialEq + Send + Sync,
        F: Future<Output = Result<T, ApiError>> + 'static,
    {
        Query::start(self.session, self.leave_guard, None, fetch)
    }

    /// Like [`AppContext::query`], with a value to show at once.
    pub fn query_with<T, F>(self, initial: Option<T>, fetch: impl Fn() -> F + 'static) -> Query<T>
    where
        T: Clone + PartialEq + Send + Sync,
        F: Future<Output = Result<T, ApiError>> + 'static,
    {
        Query::start(self.session, self.leave_guard, initial, fetch)
    }
}

/// The context that [`App`](crate::app::App) provides; `None` outside of it.
pub fn use_app() -> Option<AppContext> {
    use_context()
}

//! The pages, and what they share: how a request's state becomes a screen.

pub mod billing_accounts;
pub mod not_found;
pub mod second_chunk;
pub mod session_expiry;
pub mod session_time_remaining;
pub mod shared;
pub mod sign_in;
pub mod workspaces;

use leptos::prelude::*;

use crate::api::Client;
use crate::browser::broadcast::AccountChannel;
use crate::domain::Draft;
use crate::navigation::leave_guard::LeaveGuard;
use crate::navigation::navigator::Navigation;
use crate::session::Session;
use shared::current_workspace::CurrentWorkspace;
use shared::flash::{DeletedFlash, Flash, SavedFlash};

/// What every page is given by the app.
#[derive(Debug, Clone, Copy)]
pub struct AppContext {
    /// The API.
    pub client: Client,
    /// Who is signed in.
    pub session: Session,
    /// Where the user is.
    pub navigation: Navigation,
    /// What would be lost with the page.
    pub leave_guard: LeaveGuard,
    /// The workspace that the page is in.
    pub current_workspace: CurrentWorkspace,
    /// What the other tabs do.
    pub account_channel: AccountChannel,
    /// What was just done.
    pub flash: Flash<SavedFlash>,
    /// What was just deleted.
    pub deleted: Flash<DeletedFlash>,
    /// What the next new form begins with: an account to be made again in another currency (E20).
    pub prefill: Flash<Draft>,
}

/// The context that the app provided; `None` outside of it.
pub fn use_app() -> Option<AppContext> {
    use_context()
}

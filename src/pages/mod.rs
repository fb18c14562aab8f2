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
use crate::browser::broadcast::Tabs;
use crate::domain::Draft;
use crate::navigation::leave_guard::Leaving;
use crate::navigation::navigator::Navigation;
use crate::session::Session;
use shared::current_workspace::Place;
use shared::flash::{Deleted, Done, Handover};

/// What every page is given by the app.
#[derive(Debug, Clone, Copy)]
pub struct Desk {
    /// The API.
    pub client: Client,
    /// Who is signed in.
    pub session: Session,
    /// Where the user is.
    pub navigation: Navigation,
    /// What would be lost with the page.
    pub leaving: Leaving,
    /// The workspace that the page is in.
    pub place: Place,
    /// What the other tabs do.
    pub tabs: Tabs,
    /// What was just done.
    pub flash: Handover<Done>,
    /// What was just deleted.
    pub deleted: Handover<Deleted>,
    /// What the next new form begins with: an account to be made again in another currency (E20).
    pub prefill: Handover<Draft>,
}

impl Desk {
    /// The desk that the app provided; `None` outside of it, where there is nothing to show.
    pub fn here() -> Option<Self> {
        use_context()
    }
}

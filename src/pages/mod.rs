//! The pages, and what they share: how a request's state becomes a screen.

pub mod billing_accounts;
pub mod failure;
pub mod flash;
pub mod load;
pub mod not_found;
pub mod prefill;
pub mod role;
pub mod sign_in;
pub mod workspaces;

use leptos::prelude::*;

use crate::api::Client;
use crate::navigation::Navigation;
use crate::session::Session;
use flash::Flash;
use prefill::Prefill;

/// What every page is given by the app.
#[derive(Debug, Clone, Copy)]
pub struct Desk {
    /// The API.
    pub client: Client,
    /// Who is signed in.
    pub session: Session,
    /// Where the user is.
    pub navigation: Navigation,
    /// What was just done.
    pub flash: Flash,
    /// What the next new form begins with.
    pub prefill: Prefill,
}

impl Desk {
    /// The desk that the app provided; `None` outside of it, where there is nothing to show.
    pub fn here() -> Option<Self> {
        use_context()
    }
}

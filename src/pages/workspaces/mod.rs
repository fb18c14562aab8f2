//! The page that lists the user’s workspaces, and its search.

pub mod page;
pub mod search;

//! Drafts and unanswered saves in the tab’s storage.

pub mod keys;
pub mod store;
pub mod stored_draft;
pub mod stored_edits;

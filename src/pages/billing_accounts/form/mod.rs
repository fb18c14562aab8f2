//! The form that creates and edits a billing account.

pub mod account_fields;
pub mod account_form;
pub mod address;
pub mod candidates;
pub mod capacity;
pub mod conflicts;
pub mod copy_as;
pub mod draft_restored;
pub mod draft_set_aside;
pub mod draft_storage;
pub mod duplicates;
pub mod fields;
pub mod late_replies;
pub mod prefill;
pub mod review;
pub mod save_outcome;
pub mod save_state;
pub mod state;
pub mod unknown_outcome;
pub mod workspace_accounts;

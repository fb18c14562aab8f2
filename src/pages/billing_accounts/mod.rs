//! The pages for billing accounts.

pub mod account_actions;
pub mod account_details;
pub mod account_table;
pub mod bill_to_view;
pub mod create;
pub mod create_controller;
pub mod created_twice;
pub mod delete;
pub mod deletion;
pub mod detail;
pub mod edit;
pub mod edit_notes;
pub mod edit_session;
pub mod form;
pub mod kept_draft;
pub mod list;
pub mod readiness_label;
pub mod remote_change;
pub mod saved_message;
pub mod undo;

//! The pages for billing accounts.

pub mod create;
pub mod create_controller;
pub mod created_twice;
pub mod delete;
pub mod detail;
pub mod edit;
pub mod edit_session;
pub mod form;
pub mod list;
pub mod remote_change;

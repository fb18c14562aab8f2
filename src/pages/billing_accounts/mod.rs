//! The pages about billing accounts.

pub mod account_form;
pub mod create;
pub mod detail;
pub mod draft;
pub mod fields;
pub mod list;

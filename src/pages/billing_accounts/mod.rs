//! The pages about billing accounts.

pub mod account_form;
pub mod address_fields;
pub mod conflict;
pub mod copy_as;
pub mod create;
pub mod delete;
pub mod detail;
pub mod draft;
pub mod duplicates;
pub mod edit;
pub mod elsewhere;
pub mod fields;
pub mod list;
pub mod neighbours;
pub mod prefill;
pub mod review;
pub mod room;

//! The pages about billing accounts.

pub mod account_form;
pub mod address_fields;
pub mod candidates;
pub mod conflict;
pub mod copy_as;
pub mod create;
pub mod created_twice;
pub mod delete;
pub mod detail;
pub mod draft;
pub mod duplicates;
pub mod edit;
pub mod editing;
pub mod elsewhere;
pub mod fields;
pub mod form_state;
pub mod keeping;
pub mod kept;
pub mod list;
pub mod neighbours;
pub mod outcome;
pub mod prefill;
pub mod restored;
pub mod review;
pub mod room;
pub mod unknown;

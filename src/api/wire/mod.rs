//! The API's JSON: a type for the body of each request and response, and conversions from and to domain types.
//!
//! Invariant: JSON member names stand only here. `Field::key` repeats those of the fields, because a 422 uses them.
//! Pure.

mod json;
mod reply;
mod request;

pub use reply::{
    ListPage, billing_account, billing_account_json, billing_accounts, error_response, is_object, members, workspace,
    workspaces,
};
pub use request::{create_body, update_body};

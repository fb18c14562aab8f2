//! Billing accounts, workspaces, and the rules for their values.
//!
//! Invariant: no browser, no network, no JSON, no signals, and no sentences other than field labels and field errors.
//! Pure, so all of it is tested on the host.

pub mod account_csv;
pub mod address_format;
mod address_layout;
mod address_reader;
pub mod address_rules;
pub mod bill_to;
pub mod billing_account;
pub mod changes;
pub mod country;
pub mod country_search;
pub mod currency;
pub mod draft;
pub mod duplicates;
pub mod email_address;
pub mod field;
pub mod field_warning;
pub mod id;
pub mod merge;
pub mod pasted_address;
pub mod readiness;
pub mod save_attempt;
pub mod text;
pub mod workspace;

pub use billing_account::BillingAccount;
pub use changes::{Change, Changes};
pub use draft::Draft;
pub use field::Field;
pub use id::{BillingAccountId, WorkspaceId};
pub use merge::ConcurrentChanges;
pub use save_attempt::SaveAttempt;
pub use workspace::{BillingMode, Workspace};

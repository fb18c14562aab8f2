//! What a billing account is and which rules its values obey.
//!
//! Pure: no browser, no network, no markup, no signals. Everything here is tested on the host in milliseconds.

pub mod address_format;
pub mod attempt;
pub mod billing_account;
pub mod changes;
pub mod country;
pub mod currency;
pub mod field;
pub mod id;
pub mod likeness;
pub mod merge;
pub mod picker;
pub mod text;
pub mod workspace;

pub use attempt::Attempt;
pub use billing_account::BillingAccount;
pub use changes::{Change, Changes};
pub use field::Field;
pub use id::{BillingAccountId, WorkspaceId};
pub use merge::Meanwhile;
pub use workspace::{BillingMode, Workspace};

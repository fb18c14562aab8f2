//! The state of any form: its fields, their errors, and when an error is shown.
//!
//! Nothing here knows about billing.

pub mod error_visibility;
pub mod errors;
pub mod field_state;
pub mod lock;

pub use error_visibility::{ErrorVisibility, FieldEvent, FieldSnapshot};
pub use errors::FormErrors;
pub use field_state::{FieldError, FieldState};
pub use lock::FormLock;

//! What any form needs to know: which problems there are, and when one is shown.
//!
//! Pure: no markup, no browser, and no word about billing.

mod problems;
mod reveal;

pub use problems::Problems;
pub use reveal::{Event, Look, Reveal};

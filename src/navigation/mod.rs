//! Navigation between the pages, and the guard that asks before unsaved input is lost.

pub mod leave_guard;
pub mod navigator;

pub use navigator::Navigation;

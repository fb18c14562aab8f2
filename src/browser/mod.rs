//! Thin typed wrappers of browser features that the rest of the app uses.

pub mod broadcast;
pub mod focus;
pub mod intl;
pub mod storage;
pub mod task_scope;
pub mod timing;

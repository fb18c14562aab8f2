//! Thin typed wrappers of browser features.

pub mod broadcast;
pub mod channel;
pub mod download;
pub mod focus;
pub mod http;
pub mod intl;
pub mod storage;
pub mod task_scope;
pub mod timing;

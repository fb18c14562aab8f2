//! The Altostrat API (api.md). Everything that is known of it stands in this folder: its URLs in [`endpoint`], its JSON
//! in [`wire`], what a failure means in [`error`] and, in words, in [`wording`].

pub mod client;
pub mod curl;
pub mod endpoint;
pub mod error;
pub mod request;
pub mod transport;
pub mod wire;

pub use client::Client;
pub use error::{ApiError, ErrorKind, Outcome};
pub use request::ApiRequest;

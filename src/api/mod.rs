//! The client of the Altostrat API.
//!
//! All knowledge of the API is in this folder: URLs in [`endpoint`], JSON in [`wire`], the meaning of errors in
//! [`error`]. Sentences for the user are in [`pages::shared::error_messages`](crate::pages::shared::error_messages).

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

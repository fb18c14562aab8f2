//! Altostrat Billing Admin: create and edit the billing accounts of an Altostrat workspace, in the browser.
//!
//! | module | what belongs there | may use |
//! |---|---|---|
//! | [`domain`] | what an account is, and its rules | nothing of ours |
//! | [`form`] | which problems there are, and when one is shown | nothing of ours |
//! | [`route`] | the pages' URLs | `domain` |
//! | [`storage`] | the tab's storage, which may fail | nothing of ours |
//! | [`lenient`] | JSON of which any part may be unreadable | `domain` |
//! | [`session`] | who is signed in | `domain`, `storage`, `lenient` |
//! | [`api`] | URLs, JSON, requests, failures | `domain`, `lenient`, `session` |
//! | [`intl`] | names and dates in the reader's language | `domain` |
//! | [`navigation`] | moving between pages | `route` |
//! | [`tabs`] | what the tabs of this site tell each other | `domain`, `lenient` |
//! | [`ui`] | controls and notices that know nothing of billing | `form` |
//! | [`pages`] | the pages | all of the above |
//! | [`app`] | the shell around the pages | all of the above |
//!
//! `tests/structure.rs` holds this table by reading the sources. `domain`, `form`, `route`, `lenient`,
//! `pages::billing_accounts::draft` and `pages::billing_accounts::kept` know no browser and are tested on the host.
//!
//! Invariants: what was typed is sent only after `Field::parse` took it; a `POST` or `PATCH` is sent once a press; the
//! token leaves through `Token::authorization` to the API and, when the user asked for it, to the tab's storage; nothing
//! here panics, because a panic is a dead page.

#![cfg_attr(
    all(target_arch = "wasm32", not(test)),
    deny(clippy::expect_used, clippy::panic, clippy::todo, clippy::unimplemented, clippy::unwrap_used)
)]

pub mod api;
pub mod app;
pub mod browser;
pub mod config;
pub mod context;
pub mod domain;
pub mod form;
pub mod lenient;
pub mod navigation;
pub mod pages;
pub mod route;
pub mod session;
pub mod ui;

pub use app::start;

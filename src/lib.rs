//! Altostrat Billing Admin: create and edit the billing accounts of an Altostrat workspace, in the browser.
//!
//! The modules in layer order. A module uses only its own layer and the layers before it.
//!
//! - [`domain`]: billing accounts, workspaces, their fields and rules; no browser, no JSON
//! - [`form`]: the state of any form, without knowledge of billing
//! - [`route`]: the URLs of the pages
//! - [`browser`]: typed wrappers of browser features
//! - [`config`]: the deployment's settings in `index.html`
//! - [`lenient`]: tolerant deserialisers for JSON
//! - [`session`]: the signed-in user and the access token
//! - [`api`]: endpoints, JSON, requests and errors of the Altostrat API
//! - [`navigation`]: the current route, the history and the leave guard
//! - [`ui`]: components without knowledge of billing
//! - [`pages::shared`]: queries, error messages and notices that several pages use
//! - [`context`]: the services that the app provides to every page
//! - [`pages`]: one module a page
//! - [`app`]: the application shell and the page switch
//!
//! `docs/architecture.md` lists the invariants and follows a save from keystroke to response.

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

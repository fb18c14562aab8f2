//! The shipped site in a real browser against the sandbox, as a person uses it.
//!
//! `DIST` names the built site (else `dist`), `CHROMEDRIVER` the driver (else the one on `PATH`), `CHROME` the browser
//! (else the driver's own choice). Each test has a sandbox and a browser of its own.

#![cfg(not(target_arch = "wasm32"))]

mod a11y {
    mod axe;
    mod keyboard;
    mod limits;
    pub(crate) mod media;
    mod reachability;
    mod side_content;
    mod zoom;
}
mod harness {
    pub(crate) mod audit;
    pub(crate) mod driver;
    pub(crate) mod stage;
    pub(crate) mod user;
}
mod performance {
    mod first_paint;
}
mod resilience {
    mod crash;
    mod drafts;
    mod duplicates;
    mod leave;
    pub(crate) mod offline;
    mod outcome;
    pub(crate) mod second_chunk;
    mod session;
    mod single_submit;
    mod unknown;
    mod validation_422;
}
mod security {
    mod cors;
    mod hostile;
    pub(crate) mod integrity;
    mod policy;
    mod token_destination;
    mod token_leaks;
}
mod smoke {
    mod copy;
    mod create;
    pub(crate) mod delete;
    mod edit;
    mod helps;
    mod list;
    mod nginx;
    mod pages;
}

/// A workspace with three of its ten accounts.
const POOLED: &str = "ws_a1b2c3d4e5f6g7h8";
/// A workspace without an account.
const ASSIGNED: &str = "ws_n0r7hw1nd0p3r8t5";
/// A workspace with the one account that it may have.
const SINGLE: &str = "ws_s0l0c0n5ult1ng42";
/// An account of the pooled workspace with every field but the state.
const GERMANY: &str = "cus_d3w6r1t8y2u5p0l9";
/// The owner's user id.
const OWNER: &str = "auth0|65f0c1a2b3c4d5e6f7a8b9c0";

/// The page that creates an account.
fn new_in(workspace: &str) -> String {
    format!("/workspaces/{workspace}/billing-accounts/new")
}

/// The page that lists a workspace's accounts.
fn list_of(workspace: &str) -> String {
    format!("/workspaces/{workspace}/billing-accounts")
}

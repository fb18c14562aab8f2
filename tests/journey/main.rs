//! The shipped site in a real browser against the sandbox, as a person uses it.
//!
//! `DIST` names the built site (else `dist`), `CHROMEDRIVER` the driver (else the one on `PATH`), `CHROME` the browser
//! (else the driver's own choice). Each test has a sandbox and a browser of its own.

#![cfg(not(target_arch = "wasm32"))]

mod axe;
mod confined;
mod copy;
mod cors;
mod create;
mod delete;
mod drafts;
mod driver;
mod duplicates;
mod edit;
mod enlarged;
mod first_paint;
mod helps;
mod hostile;
mod keyboard;
mod leave;
mod list;
mod nginx;
mod offline;
mod once;
mod outcome;
mod pages;
mod policy;
mod reach;
mod refused;
mod second_chunk;
mod secret;
mod session;
mod stage;
mod trap;
mod unknown;
mod user;
mod whole;

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

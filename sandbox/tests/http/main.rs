//! The sandbox as an HTTP client sees it, over real connections: one file a subject.

mod access;
mod accounts;
mod auth;
mod body_parsing;
mod cli;
mod control_api;
mod cors;
mod faults;
mod fixtures;
mod harness;
mod oidc;
mod site;
mod validation;

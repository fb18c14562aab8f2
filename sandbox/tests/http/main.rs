//! The sandbox as a client sees it, over real connections. One binary, one file a subject.

mod access;
mod accounts;
mod auth;
mod body;
mod command;
mod control;
mod cors;
mod dist;
mod faults;
mod fixtures;
mod site;
mod stage;
mod validation;

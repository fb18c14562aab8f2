//! Journeys: the built site in a real browser against the sandbox, as a person uses it.
//!
//! `DIST` names the folder of the built site (default: `dist`), `CHROMEDRIVER` the driver (default: the one on `PATH`),
//! `CHROME` the browser (default: the driver's choice). Each story has its own sandbox and browser.
//!
//! Invariant: a journey shows what only the built site can show. Behaviour of a component belongs to `tests/web`.
//! Invariant: a story imports from `harness` and from no other story.

#![cfg(not(target_arch = "wasm32"))]

mod harness {
    pub(crate) mod audit;
    pub(crate) mod clipboard;
    pub(crate) mod driver;
    pub(crate) mod emulation;
    pub(crate) mod fixtures;
    pub(crate) mod keyboard;
    pub(crate) mod measure;
    pub(crate) mod oidc_provider;
    mod page;
    pub(crate) mod replies;
    pub(crate) mod requests;
    pub(crate) mod secrets;
    pub(crate) mod sign_in;
    pub(crate) mod site;
    pub(crate) mod stage;
    pub(crate) mod user;
}

mod a11y {
    mod axe;
    mod first_screen;
    mod keyboard;
    mod limits;
    mod media;
    mod reachability;
    mod side_content;
    mod zoom;
}
mod performance {
    mod bench;
    mod first_paint;
    mod scale;
    mod second_visit;
}
mod resilience {
    mod crash;
    mod drafts;
    mod leave_guard;
    mod offline;
    mod second_chunk;
    mod single_submit;
    mod unanswered_save;
}
mod security {
    mod cors;
    mod hostile;
    mod integrity;
    mod policy;
    mod token_destination;
    mod token_leaks;
}
mod sign_in {
    mod again;
    mod faults;
    mod leaks;
    mod other_provider;
    mod redirect;
    mod renewal;
    mod tabs;
}
mod smoke {
    mod clipboard;
    mod create;
    mod delete;
    mod demo_users;
    mod edit;
    mod list;
    mod nginx;
    mod pages;
    mod tabs;
}

//! The app in a headless browser, told as stories about the user. [`api`] plays the API, [`stage`] mounts the app,
//! and [`user`] types and presses, finding things by label and role. Nothing leaves the page.

#![cfg(target_arch = "wasm32")]

mod acme;
mod address;
mod announcements;
mod anything;
mod api;
mod archived;
mod copy;
mod copy_as;
mod countries;
mod delete;
mod draft_conflicts;
mod drafts;
mod duplicates;
mod edit;
mod foreign_replies;
mod header;
mod helps;
mod late_replies;
mod late_role;
mod leaving;
mod left_saves;
mod list;
mod live_validation;
mod may_be_yours;
mod navigation;
mod partial_replies;
mod refusals;
mod removed_controls;
mod rendering;
mod session;
mod sign_in;
mod silent_values;
mod stage;
mod stale_account;
mod submit;
mod summary;
mod token_field;
mod translated;
mod typing;
mod unknown_change;
mod unknown_outcome;
mod user;
mod waiting;
mod wording;
mod workspaces;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

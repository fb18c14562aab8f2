//! The app in a headless browser, against a mock API.
//!
//! `harness` mounts the app, mocks the API and acts as the user; only `harness` is imported by other files. The tests
//! stand in `pages`, `form` (create and edit) and `shared` (rules of several pages).

#![cfg(target_arch = "wasm32")]

mod harness {
    pub(crate) mod api;
    pub(crate) mod app;
    pub(crate) mod channel;
    pub(crate) mod clock;
    pub(crate) mod delete_dialog;
    pub(crate) mod dialog;
    pub(crate) mod fixtures;
    pub(crate) mod form;
    pub(crate) mod page;
    pub(crate) mod provider;
    pub(crate) mod scenarios;
    pub(crate) mod storage;
    pub(crate) mod tokens;
    pub(crate) mod user;
    pub(crate) mod wait;
}

mod pages {
    mod account;
    mod account_list;
    mod archived_workspace;
    mod delete;
    mod header;
    mod session_expiry;
    mod sign_in;
    mod stale_account;
    mod token_field;
    mod undo;
    mod workspaces;
}

mod provider {
    mod edits;
    mod faults;
    mod flow;
    mod interrupted;
    mod other_tabs;
    mod redirect;
    mod renewal;
    mod sign_in_again;
}

mod form {
    mod address;
    mod attempt_match;
    mod autofill;
    mod automatic_checks;
    mod capacity;
    mod copy_as;
    mod countries;
    mod country_search;
    mod create;
    mod currency;
    mod draft_conflicts;
    mod drafts;
    mod duplicates;
    mod edit;
    mod error_summary;
    mod failed_saves;
    mod field_warnings;
    mod form_bar;
    mod live_validation;
    mod partial_replies;
    mod pasted_values;
    mod prefill_copy;
    mod prefill_link;
    mod preview;
    mod read_only;
    mod typing;
    mod unknown_outcome;
    mod unknown_update;
}

mod shared {
    mod announcements;
    mod browser_history;
    mod dead_ends;
    mod error_messages;
    mod fuzz;
    mod late_replies;
    mod late_saves;
    mod leave_guard;
    mod messages;
    mod navigation;
    mod other_tabs;
    mod rate_limit;
    mod removed_controls;
    mod rendering;
    mod translation;
    mod unexpected_replies;
}

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

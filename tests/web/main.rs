//! The app in a headless browser, told as stories about the user. [`harness::api`] plays the API, [`harness`] mounts the app,
//! and [`harness::user`] types and presses, finding things by label and role. Nothing leaves the page.

#![cfg(target_arch = "wasm32")]

mod harness;

mod form {
    mod address;
    mod attempt_match;
    mod autofill;
    mod capacity;
    mod copy_as;
    mod countries;
    mod create;
    mod draft_conflicts;
    mod drafts;
    mod duplicates;
    mod edit;
    mod error_summary;
    mod failed_saves;
    mod live_validation;
    mod partial_replies;
    mod prefill_copy;
    mod read_only;
    mod typing;
    mod unknown_outcome;
    mod unknown_update;
}

mod pages {
    mod account_list;
    mod archived_workspace;
    mod delete;
    mod header;
    mod session_expiry;
    mod sign_in;
    mod stale_account;
    mod token_field;
    mod workspaces;
}

mod shared {
    mod announcements;
    mod browser_history;
    mod error_messages;
    mod fuzz;
    mod late_replies;
    mod late_saves;
    mod leave_guard;
    mod navigation;
    mod rate_limit;
    mod removed_controls;
    mod rendering;
    mod translation;
    mod unexpected_replies;
}

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

//! The tab's `sessionStorage`, and one counter in the origin's `localStorage`.
//!
//! It may be full, blocked or hold anything, and the app must work without it. So no function here returns an error.

use leptos::prelude::window;
use web_sys::Storage;

fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

/// The value of `key`; `None` if it has none or storage is blocked.
pub fn get(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Stores `value` under `key`. Returns whether the browser stored it.
pub fn set(key: &str, value: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(key, value).is_ok())
}

/// Removes the value of `key`.
pub fn remove(key: &str) {
    if let Some(storage) = storage() {
        _ = storage.remove_item(key);
    }
}

/// Removes the values of all keys that start with `prefix`.
pub fn remove_all(prefix: &str) {
    let Some(storage) = storage() else { return };
    let count = storage.length().unwrap_or_default();
    let keys: Vec<String> = (0..count).filter_map(|at| storage.key(at).ok().flatten()).collect();
    for key in keys.iter().filter(|key| key.starts_with(prefix)) {
        remove(key);
    }
}

/// The only key in `localStorage`: how often a user signed out. It is no secret.
const SIGN_OUTS_KEY: &str = "altostrat.sign_outs";

fn local_storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// How often a user has signed out in this browser. Unlike a broadcast, it also reaches a page in the back/forward cache.
pub fn sign_outs() -> u32 {
    let count = local_storage().and_then(|storage| storage.get_item(SIGN_OUTS_KEY).ok().flatten());
    count.and_then(|count| count.parse().ok()).unwrap_or_default()
}

/// Counts a sign-out.
pub fn count_sign_out() {
    if let Some(storage) = local_storage() {
        _ = storage.set_item(SIGN_OUTS_KEY, &sign_outs().wrapping_add(1).to_string());
    }
}

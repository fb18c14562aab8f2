//! The tab's `sessionStorage`.
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

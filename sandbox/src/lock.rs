//! A mutex that a panic does not poison.

use std::sync::{Mutex, MutexGuard, PoisonError};

// A test that panicked while it held a lock should not fail the next one with another message.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

//! Words for a live region.

use std::time::Duration;

use leptos::prelude::*;

/// How long a live region is empty before it is filled: a screen reader says what changes in it, also the same words
/// once more.
const SAID_AFTER: Duration = Duration::from_millis(100);

/// Says something in a live region, also when that stands there already.
pub fn say<T: Send + Sync + 'static>(region: RwSignal<Option<T>>, words: T) {
    region.set(None);
    set_timeout(move || region.set(Some(words)), SAID_AFTER);
}

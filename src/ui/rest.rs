//! A text for the ear: said when the typing rests, and not at every keystroke (E13).

use std::time::Duration;

use crate::view::prelude::*;

/// How long after the last keystroke it is said.
const REST: Duration = Duration::from_secs(1);

/// What a text says once nothing has touched it for a second; empty before the first change.
pub fn at_rest(text: Signal<String>) -> ReadSignal<String> {
    let (said, say) = signal(String::new());
    let pending = StoredValue::new(None::<TimeoutHandle>);
    let cancel = move || {
        if let Some(Some(handle)) = pending.try_update_value(Option::take) {
            handle.clear();
        }
    };
    Effect::new(move |before: Option<()>| {
        text.track();
        if before.is_none() {
            return;
        }
        cancel();
        let rested = move || {
            if let Some(text) = text.try_get_untracked() {
                say.try_set(text);
            }
        };
        pending.set_value(set_timeout_with_handle(rested, REST).ok());
    });
    on_cleanup(cancel);
    said
}

//! What can wait until the page is on the screen.

use std::time::Duration;

use crate::view::prelude::*;

/// A page that is in no window is not painted: it has waited long enough by then.
const UNSEEN: Duration = Duration::from_secs(1);

/// Turns true once the component that asks has been painted: what costs time, and what nobody needs before they see the
/// page, is made then.
pub fn painted() -> ReadSignal<bool> {
    let (painted, set) = signal(false);
    let once = move || {
        if painted.try_get_untracked() == Some(false) {
            set.set(true);
        }
    };
    // The frame comes before the paint, and the timer behind it.
    request_animation_frame(move || set_timeout(once, Duration::ZERO));
    set_timeout(once, UNSEEN);
    painted
}

/// Turns true in the browser's next task: until then it may show what is there, and do what the user asks for.
pub fn next_task() -> ReadSignal<bool> {
    let (has_come, set) = signal(false);
    set_timeout(move || set.set(true), Duration::ZERO);
    has_come
}

//! What can wait until the page is on the screen.

use std::time::Duration;

use crate::view::prelude::*;

/// Turns true once the component that asks has been painted: what costs time, and what nobody needs before they see the
/// page, is made then.
pub fn painted() -> ReadSignal<bool> {
    let (painted, set) = signal(false);
    // The frame comes before the paint, and the timer behind it.
    request_animation_frame(move || set_timeout(move || set.set(true), Duration::ZERO));
    painted
}

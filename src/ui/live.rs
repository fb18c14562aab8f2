//! What lives as long as a page: words for a live region, and work that nobody waits for any more when the page is gone.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Poll, Waker};
use std::time::Duration;

use crate::view::prelude::*;

/// How long a live region is empty before it is filled: a screen reader says what changes in it, also the same words
/// once more.
const SAID_AFTER: Duration = Duration::from_millis(100);

/// Says something in a live region, also when that stands there already.
pub fn say<T: Send + Sync + 'static>(region: RwSignal<Option<T>>, words: T) {
    region.set(None);
    set_timeout(move || _ = region.try_set(Some(words)), SAID_AFTER);
}

/// The page, or the part of it, that is there while this is called: what it waits for is given up when it goes (R4).
#[derive(Clone, Copy)]
pub struct Here(StoredValue<Rc<RefCell<Vec<Waker>>>, LocalStorage>);

impl Here {
    /// To be called in the body of a component.
    pub fn new() -> Self {
        let here = Self(StoredValue::new_local(Rc::default()));
        on_cleanup(move || {
            // What is woken now finds the page gone.
            let waiting = here.0.try_get_value();
            here.0.dispose();
            for waker in waiting.iter().flat_map(|wakers| wakers.take()) {
                waker.wake();
            }
        });
        here
    }

    /// Waits for an answer; `None` when the page is gone: then what was waited for is dropped, and a request cancelled.
    pub async fn wait<T>(self, answer: impl Future<Output = T>) -> Option<T> {
        let mut answer = pin!(answer);
        poll_fn(move |context| {
            let Some(wakers) = self.0.try_get_value() else { return Poll::Ready(None) };
            let poll = answer.as_mut().poll(context);
            if poll.is_pending() {
                let mut wakers = wakers.borrow_mut();
                wakers.retain(|waker| !waker.will_wake(context.waker()));
                wakers.push(context.waker().clone());
            }
            poll.map(Some)
        })
        .await
    }
}

impl Default for Here {
    fn default() -> Self {
        Self::new()
    }
}

//! Work that waits: tasks, and what they live as long as.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Poll, Waker};

use super::StoredValue;
use super::owner::on_cleanup;

/// In a box: one copy of what runs it.
type Task = Pin<Box<dyn Future<Output = ()>>>;

/// Runs a task to its end, whatever becomes of the page.
pub fn spawn_local(task: impl Future<Output = ()> + 'static) {
    let task: Task = Box::pin(task);
    wasm_bindgen_futures::spawn_local(task);
}

/// Runs a task for as long as its owner lives: a page that is left ends its own (R4).
pub fn spawn_local_scoped_with_cancellation(task: impl Future<Output = ()> + 'static) {
    let (here, task): (_, Task) = (Here::new(), Box::pin(task));
    spawn_local(async move { _ = here.wait(task).await });
}

/// The page, or the part of it, that is there while this is called: what it waits for is given up when it goes (R4).
#[derive(Clone, Copy)]
pub struct Here(StoredValue<Rc<RefCell<Vec<Waker>>>>);

impl Here {
    /// To be called in the body of a component.
    pub fn new() -> Self {
        let here = Self(StoredValue::new(Rc::default()));
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

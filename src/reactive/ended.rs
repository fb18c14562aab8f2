//! What has ended. To take it apart is a call of the browser for each of its things that it holds, so that waits until
//! what comes in its place is there to see.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::set_timeout;

use super::graph::Node;

const LATER: Duration = Duration::from_millis(50);

thread_local! {
    static ENDED: RefCell<Vec<Rc<Node>>> = const { RefCell::new(Vec::new()) };
}

/// It runs no more, and is dropped later.
pub(super) fn end(node: Rc<Node>) {
    node.end();
    let is_first = ENDED.with_borrow_mut(|ended| {
        ended.push(node);
        ended.len() == 1
    });
    if is_first {
        // Not borrowed meanwhile: what is dropped may end what is inside it.
        set_timeout(|| drop(ENDED.take()), LATER);
    }
}

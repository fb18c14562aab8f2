//! Work that is done again when what it read has changed.

use std::cell::RefCell;
use std::rc::Rc;

use super::ended::end;
use super::graph::{Node, Work};
use super::owner::{Owner, on_cleanup};

/// Leptos' effect: runs after the page was made, and again whenever what it read has changed.
#[derive(Debug)]
pub struct Effect;

impl Effect {
    /// Starts it. What a run returns is given to the next.
    #[expect(clippy::new_ret_no_self, reason = "as in Leptos, whose handle nobody here keeps")]
    pub fn new<T: 'static>(mut run: impl FnMut(Option<T>) -> T + 'static) {
        let mut last = None;
        start(Some(Owner::new()), Box::new(move || last = Some(run(last.take())))).wait();
    }
}

/// Runs now, and again whenever what it read has changed, for as long as its owner lives. What it makes, it owns.
pub(crate) fn live(run: Box<dyn FnMut()>) {
    start(Some(Owner::new()), run).run();
}

/// The same for work that only reads: it makes no signal, effect or part.
pub(crate) fn live_reading(run: Box<dyn FnMut()>) {
    start(None, run).run();
}

fn start(owner: Option<Owner>, run: Box<dyn FnMut()>) -> Rc<Node> {
    let effect = Node::new(Box::new(()), Work::Effect(RefCell::new(run), owner));
    let kept = Rc::clone(&effect);
    on_cleanup(move || end(kept));
    effect
}

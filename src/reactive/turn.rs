//! What waits is done in one turn behind the code that changed something, in the order in which it was changed.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Weak;

use js_sys::Function;
use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::graph::Node;

/// What is to be done in the next turn.
#[derive(Default)]
struct Turn {
    waiting: RefCell<VecDeque<Weak<Node>>>,
    stage: Cell<Stage>,
}

#[derive(Default, Clone, Copy, PartialEq)]
enum Stage {
    #[default]
    Idle,
    Called,
    Running,
}

thread_local! {
    static TURN: Turn = Turn::default();
    /// For the browser, which is to call it again and again.
    static TAKE_TURN: Function = Closure::<dyn Fn()>::new(take_turn).into_js_value().unchecked_into();
}

impl Turn {
    fn add(&self, effect: Weak<Node>) {
        self.waiting.borrow_mut().push_back(effect);
        if self.stage.get() == Stage::Idle {
            self.stage.set(Stage::Called);
            TAKE_TURN.with(|take_turn| window().queue_microtask(take_turn));
        }
    }

    fn take(&self) {
        if self.stage.replace(Stage::Running) == Stage::Running {
            return;
        }
        while let Some(effect) = self.next() {
            // What is gone since is not done.
            if let Some(effect) = effect.upgrade() {
                effect.refresh();
            }
        }
        self.stage.set(Stage::Idle);
    }

    fn next(&self) -> Option<Weak<Node>> {
        self.waiting.borrow_mut().pop_front()
    }
}

pub(super) fn add(effect: Weak<Node>) {
    TURN.with(|turn| turn.add(effect));
}

/// Does what waits, now: the page then shows what is so.
pub fn take_turn() {
    TURN.with(Turn::take);
}

//! Work that is done again when what it read has changed: over Leptos' signals and memos, one piece of code for all of
//! it. What waits is done in one turn behind the code that changed something, in the order in which it was changed.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::sync::{Arc, Weak};

use js_sys::Function;
use leptos::prelude::window;
use leptos::reactive::graph::{
    AnySource, AnySubscriber, ReactiveNode, Source, Subscriber, ToAnySubscriber, WithObserver,
};
use leptos::reactive::owner::{Owner, on_cleanup};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Leptos' effect: runs after the page was made, and again whenever what it read has changed.
#[derive(Debug)]
pub struct Effect;

impl Effect {
    /// Starts it. What a run returns is given to the next.
    #[expect(clippy::new_ret_no_self, reason = "as in Leptos, whose handle nobody here keeps")]
    pub fn new<T: 'static>(mut run: impl FnMut(Option<T>) -> T + 'static) {
        let mut last = None;
        Watcher::start(Some(Owner::new()), Box::new(move || last = Some(run(last.take())))).mark_dirty();
    }
}

/// Runs now, and again whenever what it read has changed, for as long as its owner lives. What it makes, it owns.
pub(crate) fn live(run: Box<dyn FnMut()>) {
    Watcher::start(Some(Owner::new()), run).run();
}

/// The same for work that only reads: it makes no signal, effect or part.
pub(crate) fn live_reading(run: Box<dyn FnMut()>) {
    Watcher::start(None, run).run();
}

/// Some work, and what it read. Leptos asks for what can be sent to another thread; there is none.
struct Watcher(SendWrapper<Watch>);

struct Watch {
    watcher: Weak<Watcher>,
    owner: Option<Owner>,
    run: RefCell<Box<dyn FnMut()>>,
    sources: RefCell<Vec<AnySource>>,
    is_dirty: Cell<bool>,
    is_waiting: Cell<bool>,
}

impl Watcher {
    fn start(owner: Option<Owner>, run: Box<dyn FnMut()>) -> Arc<Self> {
        let watcher = Arc::new_cyclic(|watcher: &Weak<Self>| {
            Self(SendWrapper::new(Watch {
                watcher: watcher.clone(),
                owner,
                run: RefCell::new(run),
                sources: RefCell::default(),
                is_dirty: Cell::new(false),
                is_waiting: Cell::new(false),
            }))
        });
        let kept = Arc::clone(&watcher);
        on_cleanup(move || drop(kept));
        watcher
    }

    fn run(&self) {
        let subscriber = self.to_any_subscriber();
        self.clear_sources(&subscriber);
        let run = || subscriber.with_observer(|| (self.0.run.borrow_mut())());
        match &self.0.owner {
            Some(owner) => owner.with_cleanup(run),
            None => run(),
        }
    }

    fn run_if_changed(&self) {
        self.0.is_waiting.set(false);
        if self.to_any_subscriber().with_observer(|| self.update_if_necessary()) {
            self.run();
        }
    }

    fn wait(&self) {
        if !self.0.is_waiting.replace(true) {
            TURN.with(|turn| turn.add(self.0.watcher.clone()));
        }
    }
}

impl ToAnySubscriber for Watcher {
    fn to_any_subscriber(&self) -> AnySubscriber {
        AnySubscriber(std::ptr::from_ref(self) as usize, self.0.watcher.clone())
    }
}

impl ReactiveNode for Watcher {
    fn mark_dirty(&self) {
        self.0.is_dirty.set(true);
        self.wait();
    }

    fn mark_check(&self) {
        self.wait();
    }

    fn mark_subscribers_check(&self) {}

    fn update_if_necessary(&self) -> bool {
        let has_changed = self.0.is_dirty.get() || {
            // A memo that is made anew may mark this as dirty: it is not borrowed meanwhile.
            let sources = self.0.sources.borrow().clone();
            sources.iter().any(AnySource::update_if_necessary)
        };
        self.0.is_dirty.set(false);
        has_changed
    }
}

impl Subscriber for Watcher {
    fn add_source(&self, source: AnySource) {
        let mut sources = self.0.sources.borrow_mut();
        if !sources.contains(&source) {
            sources.push(source);
        }
    }

    fn clear_sources(&self, subscriber: &AnySubscriber) {
        for source in self.0.sources.take() {
            source.remove_subscriber(subscriber);
        }
    }
}

/// What is to be done in the next turn.
#[derive(Default)]
struct Turn {
    waiting: RefCell<VecDeque<Weak<Watcher>>>,
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
    fn add(&self, watcher: Weak<Watcher>) {
        self.waiting.borrow_mut().push_back(watcher);
        if self.stage.get() == Stage::Idle {
            self.stage.set(Stage::Called);
            TAKE_TURN.with(|take_turn| window().queue_microtask(take_turn));
        }
    }

    fn take(&self) {
        if self.stage.replace(Stage::Running) == Stage::Running {
            return;
        }
        while let Some(watcher) = self.next() {
            // What is gone since is not done.
            if let Some(watcher) = watcher.upgrade() {
                watcher.run_if_changed();
            }
        }
        self.stage.set(Stage::Idle);
    }

    fn next(&self) -> Option<Weak<Watcher>> {
        self.waiting.borrow_mut().pop_front()
    }
}

/// Does what waits, now: the page then shows what is so.
pub fn take_turn() {
    TURN.with(Turn::take);
}

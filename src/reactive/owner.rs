//! Owners: what a part of the page made goes when the part goes.

use std::any::Any;
use std::cell::RefCell;
use std::rc::{Rc, Weak};

use super::slot::Slot;

/// A part of the page, and all that was made while it ran: values, effects, contexts, and the parts inside it. They go
/// with its last handle, or when it is made anew.
#[derive(Clone)]
pub struct Owner(Rc<Owned>);

struct Owned {
    parent: Option<Weak<Owned>>,
    children: RefCell<Vec<Weak<Owned>>>,
    cleanups: RefCell<Vec<Box<dyn FnOnce()>>>,
    slots: RefCell<Vec<Slot>>,
    contexts: RefCell<Vec<Box<dyn Any>>>,
}

thread_local! {
    static CURRENT: RefCell<Option<Rc<Owned>>> = const { RefCell::new(None) };
}

fn current() -> Option<Rc<Owned>> {
    CURRENT.with_borrow(Clone::clone)
}

fn make_current(owned: Option<Rc<Owned>>) -> Option<Rc<Owned>> {
    CURRENT.with_borrow_mut(|current| std::mem::replace(current, owned))
}

impl Owner {
    /// Inside the one that runs now.
    pub fn new() -> Self {
        let parent = current();
        let owned = Rc::new(Owned {
            parent: parent.as_ref().map(Rc::downgrade),
            children: RefCell::default(),
            cleanups: RefCell::default(),
            slots: RefCell::default(),
            contexts: RefCell::default(),
        });
        if let Some(parent) = parent {
            parent.children.borrow_mut().push(Rc::downgrade(&owned));
        }
        Self(owned)
    }

    /// Runs `make`, which makes what this is to own.
    pub fn with<T>(&self, make: impl FnOnce() -> T) -> T {
        let outer = make_current(Some(Rc::clone(&self.0)));
        let made = make();
        make_current(outer);
        made
    }

    /// Ends what it owns: first the parts inside it, then its own cleanups, which may still look at its values.
    pub fn cleanup(&self) {
        self.0.cleanup();
    }
}

impl Default for Owner {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for Owner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Owner")
    }
}

impl Owned {
    fn cleanup(&self) {
        for child in self.children.take() {
            if let Some(child) = child.upgrade() {
                child.cleanup();
            }
        }
        for cleanup in self.cleanups.take() {
            cleanup();
        }
        self.slots.take().into_iter().for_each(Slot::empty);
        self.contexts.take();
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        self.cleanup();
    }
}

/// The owner that runs now empties the slot in its end. Without one it stays for ever.
pub(super) fn own(slot: Slot) {
    if let Some(owner) = current() {
        owner.slots.borrow_mut().push(slot);
    }
}

/// Runs `end` when the owner that runs now goes; never, without one.
pub fn on_cleanup(end: impl FnOnce() + 'static) {
    if let Some(owner) = current() {
        owner.cleanups.borrow_mut().push(Box::new(end));
    }
}

/// Lets everything inside the owner that runs now have a value by its type.
pub fn provide_context<T: 'static>(value: T) {
    if let Some(owner) = current() {
        owner.contexts.borrow_mut().push(Box::new(value));
    }
}

/// The value of this type that the nearest owner provides.
pub fn use_context<T: Clone + 'static>() -> Option<T> {
    let mut owner = current();
    while let Some(here) = owner {
        let provided = here.contexts.borrow().iter().rev().find_map(|value| value.downcast_ref().cloned());
        if provided.is_some() {
            return provided;
        }
        owner = here.parent.as_ref().and_then(Weak::upgrade);
    }
    None
}

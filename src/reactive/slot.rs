//! Where a value of any type stands, for as long as its owner: one piece of code for all types.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use slotmap::{DefaultKey, SlotMap};

use super::ended::end;
use super::graph::{Node, Work};
use super::owner::own;

thread_local! {
    static SLOTS: RefCell<SlotMap<DefaultKey, Rc<Node>>> = RefCell::default();
}

/// A place, as a handle to pass around.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Slot(DefaultKey);

impl Slot {
    /// Owned by what runs now.
    pub(super) fn new(value: Box<dyn Any>) -> Self {
        Self::of(Node::new(value, Work::Nothing))
    }

    pub(super) fn of(node: Rc<Node>) -> Self {
        let slot = Self(SLOTS.with_borrow_mut(|slots| slots.insert(node)));
        own(slot);
        slot
    }

    fn node(self) -> Option<Rc<Node>> {
        SLOTS.with_borrow(|slots| slots.get(self.0).cloned())
    }

    /// What stands there, up to date, unless its owner is gone; `follows` as with [`Slot::track`].
    fn read(self, follows: bool) -> Option<Rc<Node>> {
        let node = self.node()?;
        node.refresh();
        if follows {
            node.track();
        }
        Some(node)
    }

    /// Puts another value of the same type there, unless its owner is gone, and then `tells` as [`Slot::notify`] does.
    pub(super) fn put(self, value: Box<dyn Any>, tells: bool) {
        if let Some(node) = self.node() {
            // What was there is dropped when nothing is borrowed any more.
            let old = node.value.replace(value);
            if tells {
                node.notify();
            }
            drop(old);
        }
    }

    /// What runs now runs again after the next [`Slot::notify`].
    pub(super) fn track(self) {
        _ = self.read(true);
    }

    pub(super) fn notify(self) {
        if let Some(node) = self.node() {
            node.notify();
        }
    }

    pub(super) fn is_gone(self) -> bool {
        SLOTS.with_borrow(|slots| !slots.contains_key(self.0))
    }

    pub(super) fn empty(self) {
        if let Some(node) = SLOTS.with_borrow_mut(|slots| slots.remove(self.0)) {
            end(node);
        }
    }
}

/// A handle is copied whatever it is a handle of, which no `derive` knows.
macro_rules! are_handles {
    ($($handle:ident)*) => {
        $(
            impl<T> Clone for $handle<T> {
                fn clone(&self) -> Self {
                    *self
                }
            }

            impl<T> Copy for $handle<T> {}

            impl<T> std::fmt::Debug for $handle<T> {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str(stringify!($handle))
                }
            }
        )*
    };
}

pub(super) use are_handles;

/// The value of a slot whose owner is gone was asked for: a mistake of the code, like an index out of bounds.
pub(super) fn gone() -> ! {
    wasm_bindgen::throw_str("a value was used after its owner was gone")
}

/// Looks at a slot's value of type `T`; `None` when its owner is gone.
pub(super) fn try_look<T: 'static, R>(slot: Slot, follows: bool, look: impl FnOnce(&T) -> R) -> Option<R> {
    let node = slot.read(follows)?;
    let value = node.value.borrow();
    value.downcast_ref().map(look)
}

/// Changes a slot's value of type `T`; `None` when its owner is gone.
pub(super) fn try_change<T: 'static, R>(slot: Slot, tells: bool, change: impl FnOnce(&mut T) -> R) -> Option<R> {
    let node = slot.node()?;
    let done = node.value.borrow_mut().downcast_mut().map(change);
    if tells {
        node.notify();
    }
    done
}

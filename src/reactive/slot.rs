//! Where a value of any type stands, for as long as its owner: one piece of code for all types.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use leptos::reactive::owner::{LocalStorage, StoredValue};
use leptos::reactive::signal::ArcTrigger;
use leptos::reactive::traits::{Dispose, GetValue, IsDisposed, Notify, Track};

/// A place, as a handle to pass around.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Slot(StoredValue<Rc<Content>, LocalStorage>);

struct Content {
    value: RefCell<Box<dyn Any>>,
    changed: ArcTrigger,
}

impl Slot {
    pub(super) fn new(value: Box<dyn Any>) -> Self {
        Self(StoredValue::new_local(Rc::new(Content { value: RefCell::new(value), changed: ArcTrigger::new() })))
    }

    /// Shows the value to `look`, unless its owner is gone; `follows` as with [`Slot::track`].
    fn look(self, follows: bool, look: &mut dyn FnMut(&dyn Any)) {
        if let Some(content) = self.0.try_get_value() {
            if follows {
                content.changed.track();
            }
            look(&**content.value.borrow());
        }
    }

    /// Lets `change` have the value, unless its owner is gone, and then `tells` as [`Slot::notify`] does.
    fn change(self, tells: bool, change: &mut dyn FnMut(&mut dyn Any)) {
        if let Some(content) = self.0.try_get_value() {
            change(&mut **content.value.borrow_mut());
            if tells {
                content.changed.notify();
            }
        }
    }

    /// What runs now runs again after the next [`Slot::notify`].
    pub(super) fn track(self) {
        if let Some(content) = self.0.try_get_value() {
            content.changed.track();
        }
    }

    pub(super) fn notify(self) {
        if let Some(content) = self.0.try_get_value() {
            content.changed.notify();
        }
    }

    pub(super) fn is_gone(self) -> bool {
        self.0.is_disposed()
    }

    pub(super) fn empty(self) {
        self.0.dispose();
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
    let (mut look, mut seen) = (Some(look), None);
    slot.look(follows, &mut |value| {
        if let Some((value, look)) = value.downcast_ref().zip(look.take()) {
            seen = Some(look(value));
        }
    });
    seen
}

/// Changes a slot's value of type `T`; `None` when its owner is gone.
pub(super) fn try_change<T: 'static, R>(slot: Slot, tells: bool, change: impl FnOnce(&mut T) -> R) -> Option<R> {
    let (mut change, mut done) = (Some(change), None);
    slot.change(tells, &mut |value| {
        if let Some((value, change)) = value.downcast_mut().zip(change.take()) {
            done = Some(change(value));
        }
    });
    done
}

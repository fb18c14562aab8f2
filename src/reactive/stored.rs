//! Values that nothing follows.

use std::marker::PhantomData;

use super::slot::{Slot, are_handles, gone, try_change, try_look};

/// A value for as long as its owner lives, as a handle to pass around.
pub struct StoredValue<T>(Slot, PhantomData<fn() -> T>);

are_handles!(StoredValue);

impl<T: 'static> StoredValue<T> {
    /// Owned by what runs now.
    pub fn new(value: T) -> Self {
        Self(Slot::new(Box::new(value)), PhantomData)
    }

    /// Looks at it. Like all that does not begin with `try_`, not to be called when its owner is gone.
    pub fn with_value<R>(self, look: impl FnOnce(&T) -> R) -> R {
        self.try_with_value(look).unwrap_or_else(|| gone())
    }

    /// Looks at it; `None` when its owner is gone.
    pub fn try_with_value<R>(self, look: impl FnOnce(&T) -> R) -> Option<R> {
        try_look(self.0, false, look)
    }

    /// A copy of it.
    pub fn get_value(self) -> T
    where
        T: Clone,
    {
        self.try_get_value().unwrap_or_else(|| gone())
    }

    /// A copy of it; `None` when its owner is gone.
    pub fn try_get_value(self) -> Option<T>
    where
        T: Clone,
    {
        self.try_with_value(T::clone)
    }

    /// Puts another in its place; nothing when its owner is gone.
    pub fn set_value(self, value: T) {
        self.0.put(Box::new(value), false);
    }

    /// Changes it; `None` when its owner is gone.
    pub fn try_update_value<R>(self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        try_change(self.0, false, change)
    }

    /// Whether its owner is gone.
    pub fn is_disposed(self) -> bool {
        self.0.is_gone()
    }

    /// As if its owner were gone.
    pub fn dispose(self) {
        self.0.empty();
    }
}

impl<T: 'static> StoredValue<Option<T>> {
    /// Takes out what is in it; nothing when its owner is gone.
    pub fn take(self) -> Option<T> {
        self.try_update_value(Option::take).flatten()
    }
}

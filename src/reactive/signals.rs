//! Values that are followed: whoever read one runs again when it changes.

use std::marker::PhantomData;
use std::rc::Rc;

use super::graph::untrack;
use super::memo::Memo;
use super::slot::{Slot, are_handles, gone, try_change, try_look};

/// A value that is followed, as a handle to pass around.
pub struct RwSignal<T>(Slot, PhantomData<fn() -> T>);

impl<T: 'static> RwSignal<T> {
    /// Owned by what runs now.
    pub fn new(value: T) -> Self {
        Self(Slot::new(Box::new(value)), PhantomData)
    }

    /// Follows it.
    pub fn track(self) {
        self.0.track();
    }

    /// Looks at it, and follows it. Like all that does not begin with `try_`, not to be called when its owner is gone.
    pub fn with<R>(self, look: impl FnOnce(&T) -> R) -> R {
        try_look(self.0, true, look).unwrap_or_else(|| gone())
    }

    /// Looks at it.
    pub fn with_untracked<R>(self, look: impl FnOnce(&T) -> R) -> R {
        self.try_with_untracked(look).unwrap_or_else(|| gone())
    }

    /// Looks at it; `None` when its owner is gone.
    pub fn try_with_untracked<R>(self, look: impl FnOnce(&T) -> R) -> Option<R> {
        try_look(self.0, false, look)
    }

    /// A copy of it, which is followed.
    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    /// A copy of it.
    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.try_get_untracked().unwrap_or_else(|| gone())
    }

    /// A copy of it; `None` when its owner is gone.
    pub fn try_get_untracked(self) -> Option<T>
    where
        T: Clone,
    {
        self.try_with_untracked(T::clone)
    }

    /// Puts another in its place, and tells; nothing when its owner is gone.
    pub fn set(self, value: T) {
        self.0.put(Box::new(value), true);
    }

    /// Changes it, and tells; nothing when its owner is gone.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        _ = self.try_update(change);
    }

    /// Changes it, and tells; `None` when its owner is gone.
    pub fn try_update<R>(self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        try_change(self.0, true, change)
    }

    /// Tells, as if it had changed.
    pub fn notify(self) {
        self.0.notify();
    }

    /// Whether its owner is gone.
    pub fn is_disposed(self) -> bool {
        self.0.is_gone()
    }
}

/// Something that can be read, whatever it is. What is derived is made at each reading.
pub struct Signal<T>(Slot, PhantomData<fn() -> T>);

/// How it is read.
type Read<T> = Rc<dyn Fn() -> T>;

impl<T: 'static> Signal<T> {
    /// What `read` says, and what that follows.
    pub fn derive(read: impl Fn() -> T + 'static) -> Self {
        let read: Read<T> = Rc::new(read);
        Self(Slot::new(Box::new(read)), PhantomData)
    }

    /// What never changes.
    pub fn stored(value: T) -> Self
    where
        T: Clone,
    {
        Self::derive(move || value.clone())
    }

    /// What it says, followed; `None` when its owner is gone.
    pub fn try_get(self) -> Option<T> {
        // What it reads may make and end others.
        let read = try_look(self.0, false, Read::<T>::clone);
        read.map(|read| read())
    }

    /// What it says, followed.
    pub fn get(self) -> T {
        self.try_get().unwrap_or_else(|| gone())
    }

    /// What it says.
    pub fn get_untracked(self) -> T {
        untrack(|| self.get())
    }

    /// What it says; `None` when its owner is gone.
    pub fn try_get_untracked(self) -> Option<T> {
        untrack(|| self.try_get())
    }

    /// Follows it.
    pub fn track(self) {
        _ = self.get();
    }

    /// Looks at what it says, followed.
    pub fn with<R>(self, look: impl FnOnce(&T) -> R) -> R {
        look(&self.get())
    }
}

/// A signal for reading alone.
pub struct ReadSignal<T>(RwSignal<T>);

/// A signal for writing alone.
pub struct WriteSignal<T>(RwSignal<T>);

/// A signal in two halves.
pub fn signal<T: 'static>(value: T) -> (ReadSignal<T>, WriteSignal<T>) {
    let signal = RwSignal::new(value);
    (ReadSignal(signal), WriteSignal(signal))
}

impl<T: Clone + 'static> ReadSignal<T> {
    /// A copy of it, which is followed.
    pub fn get(self) -> T {
        self.0.get()
    }

    /// A copy of it.
    pub fn get_untracked(self) -> T {
        self.0.get_untracked()
    }

    /// A copy of it; `None` when its owner is gone.
    pub fn try_get_untracked(self) -> Option<T> {
        self.0.try_get_untracked()
    }
}

impl<T: 'static> WriteSignal<T> {
    /// Puts another value in its place, and tells; nothing when its owner is gone.
    pub fn set(self, value: T) {
        self.0.set(value);
    }
}

impl<T> PartialEq for Signal<T> {
    /// Whether it is the same one, whatever it says.
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

are_handles!(RwSignal Signal ReadSignal WriteSignal);

macro_rules! are_signals {
    ($($readable:ident)*) => {
        $(impl<T: Clone + 'static> From<$readable<T>> for Signal<T> {
            fn from(readable: $readable<T>) -> Self {
                Self::derive(move || readable.get())
            }
        })*
    };
}

are_signals!(RwSignal Memo ReadSignal);

impl<T: Clone + 'static> From<T> for Signal<T> {
    fn from(value: T) -> Self {
        Self::stored(value)
    }
}

impl From<&'static str> for Signal<String> {
    fn from(value: &'static str) -> Self {
        Self::derive(|| value.to_owned())
    }
}

impl<T: Clone + Default + 'static> Default for Signal<T> {
    fn default() -> Self {
        Self::stored(T::default())
    }
}

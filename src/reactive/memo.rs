//! Values that follow others.

use std::marker::PhantomData;

use super::graph::{Node, Place, Work};
use super::slot::{Slot, are_handles, gone, try_look};

/// A value that follows others, made anew when one of them changed, and heard of only when it then differs.
pub struct Memo<T>(Slot, PhantomData<fn() -> T>);

/// A [`Memo`] of what `make` makes, which only reads: it makes no signal or effect.
pub fn memo<T: PartialEq + 'static>(make: impl Fn() -> T + 'static) -> Memo<T> {
    remake(move |place| keep(place, make()))
}

/// The same for a value that depends on the one before.
pub fn memo_after<T: PartialEq + 'static>(make: impl Fn(Option<&T>) -> T + 'static) -> Memo<T> {
    remake(move |place| {
        let next = make(place.borrow().downcast_ref());
        keep(place, next)
    })
}

fn remake<T>(remake: impl Fn(&Place) -> bool + 'static) -> Memo<T> {
    Memo(Slot::of(Node::new(Box::new(()), Work::Memo(Box::new(remake)))), PhantomData)
}

/// Puts the value there if it is another one.
fn keep<T: PartialEq + 'static>(place: &Place, value: T) -> bool {
    let differs = place.borrow().downcast_ref() != Some(&value);
    if differs {
        place.replace(Box::new(value));
    }
    differs
}

impl<T: 'static> Memo<T> {
    /// Follows it.
    pub fn track(self) {
        self.0.track();
    }

    /// Looks at it, and follows it.
    pub fn with<R>(self, look: impl FnOnce(&T) -> R) -> R {
        try_look(self.0, true, look).unwrap_or_else(|| gone())
    }

    /// Looks at it.
    pub fn with_untracked<R>(self, look: impl FnOnce(&T) -> R) -> R {
        try_look(self.0, false, look).unwrap_or_else(|| gone())
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
        self.with_untracked(T::clone)
    }
}

are_handles!(Memo);

//! Values that follow others.

use std::any::Any;
use std::marker::PhantomData;
use std::rc::Rc;

use leptos::reactive::computed;
use leptos::reactive::traits::{GetUntracked, Track};
use send_wrapper::SendWrapper;

use super::slot::{are_handles, gone};

/// A value that follows others, made anew when one of them changed, and heard of only when it then differs.
pub struct Memo<T>(computed::Memo<Made>, PhantomData<fn() -> T>);

/// What a memo made.
#[derive(Clone)]
struct Made(SendWrapper<Rc<dyn Comparable>>);

trait Comparable: Any {
    fn is_same(&self, other: &dyn Any) -> bool;
}

impl<T: PartialEq + 'static> Comparable for T {
    fn is_same(&self, other: &dyn Any) -> bool {
        other.downcast_ref() == Some(self)
    }
}

impl PartialEq for Made {
    fn eq(&self, other: &Self) -> bool {
        self.0.is_same(&**other.0)
    }
}

impl Made {
    fn as_a<T: 'static>(&self) -> Option<&T> {
        (&**self.0 as &dyn Any).downcast_ref()
    }
}

type Compute = Box<dyn Fn(Option<&Made>) -> Made>;

fn follow(compute: Compute) -> computed::Memo<Made> {
    let compute = SendWrapper::new(compute);
    computed::Memo::new(move |before: Option<&Made>| (*compute)(before))
}

/// A [`Memo`] of what `compute` makes, which is given what it made before.
pub fn memo<T: PartialEq + 'static>(compute: impl Fn(Option<&T>) -> T + 'static) -> Memo<T> {
    let compute = move |before: Option<&Made>| Made(SendWrapper::new(Rc::new(compute(before.and_then(Made::as_a)))));
    Memo(follow(Box::new(compute)), PhantomData)
}

impl<T: 'static> Memo<T> {
    /// Follows it.
    pub fn track(self) {
        self.0.track();
    }

    /// Looks at it, and follows it.
    pub fn with<R>(self, look: impl FnOnce(&T) -> R) -> R {
        self.track();
        self.with_untracked(look)
    }

    /// Looks at it.
    pub fn with_untracked<R>(self, look: impl FnOnce(&T) -> R) -> R {
        let made = self.0.try_get_untracked();
        made.as_ref().and_then(Made::as_a).map_or_else(|| gone(), look)
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

//! What a component is given to call.

use std::rc::Rc;

use super::StoredValue;

/// A function, as a handle to pass around. It lives as long as its owner.
pub struct Callback<A, R = ()>(StoredValue<Rc<dyn Fn(A) -> R>>);

impl<A: 'static, R: 'static> Callback<A, R> {
    /// Owned by what runs now.
    pub fn new(run: impl Fn(A) -> R + 'static) -> Self {
        Self(StoredValue::new(Rc::new(run)))
    }

    /// Calls it. Not to be called when its owner is gone.
    pub fn run(self, given: A) -> R {
        (self.0.get_value())(given)
    }
}

impl<A, R> Clone for Callback<A, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A, R> Copy for Callback<A, R> {}

impl<A, R> std::fmt::Debug for Callback<A, R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Callback")
    }
}

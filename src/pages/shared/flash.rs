//! What one page leaves for the next, taken once.

use leptos::prelude::*;

use crate::domain::BillingAccount;

/// Something that was done: "Billing account created", said once on the page where it ends, with the account that the
/// API answered, so that it is not fetched again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedFlash {
    /// In words.
    pub text: &'static str,
    /// What else there is to say about it, a sentence each.
    pub notes: Vec<String>,
    /// The account as the API answered it.
    pub account: BillingAccount,
}

/// An account that was deleted: said once on the list that is left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeletedFlash {
    /// What it was called.
    pub name: String,
    /// Whether it was gone before.
    pub already: bool,
}

impl DeletedFlash {
    /// In words: what was done, and what else there is to say about it.
    pub fn message(self) -> (&'static str, Vec<String>) {
        if self.already {
            ("This billing account was already gone", vec![self.name + " was deleted before: nothing was done now."])
        } else {
            ("Billing account deleted", vec![self.name + " is gone."])
        }
    }
}

/// Carries something from the page that leaves it to the page that takes it.
#[derive(Debug)]
pub struct Flash<T: Send + Sync + 'static>(StoredValue<Option<T>>);

impl<T: Send + Sync> Clone for Flash<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync> Copy for Flash<T> {}

impl<T: Send + Sync> Flash<T> {
    /// Nothing is left yet.
    pub fn new() -> Self {
        Self(StoredValue::new(None))
    }

    /// Leaves something for the next page.
    pub fn put(self, value: T) {
        self.0.set_value(Some(value));
    }

    /// A copy of what was left, which stays.
    pub fn peek(self) -> Option<T>
    where
        T: Clone,
    {
        self.0.try_get_value().flatten()
    }

    /// Takes what was left.
    pub fn take(self) -> Option<T> {
        self.0.try_update_value(Option::take).flatten()
    }
}

impl<T: Send + Sync> Default for Flash<T> {
    fn default() -> Self {
        Self::new()
    }
}

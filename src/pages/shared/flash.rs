//! Flash values: one page puts a value, and the next page takes it once.

use leptos::prelude::*;

use crate::domain::{BillingAccount, Field};

/// The result of a save, announced once on the next page. It holds the account of the reply, so that the page does not
/// fetch it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedFlash {
    /// The message title.
    pub text: &'static str,
    /// Further notes, one sentence each.
    pub notes: Vec<String>,
    /// The account as the server returned it.
    pub account: BillingAccount,
    /// The values that undo the save, empty if it cannot be undone.
    pub undo: Vec<(Field, String)>,
    /// Whether the server added an address to the new account.
    pub address_added: bool,
}

/// The form that a viewer opened. The next page says why it is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ViewOnlyFlash {
    /// The form of a new account.
    New,
    /// The form that edits an account.
    Edit,
}

impl ViewOnlyFlash {
    /// The message: a title, and notes of one sentence each.
    pub fn message(self) -> (&'static str, Vec<String>) {
        let title = match self {
            Self::New => "You can’t create billing accounts here",
            Self::Edit => "You can’t edit this billing account",
        };
        (title, vec!["Your role in this workspace is viewer.".to_owned()])
    }
}

/// A deleted account, announced once on the list of accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeletedFlash {
    /// The account's name.
    pub name: String,
    /// Whether the account had been deleted before.
    pub already_deleted: bool,
}

impl DeletedFlash {
    /// The message: a title, and notes of one sentence each.
    pub fn message(self) -> (&'static str, Vec<String>) {
        if self.already_deleted {
            ("Billing account already deleted", vec![self.name + " had been deleted before."])
        } else {
            ("Billing account deleted", vec![self.name + " was deleted."])
        }
    }
}

/// A value that one page puts and another page takes, as a `Copy` handle.
#[derive(Debug)]
pub struct Flash<T: Send + Sync + 'static>(StoredValue<Option<T>>);

impl<T: Send + Sync> Clone for Flash<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync> Copy for Flash<T> {}

impl<T: Send + Sync> Flash<T> {
    /// An empty flash.
    pub fn new() -> Self {
        Self(StoredValue::new(None))
    }

    /// Puts a value for the next page, and drops an earlier one.
    pub fn put(self, value: T) {
        self.0.set_value(Some(value));
    }

    /// A copy of the value, which stays.
    pub fn peek(self) -> Option<T>
    where
        T: Clone,
    {
        self.0.try_get_value().flatten()
    }

    /// Takes the value out.
    pub fn take(self) -> Option<T> {
        self.0.try_update_value(Option::take).flatten()
    }
}

impl<T: Send + Sync> Default for Flash<T> {
    fn default() -> Self {
        Self::new()
    }
}

//! What was just done: "Billing account created", said once on the page where it ends, with the account that the API
//! answered, so that it is not fetched again.

use leptos::prelude::*;

use crate::domain::BillingAccount;

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// In words.
    pub text: &'static str,
    /// What else there is to say about it, a sentence each.
    pub notes: Vec<String>,
    /// The account as the API answered it.
    pub account: BillingAccount,
}

/// Carries it from the page that did it to the page that shows it.
#[derive(Debug, Clone, Copy)]
pub struct Flash(StoredValue<Option<Done>>);

impl Flash {
    /// Nothing was done yet.
    pub fn new() -> Self {
        Self(StoredValue::new(None))
    }

    /// Leaves a message for the next page.
    pub fn leave(self, done: Done) {
        self.0.set_value(Some(done));
    }

    /// Takes the message.
    pub fn take(self) -> Option<Done> {
        self.0.try_update_value(Option::take).flatten()
    }
}

impl Default for Flash {
    fn default() -> Self {
        Self::new()
    }
}

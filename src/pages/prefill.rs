//! What a new form begins with when another page says so: an account to be made again in another currency (E20).

use leptos::prelude::*;

use super::billing_accounts::draft::Draft;

/// Carries a draft to the form that opens next.
#[derive(Debug, Clone, Copy)]
pub struct Prefill(StoredValue<Option<Draft>>);

impl Prefill {
    /// Nothing is carried yet.
    pub fn new() -> Self {
        Self(StoredValue::new(None))
    }

    /// Leaves a draft for the next form.
    pub fn leave(self, draft: Draft) {
        self.0.set_value(Some(draft));
    }

    /// Takes the draft.
    pub fn take(self) -> Option<Draft> {
        self.0.try_update_value(Option::take).flatten()
    }
}

impl Default for Prefill {
    fn default() -> Self {
        Self::new()
    }
}

//! The table of postal codes and states, which a page of the second chunk provides. The form works without it.

use leptos::prelude::*;

use crate::browser::intl;
use crate::domain::address_rules::{AddressRules, postal_code_core};

/// The table, as a `Copy` handle. Provided as a context by the app.
#[derive(Debug, Clone, Copy)]
pub struct AddressRulesTable {
    /// The text of the table; `None` until it is loaded.
    pub table: Signal<Option<&'static str>>,
    /// Starts to load it, if it is not loaded or loading.
    pub load: Callback<()>,
}

impl AddressRulesTable {
    /// The table of the app as a signal; `None` until it is loaded.
    pub fn signal() -> Signal<Option<&'static str>> {
        use_context::<Self>().map_or_else(Signal::default, |rules| rules.table)
    }
}

/// Whether a text is a postal code of the country, by the table. False without a pattern.
pub fn is_postal_code(table: &str, country: &str, text: &str) -> bool {
    let pattern = AddressRules::find(table, country).and_then(AddressRules::postal_pattern);
    pattern.is_some_and(|pattern| matches_pattern(&pattern, postal_code_core(country, text)))
}

/// Whether a text is a state of the country, by the table. False without a list of states.
pub fn is_state(table: &str, country: &str, text: &str) -> bool {
    let rules = AddressRules::find(table, country);
    rules.and_then(|rules| rules.has_state(text, intl::normalize_for_search)) == Some(true)
}

/// Tests a text with the browser's regular expressions, without regard to case.
pub fn matches_pattern(pattern: &str, text: &str) -> bool {
    js_sys::RegExp::new(pattern, "i").test(text)
}

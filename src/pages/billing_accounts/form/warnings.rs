//! Warnings about values that look wrong. They never block a save.

use leptos::prelude::*;

use crate::browser::intl;
use crate::domain::Field;
use crate::domain::address_rules::AddressRules;
use crate::domain::field::STRIPE_PHONE_MAX;
use crate::domain::field_warning::{FieldWarning, email_warning, phone_warning, postal_code_warning, state_warning};
use crate::domain::text::{self, in_sentence};
use crate::pages::billing_accounts::form::account_fields::AccountFields;
use crate::pages::billing_accounts::form::address_rules_table::{AddressRulesTable, matches_pattern};

/// The warning at a field, once the user has left it; empty for none.
pub fn warning(fields: AccountFields, field: Field) -> Signal<String> {
    let state = fields.field(field);
    let table = AddressRulesTable::signal();
    let warning = Memo::new(move |_| {
        // A phone number that Stripe may reject is noted while it is typed, like an exceeded limit.
        if field == Field::Phone && state.with_text(|phone| text::char_count(text::trim(phone)) > STRIPE_PHONE_MAX) {
            return format!("Longer than {STRIPE_PHONE_MAX} characters. Stripe may reject it.");
        }
        if !state.was_left() {
            return String::new();
        }
        let found = state.with_text(|text| match field {
            Field::Email => email_warning(text),
            Field::Phone => phone_warning(text),
            Field::PostalCode | Field::State => {
                let table = table.get()?;
                fields.field(Field::Country).with_text(|country| {
                    let rules = AddressRules::find(table, country)?;
                    if field == Field::State {
                        state_warning(country, text, rules, intl::normalize_for_search)
                    } else {
                        postal_code_warning(country, text, rules, matches_pattern)
                    }
                })
            }
            _ => None,
        });
        let country = || fields.field(Field::Country).with_text(str::to_owned);
        found.map(|found| sentence(found, &country())).unwrap_or_default()
    });
    warning.into()
}

fn sentence(warning: FieldWarning, country: &str) -> String {
    match warning {
        FieldWarning::PostalCode { label, example } => {
            format!("Doesn’t look like {} {}, for example {example}.", adjective(country), in_sentence(label))
        }
        FieldWarning::State { label } => {
            format!("Doesn’t look like {} {}.", adjective(country), in_sentence(label))
        }
        FieldWarning::PhoneLetters => "This phone number has letters in it.".to_owned(),
        FieldWarning::PhoneTooShort => "This phone number looks too short.".to_owned(),
        FieldWarning::EmailDomain { suggestion } => format!("Did you mean {suggestion}?"),
    }
}

/// The article and the adjective of a country: "a US", "a UK", "a". Only a few countries have a short adjective.
fn adjective(country: &str) -> &'static str {
    match country {
        "US" => "a US",
        "GB" => "a UK",
        "AE" => "a UAE",
        "IE" => "an",
        _ => "a",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_warning_names_the_part_as_its_country_does() {
        let postal = |country, label, example| sentence(FieldWarning::PostalCode { label, example }, country);
        assert_eq!(postal("US", "ZIP code", "95014"), "Doesn’t look like a US ZIP code, for example 95014.");
        assert_eq!(postal("IE", "Eircode", "A65 F4E2"), "Doesn’t look like an Eircode, for example A65 F4E2.");
        assert_eq!(postal("DE", "Postal code", "26133"), "Doesn’t look like a postal code, for example 26133.");
        let state = sentence(FieldWarning::State { label: "Province" }, "CA");
        assert_eq!(state, "Doesn’t look like a province.");
    }
}

//! Values that look wrong and may be right: the page warns, and never refuses them.
//!
//! Invariant: a warning changes neither what is sent nor what [`crate::domain::readiness`] says.

use crate::domain::Field;
use crate::domain::address_format::AddressFormat;
use crate::domain::address_rules::{AddressRules, postal_code_core};
use crate::domain::email_address::suggest_email;
use crate::domain::text::trim;

/// The fewest digits of a phone number that can be called from another country.
const PHONE_MIN_DIGITS: usize = 5;

/// Why a value looks wrong, as data for the page's sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldWarning {
    /// The postal code does not look like those of the country.
    PostalCode {
        /// The country's word for it: "ZIP code".
        label: &'static str,
        /// A postal code of the country.
        example: &'static str,
    },
    /// The state is not in the list of the country's states.
    State {
        /// The country's word for it: "Province".
        label: &'static str,
    },
    /// The phone number has letters.
    PhoneLetters,
    /// The phone number is too short.
    PhoneTooShort,
    /// The email's domain is one letter away from a common one.
    EmailDomain {
        /// The address that was probably meant.
        suggestion: String,
    },
}

/// Warns about a postal code. `matches` tests a regular expression: in the app the browser's `RegExp` with the flag `i`.
pub fn postal_code_warning(
    country: &str,
    code: &str,
    rules: AddressRules,
    matches: impl FnOnce(&str, &str) -> bool,
) -> Option<FieldWarning> {
    let code = trim(code);
    let pattern = rules.postal_pattern().filter(|_| !code.is_empty())?;
    let format = AddressFormat::of(country);
    if matches(&pattern, postal_code_core(country, code)) {
        return None;
    }
    Some(FieldWarning::PostalCode { label: format.label(Field::PostalCode), example: format.postal_example()? })
}

/// Warns about a state where the country has a list.
pub fn state_warning(
    country: &str,
    state: &str,
    rules: AddressRules,
    normalize: fn(&str) -> String,
) -> Option<FieldWarning> {
    let state = trim(state);
    let is_unknown = !state.is_empty() && rules.has_state(state, normalize) == Some(false);
    is_unknown.then(|| FieldWarning::State { label: AddressFormat::of(country).label(Field::State) })
}

/// Warns about a phone number with letters, other than an extension ("ext. 12", "x12"), or with too few digits.
pub fn phone_warning(phone: &str) -> Option<FieldWarning> {
    let phone = trim(phone).to_ascii_lowercase();
    if phone.is_empty() {
        return None;
    }
    let number = phone.trim_end_matches(|c: char| is_digit(c) || c == ' ');
    let number = number.trim_end_matches(['.', ':', ' ']);
    let extension = ["extension", "ext", "x"].into_iter().find_map(|word| number.strip_suffix(word));
    let number = extension.filter(|_| number.len() < phone.len()).unwrap_or(&phone);
    if number.contains(is_letter) {
        return Some(FieldWarning::PhoneLetters);
    }
    let digits = number.chars().filter(|&c| is_digit(c)).count();
    (digits < PHONE_MIN_DIGITS).then_some(FieldWarning::PhoneTooShort)
}

/// The digits that phone numbers are written with: western, Arabic, Persian and full-width.
fn is_digit(letter: char) -> bool {
    letter.is_ascii_digit() || matches!(letter, '٠'..='٩' | '۰'..='۹' | '０'..='９')
}

/// Any letter, without the standard library's tables: a sign that is neither ASCII nor in a block of punctuation.
fn is_letter(letter: char) -> bool {
    let is_sign =
        letter < '\u{C0}' || matches!(letter, '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{303F}' | '＋' | '－');
    letter.is_ascii_alphabetic() || !(is_sign || is_digit(letter))
}

/// Warns about an email address whose domain was probably mistyped.
pub fn email_warning(email: &str) -> Option<FieldWarning> {
    suggest_email(email).map(|suggestion| FieldWarning::EmailDomain { suggestion })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::address_rules::tests::TABLE;

    fn rules(country: &str) -> AddressRules<'static> {
        AddressRules::find(TABLE, country).unwrap()
    }

    #[test]
    fn a_postal_code_that_does_not_match_gets_an_example() {
        let refuse = |_: &str, _: &str| false;
        let warning = postal_code_warning("US", "hello", rules("US"), refuse);
        assert_eq!(warning, Some(FieldWarning::PostalCode { label: "ZIP code", example: "95014" }));
        let warning = postal_code_warning("GB", "hello", rules("GB"), refuse);
        assert_eq!(warning, Some(FieldWarning::PostalCode { label: "Postcode", example: "EC1Y 8SY" }));
        for (country, code) in [("US", " "), ("US", ""), ("HK", "999077")] {
            assert_eq!(postal_code_warning(country, code, rules(country), refuse), None, "{country}: {code:?}");
        }
    }

    #[test]
    fn a_postal_code_is_tested_as_a_whole_and_without_its_prefix() {
        let mut tested = None;
        let warning = postal_code_warning("SE", " SE-114 55", rules("SE"), |pattern, code| {
            tested = Some((pattern.to_owned(), code.to_owned()));
            true
        });
        assert_eq!(warning, None);
        assert_eq!(tested, Some((r"^(?:\d{3} ?\d{2})$".to_owned(), "114 55".to_owned())));
    }

    #[test]
    fn an_unknown_state_is_questioned_where_there_is_a_list() {
        let warning = |country, state| state_warning(country, state, rules(country), str::to_lowercase);
        assert_eq!(warning("US", "Kalifornia"), Some(FieldWarning::State { label: "State" }));
        assert_eq!(warning("CA", "XX"), Some(FieldWarning::State { label: "Province" }));
        for (country, state) in [("US", "CA"), ("US", ""), ("US", " "), ("DE", "Bayern"), ("ZA", "Western Cape")] {
            assert_eq!(warning(country, state), None, "{country}: {state:?}");
        }
    }

    #[test]
    fn a_phone_number_with_letters_or_few_digits_is_questioned() {
        for phone in ["call me", "+27 21 555 O1OO", "0800 FLOWERS", "x", "12345 ext", "ask for ext. 12"] {
            assert_eq!(phone_warning(phone), Some(FieldWarning::PhoneLetters), "{phone}");
        }
        for phone in ["1", "+27 21", "----", "1234"] {
            assert_eq!(phone_warning(phone), Some(FieldWarning::PhoneTooShort), "{phone}");
        }
        for phone in ["", " ", "12345", "+27 21 555 0100", "(021) 555-0100 ext. 12", "+1 555 0100x9", "٠١٢٣٤٥"] {
            assert_eq!(phone_warning(phone), None, "{phone}");
        }
    }

    #[test]
    fn a_mistyped_email_domain_gets_a_suggestion() {
        let suggestion = "jo@gmail.com".to_owned();
        assert_eq!(email_warning("jo@gmial.com"), Some(FieldWarning::EmailDomain { suggestion }));
        assert_eq!(email_warning("jo@acme.com"), None);
    }
}

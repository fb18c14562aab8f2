//! Whether an account is ready for invoices: can tax be calculated, and is the postal address complete?

use crate::domain::Field;
use crate::domain::address_format::AddressFormat;
use crate::domain::country::Country;
use crate::domain::text::trim;

/// The parts that a billing account lacks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Readiness {
    /// What tax needs and the account lacks, in the order of the form.
    pub missing_for_tax: Vec<MissingPart>,
    /// What mail to the country needs and the account lacks, in the order of the form.
    pub missing_for_mail: Vec<Field>,
}

/// A part of an address that is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingPart {
    /// This field.
    Field(Field),
    /// One of the two.
    CityOrState,
}

impl Readiness {
    /// Checks the values of an account or of a draft. Empty and blank values are missing.
    ///
    /// Sources: Stripe Tax needs a country and a postal code, and in the US a city or a state as well; countries without
    /// postal codes need none. What mail needs stands in the region data of libaddressinput.
    pub fn of<'a>(value: impl Fn(Field) -> Option<&'a str>) -> Self {
        let is_missing = |field: Field| value(field).is_none_or(|text| trim(text).is_empty());
        let Some(country) = value(Field::Country).map(trim).and_then(Country::parse) else {
            // Until the country is known, mail needs what it needs almost everywhere.
            let usual = [Field::Country, Field::Line1, Field::City];
            let missing = usual.into_iter().filter(|&field| field == Field::Country || is_missing(field));
            return Self {
                missing_for_tax: vec![MissingPart::Field(Field::Country)],
                missing_for_mail: missing.collect(),
            };
        };
        let format = AddressFormat::of(country.code());
        let mut missing_for_tax = Vec::new();
        if country.code() == "US" && is_missing(Field::City) && is_missing(Field::State) {
            missing_for_tax.push(MissingPart::CityOrState);
        }
        if format.uses(Field::PostalCode) && is_missing(Field::PostalCode) {
            missing_for_tax.push(MissingPart::Field(Field::PostalCode));
        }
        let missing_for_mail =
            Field::ALL.into_iter().filter(|&field| format.requires(field) && is_missing(field)).collect();
        Self { missing_for_tax, missing_for_mail }
    }

    /// Whether tax can be calculated.
    pub fn can_calculate_tax(&self) -> bool {
        self.missing_for_tax.is_empty()
    }

    /// Whether mail reaches the address.
    pub fn has_complete_address(&self) -> bool {
        self.missing_for_mail.is_empty()
    }

    /// Whether nothing is missing.
    pub fn is_complete(&self) -> bool {
        self.can_calculate_tax() && self.has_complete_address()
    }
}

// proptest is for the host alone.
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::domain::country;
    use Field::{City, Country, Line1, PostalCode, State};
    use MissingPart::CityOrState;
    use proptest::prelude::*;

    fn readiness(pairs: &[(Field, &'static str)]) -> Readiness {
        Readiness::of(|field| pairs.iter().find(|(at, _)| *at == field).map(|(_, text)| *text))
    }

    #[test]
    fn tax_needs_a_country_and_a_postal_code_where_it_has_one() {
        let missing = |pairs: &[_]| readiness(pairs).missing_for_tax;
        assert_eq!(missing(&[]), [MissingPart::Field(Country)]);
        assert_eq!(missing(&[(Country, "GB")]), [MissingPart::Field(PostalCode)]);
        assert_eq!(missing(&[(Country, "GB"), (PostalCode, " \u{200B}")]), [MissingPart::Field(PostalCode)]);
        assert_eq!(missing(&[(Country, "GB"), (PostalCode, "LS1 4AP")]), []);
        assert_eq!(missing(&[(Country, "HK")]), [], "Hong Kong has no postal codes");
        assert_eq!(missing(&[(Country, "South Africa"), (PostalCode, "8001")]), [MissingPart::Field(Country)]);
    }

    #[test]
    fn tax_in_the_us_also_needs_a_city_or_a_state() {
        let zip = (PostalCode, "94105");
        assert_eq!(readiness(&[(Country, "US"), zip]).missing_for_tax, [CityOrState]);
        for part in [(City, "San Francisco"), (State, "CA")] {
            assert!(readiness(&[(Country, "US"), zip, part]).can_calculate_tax());
            let without_zip = readiness(&[(Country, "US"), part]).missing_for_tax;
            assert_eq!(without_zip, [MissingPart::Field(PostalCode)], "a state alone is not enough");
        }
    }

    #[test]
    fn mail_needs_what_the_country_needs() {
        let missing = |pairs: &[_]| readiness(pairs).missing_for_mail;
        assert_eq!(missing(&[]), [Country, Line1, City]);
        assert_eq!(missing(&[(Country, "US"), (City, "Cupertino")]), [Line1, State, PostalCode]);
        assert_eq!(missing(&[(Country, "ZA")]), [Line1, City, PostalCode], "a province is optional");
        assert_eq!(missing(&[(Country, "SG"), (Line1, "10 Eunos Road 8"), (PostalCode, "408600")]), []);
        assert!(readiness(&[(Country, "AG"), (Line1, "1 Redcliffe Street")]).is_complete());
    }

    proptest! {
        #[test]
        fn adding_a_part_never_makes_an_account_less_ready(
            country in prop::sample::select(country::all().map(|country| country.code()).chain([""]).collect::<Vec<_>>()),
            filled in any::<[bool; Field::COUNT]>(),
            added in prop::sample::select(Field::ALL.to_vec()),
        ) {
            let value = |filled: [bool; Field::COUNT]| {
                move |field: Field| match field {
                    Field::Country => Some(country).filter(|_| filled[field as usize]),
                    _ => Some("x").filter(|_| filled[field as usize]),
                }
            };
            let before = Readiness::of(value(filled));
            let mut more = filled;
            more[added as usize] = true;
            let after = Readiness::of(value(more));
            prop_assert!(!before.can_calculate_tax() || after.can_calculate_tax());
            prop_assert!(!before.has_complete_address() || after.has_complete_address());
            if added != Field::Country {
                prop_assert!(after.missing_for_tax.iter().all(|part| before.missing_for_tax.contains(part)));
                prop_assert!(after.missing_for_mail.iter().all(|part| before.missing_for_mail.contains(part)));
            }
        }
    }
}

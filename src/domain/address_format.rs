//! The address format of each country: the parts that it uses, their order, and their names. It decides labels, order and
//! hints; only the API rejects an address.
//!
//! `address_formats.tsv` is reduced from the region data of Google's libaddressinput, licensed CC BY 4.0. Its columns: country;
//! the parts in the order in which they are written (A street lines, D district, C city, S state, Z postal code); the
//! parts that mail needs; what state, postal code and city are called; an example of a postal code; how the address is
//! printed, in the country's script and in Latin letters if that differs; the parts that are printed in capitals. The text
//! is small (2.2 KB of brotli), so there is no cleverer encoding.
//! `tools/address_data.py` writes it.

use crate::domain::Field;

const FORMATS: &str = include_str!("address_formats.tsv");

/// A country's way to write an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AddressFormat {
    pub(super) country: &'static str,
    order: &'static str,
    needed: &'static str,
    /// The country's names for these parts; empty for the default name.
    state: &'static str,
    postal: &'static str,
    city: &'static str,
    example: &'static str,
    /// Lines with `%n` between them, as in libaddressinput: `%N%n%A%n%C, %S %Z`. `%N` is the name.
    pub(super) layout: &'static str,
    /// The layout of an address in Latin letters; empty when it is the same.
    pub(super) latin_layout: &'static str,
    /// The parts that are printed in capitals, as letters.
    pub(super) capitals: &'static str,
}

impl AddressFormat {
    /// Of a country that is not in the list, or not chosen yet: everything is used and nothing is needed.
    pub const DEFAULT: Self = Self {
        country: "",
        order: "ACSZ",
        needed: "",
        state: "",
        postal: "",
        city: "",
        example: "",
        layout: "%N%n%A%n%C, %S %Z",
        latin_layout: "",
        capitals: "",
    };

    /// Of the country with that code.
    pub fn of(country: &str) -> Self {
        // Only the country's own line is read: the form looks it up at keystrokes.
        let is_own = |line: &&str| line.strip_prefix(country).is_some_and(|rest| rest.starts_with('\t'));
        FORMATS.lines().find(is_own).and_then(Self::read).unwrap_or(Self::DEFAULT)
    }

    fn read(line: &'static str) -> Option<Self> {
        let mut columns = line.split('\t').map(|text| if text == "-" { "" } else { text });
        let country = columns.next()?;
        Some(Self {
            country,
            order: columns.next()?,
            needed: columns.next()?,
            state: state(columns.next()?),
            postal: postal(columns.next()?, country),
            city: city(columns.next()?),
            example: columns.next()?,
            layout: columns.next()?,
            latin_layout: columns.next()?,
            capitals: columns.next()?,
        })
    }

    /// Every part of the address but the country, in the order in which the country writes them; what it does not use
    /// comes last.
    pub fn parts(self) -> Vec<Field> {
        let mut parts: Vec<Field> = self.order.chars().flat_map(fields_of).copied().collect();
        for field in Field::ALL {
            if field.is_address() && field != Field::Country && !parts.contains(&field) {
                parts.push(field);
            }
        }
        parts
    }

    /// Whether the country uses a part.
    pub fn uses(self, field: Field) -> bool {
        self.order.chars().any(|letter| fields_of(letter).contains(&field))
    }

    /// Whether the form shows a part from the start. South Africa's addresses are written with and without the province.
    pub fn shows(self, field: Field) -> bool {
        self.uses(field) || (self.country == "ZA" && field == Field::State)
    }

    /// Whether mail needs a part there.
    pub fn requires(self, field: Field) -> bool {
        field != Field::Line2 && self.needed.chars().any(|letter| fields_of(letter).contains(&field))
    }

    /// The name of a part in the country.
    pub fn label(self, field: Field) -> &'static str {
        let own = match field {
            Field::State => self.state,
            Field::PostalCode => self.postal,
            Field::City => self.city,
            _ => "",
        };
        if own.is_empty() { field.label() } else { own }
    }

    /// An example of a postal code.
    pub fn postal_example(self) -> Option<&'static str> {
        (!self.example.is_empty()).then_some(self.example)
    }
}

fn state(kind: &str) -> &'static str {
    match kind {
        "state" => "State",
        "province" => "Province",
        "island" => "Island",
        "department" => "Department",
        "parish" => "Parish",
        "oblast" => "Oblast",
        "county" => "County",
        "prefecture" => "Prefecture",
        "emirate" => "Emirate",
        "do_si" => "Province or city",
        "district" => "District",
        "area" => "Area",
        _ => "",
    }
}

fn postal(kind: &str, country: &str) -> &'static str {
    match (kind, country) {
        ("zip", _) => "ZIP code",
        ("pin", _) => "PIN code",
        ("eircode", _) => "Eircode",
        // The data does not tell the English-speaking countries' own word apart.
        (_, "AU" | "GB" | "GG" | "IM" | "JE" | "NZ") => "Postcode",
        _ => "",
    }
}

fn city(kind: &str) -> &'static str {
    match kind {
        "suburb" => "Suburb",
        "district" => "District",
        "post_town" => "Town or city",
        _ => "",
    }
}

const fn fields_of(letter: char) -> &'static [Field] {
    match letter {
        'A' => &[Field::Line1, Field::Line2],
        'C' => &[Field::City],
        'S' => &[Field::State],
        'Z' => &[Field::PostalCode],
        // A district is written into the street lines: the API has no field for it.
        _ => &[],
    }
}

/// The lines of a postal address in its country's format, without the country's name. Parts that the country does not use
/// come last, so that no stored value is hidden.
pub fn postal_lines<'a>(part: impl Fn(Field) -> Option<&'a str>) -> Vec<String> {
    let format = AddressFormat::of(part(Field::Country).unwrap_or_default());
    let mut lines: Vec<String> = Vec::new();
    // The part that was written last, while its line is still open.
    let mut last = None;
    for field in format.parts() {
        let Some(text) = part(field).filter(|text| !text.trim().is_empty()) else { continue };
        // A code behind a city stands below it; behind a state, or before a city, beside it.
        let separator = match (last, field) {
            _ if !format.uses(field) => None,
            (None | Some(Field::Line1 | Field::Line2), _) | (_, Field::Line1 | Field::Line2) => None,
            (Some(Field::City), Field::PostalCode) => None,
            (Some(Field::City), Field::State) => Some(", "),
            _ => Some(" "),
        };
        match (separator, lines.last_mut()) {
            (Some(separator), Some(line)) => {
                line.push_str(separator);
                line.push_str(text);
            }
            _ => lines.push(text.to_owned()),
        }
        last = Some(field);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use Field::{City, Country, Line1, Line2, PostalCode, State};

    fn written(pairs: &[(Field, &'static str)]) -> String {
        postal_lines(|field| pairs.iter().find(|(at, _)| *at == field).map(|(_, text)| *text)).join("|")
    }

    #[test]
    fn addresses_are_written_as_in_their_country() {
        let us = [
            (Country, "US"),
            (Line1, "123 Main Street"),
            (Line2, "Suite 456"),
            (City, "San Francisco"),
            (State, "CA"),
            (PostalCode, "94105"),
        ];
        assert_eq!(written(&us), "123 Main Street|Suite 456|San Francisco, CA 94105");
        let de = [(Country, "DE"), (Line1, "Müllerstraße 5"), (City, "Berlin"), (PostalCode, "13353")];
        assert_eq!(written(&de), "Müllerstraße 5|13353 Berlin");
        let gb = [(Country, "GB"), (Line1, "1 High Street"), (City, "London"), (PostalCode, "SW1A 1AA")];
        assert_eq!(written(&gb), "1 High Street|London|SW1A 1AA");
        let jp = [(Country, "JP"), (Line1, "1-1 Chiyoda"), (State, "Tokyo"), (PostalCode, "100-8111")];
        assert_eq!(written(&jp), "100-8111 Tokyo|1-1 Chiyoda");
    }

    #[test]
    fn what_a_country_does_not_use_is_still_written() {
        assert_eq!(written(&[(Country, "AE"), (City, "Dubai"), (PostalCode, "00000")]), "Dubai|00000");
        assert_eq!(written(&[(City, "Nowhere")]), "Nowhere");
        assert_eq!(written(&[(Country, "DE"), (City, "  ")]), "");
    }

    #[test]
    fn parts_are_called_and_ordered_as_in_their_country() {
        let labels = |country| {
            let format = AddressFormat::of(country);
            format
                .parts()
                .into_iter()
                .filter(|&part| format.uses(part))
                .map(|part| format.label(part))
                .collect::<Vec<_>>()
        };
        let lines = ["Address line 1", "Address line 2"];
        assert_eq!(labels("US"), [&lines[..], &["City", "State", "ZIP code"]].concat());
        assert_eq!(labels("GB"), [&lines[..], &["Town or city", "Postcode"]].concat());
        assert_eq!(labels("IE"), [&lines[..], &["City", "County", "Eircode"]].concat());
        assert_eq!(labels("IN"), [&lines[..], &["City", "PIN code", "State"]].concat());
        assert_eq!(labels("AU"), [&lines[..], &["Suburb", "State", "Postcode"]].concat());
        assert_eq!(labels("DE"), [&lines[..], &["Postal code", "City"]].concat());
        assert_eq!(labels("AE"), [&lines[..], &["Emirate"]].concat());
        assert_eq!(labels("JP"), [&["Postal code", "Prefecture"], &lines[..]].concat());
        assert_eq!(labels(""), [&lines[..], &["City", "State or province", "Postal code"]].concat());
        assert_eq!(AddressFormat::of("US").postal_example(), Some("95014"));
        assert!(AddressFormat::of("DE").requires(City) && !AddressFormat::of("DE").requires(Line2));
        assert!(!AddressFormat::of("").requires(Line1), "nothing is needed before a country is chosen");
    }

    #[test]
    fn every_region_has_and_writes_every_part_once() {
        let regions: Vec<_> = FORMATS.lines().map(|line| AddressFormat::read(line).unwrap()).collect();
        assert_eq!(regions.len(), 252);
        let without = |field| regions.iter().filter(|region| !region.uses(field)).count();
        assert_eq!([without(PostalCode), without(State), without(City), without(Line1)], [69, 177, 7, 0]);
        for region in regions {
            assert_eq!(AddressFormat::of(region.country), region);
            let mut parts = region.parts();
            parts.sort();
            assert_eq!(parts, [Line1, Line2, City, State, PostalCode], "{}", region.country);
            let text =
                postal_lines(|field| Some(if field == Country { region.country } else { field.key() })).join("|");
            for field in parts {
                assert_eq!(text.matches(field.key()).count(), 1, "{}: {text}", region.country);
                let label = region.label(field);
                assert!(!label.is_empty() && !label.contains('_'), "{}: {label}", region.country);
                assert!(region.uses(field) || !region.requires(field), "{} needs {label}", region.country);
            }
        }
    }
}

//! How each country writes an address.
//!
//! `address_orders.tsv` is reduced from the region data of Google's libaddressinput, licensed CC BY 4.0: a country, a
//! tab, and its parts in the order in which they are written: A street lines, D district, C city, S state, Z postal
//! code.

use super::Field;

const ORDERS: &str = include_str!("address_orders.tsv");

/// The order of a country that is not in the list.
const USUAL: &str = "ACSZ";

/// The order in which a country writes the parts of an address.
fn order(country: &str) -> &'static str {
    let of = |line: &'static str| line.split_once('\t').filter(|(code, _)| *code == country);
    ORDERS.lines().find_map(of).map_or(USUAL, |(_, order)| order)
}

/// An address as it is written on an envelope in its country, line by line, without the country's name. What the
/// country does not use and yet is there comes last: nothing stored is hidden.
pub fn envelope<'a>(part: impl Fn(Field) -> Option<&'a str>) -> Vec<String> {
    let text = |field| part(field).filter(|text| !text.trim().is_empty());
    let order = order(part(Field::Country).unwrap_or_default());
    let mut lines: Vec<String> = Vec::new();
    // The part of the locality that was written last, while its line is still open.
    let mut last = None;
    for letter in order.chars() {
        let field = match letter {
            'A' => {
                lines.extend([Field::Line1, Field::Line2].into_iter().filter_map(text).map(str::to_owned));
                last = None;
                continue;
            }
            'C' => Field::City,
            'S' => Field::State,
            'Z' => Field::PostalCode,
            _ => continue,
        };
        let Some(text) = text(field) else { continue };
        // A code behind a city stands below it; behind a state, or before a city, beside it.
        let separator = match (last, field) {
            (None, _) | (Some(Field::City), Field::PostalCode) => None,
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
    for (letter, field) in [('C', Field::City), ('S', Field::State), ('Z', Field::PostalCode)] {
        if !order.contains(letter) {
            lines.extend(text(field).map(str::to_owned));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(pairs: &[(Field, &'static str)]) -> String {
        envelope(|field| pairs.iter().find(|(at, _)| *at == field).map(|(_, text)| *text)).join("|")
    }

    #[test]
    fn addresses_are_written_as_in_their_country() {
        use Field::{City, Country, Line1, Line2, PostalCode, State};
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
        use Field::{City, Country, PostalCode};
        assert_eq!(written(&[(Country, "AE"), (City, "Dubai"), (PostalCode, "00000")]), "Dubai|00000");
        assert_eq!(written(&[(City, "Nowhere")]), "Nowhere");
        assert_eq!(written(&[(Country, "DE"), (City, "  ")]), "");
    }

    #[test]
    fn every_part_of_every_region_is_written_once() {
        for line in ORDERS.lines() {
            let country = line.split_once('\t').unwrap().0;
            let text = envelope(|field| Some(if field == Field::Country { country } else { field.key() })).join("|");
            for field in [Field::Line1, Field::Line2, Field::City, Field::State, Field::PostalCode] {
                assert_eq!(text.matches(field.key()).count(), 1, "{country}: {text}");
            }
        }
        assert_eq!(ORDERS.lines().count(), 251);
    }
}

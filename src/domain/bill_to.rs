//! An account's name and address as they are printed on an invoice in its country.
//!
//! The layouts are those of libaddressinput (`address_formats.tsv`), the country in capitals on the last line is the
//! convention of the Universal Postal Union. Invariant: every part of the address is printed, used by the country or not.

use crate::domain::Field;
use crate::domain::address_format::AddressFormat;
use crate::domain::address_layout::{Token, is_latin, layout_of, print_row, tokens};
use crate::domain::address_rules::postal_code_core;
use crate::domain::text::trim;

/// The kind of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// The account's name.
    Name,
    /// A part of the address.
    Address,
    /// The country's name.
    Country,
}

/// A line of "Bill to".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillToLine {
    /// Name, address or country.
    pub kind: LineKind,
    /// Its text.
    pub text: String,
}

/// The lines of name and address. `country_name` is the country's name, if it is to be printed. `uppercase` makes capitals,
/// as the browser does. A name in `value` is printed where the country prints it, and never in capitals.
pub fn bill_to<'a>(
    value: impl Fn(Field) -> Option<&'a str>,
    country_name: Option<&str>,
    uppercase: fn(&str) -> String,
) -> Vec<BillToLine> {
    let value = |field| value(field).map(trim).filter(|text| !text.is_empty());
    let format = AddressFormat::of(value(Field::Country).unwrap_or_default());
    let is_latin = [Field::Line1, Field::Line2, Field::City, Field::State].into_iter().filter_map(value).all(is_latin);
    let layout = layout_of(format, is_latin);
    let printed = |part: char| -> Vec<String> {
        let texts = fields_of(part).iter().copied().filter_map(value);
        let is_in_capitals = format.capitals.contains(part);
        texts.map(|text| if is_in_capitals { uppercase(text) } else { text.to_owned() }).collect()
    };
    // A code that was typed with its prefix ("SE-114 55") gets no second one.
    let has_prefix = value(Field::PostalCode).is_some_and(|code| postal_code_core(format.country, code) != code);
    let print_row = |row: &str| -> Vec<String> {
        let texts = match row {
            "%N" => printed('N'),
            "%A" => printed('A'),
            _ => vec![print_row(row, has_prefix, &printed)],
        };
        texts.iter().flat_map(|text| text.lines()).filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
    };
    let rows: Vec<_> = layout.split("%n").map(|row| (row, print_row(row))).collect();
    // A part that the layout does not have, unless the layout prints it already: "SINGAPORE 408600".
    let unused = |part: char| {
        let is_printed = |text: &String| {
            let is_literal =
                |token: Token| matches!(token, Token::Text(literal) if literal.trim().eq_ignore_ascii_case(text));
            rows.iter().any(|(row, lines)| !lines.is_empty() && tokens(row).into_iter().any(is_literal))
        };
        let texts = if layout.contains(&format!("%{part}")) { Vec::new() } else { printed(part) };
        texts.into_iter().filter(move |text| !is_printed(text)).collect::<Vec<_>>()
    };
    let mut lines = Vec::new();
    let mut push = |kind, texts: Vec<String>| lines.extend(texts.into_iter().map(|text| BillToLine { kind, text }));
    let last_row = rows.iter().rposition(|(row, _)| *row != "%N");
    for (at, (row, texts)) in rows.iter().enumerate() {
        push(if *row == "%N" { LineKind::Name } else { LineKind::Address }, texts.clone());
        // The city below the street, the state below the city, the postal code at the end of the address.
        if row.contains("%A") {
            push(LineKind::Address, unused('C'));
        }
        if row.contains(if layout.contains("%C") { "%C" } else { "%A" }) {
            push(LineKind::Address, unused('S'));
        }
        if Some(at) == last_row {
            push(LineKind::Address, unused('Z'));
        }
    }
    if let Some(name) = country_name.map(trim).filter(|name| !name.is_empty()) {
        lines.push(BillToLine { kind: LineKind::Country, text: uppercase(name) });
    }
    lines
}

/// Lines as one text, for the clipboard.
pub fn to_text(lines: &[BillToLine]) -> String {
    lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n")
}

const fn fields_of(part: char) -> &'static [Field] {
    match part {
        'N' => &[Field::Name],
        'A' => &[Field::Line1, Field::Line2],
        'C' => &[Field::City],
        'S' => &[Field::State],
        'Z' => &[Field::PostalCode],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::country;
    use Field::{City, Country, Line1, Line2, Name, PostalCode, State};

    /// Addresses that the Universal Postal Union or the country's postal service prints as examples: a comment with the
    /// source, the fields, the lines that are printed.
    const EXAMPLES: &str = include_str!("testdata/bill_to.txt");

    struct Example {
        values: Vec<(Field, String)>,
        country_name: String,
        lines: Vec<String>,
    }

    fn examples() -> Vec<Example> {
        let read = |block: &'static str| {
            let mut rows = block.lines();
            assert!(rows.next().is_some_and(|source| source.starts_with("# ")), "{block} has no source");
            let values = rows.next().unwrap_or_default().split("; ").map(|pair| {
                let (key, value) = pair.split_once('=').unwrap();
                let keys = [Name, Country, Line1, Line2, City, State, PostalCode];
                let field = keys.into_iter().find(|field| field.key().trim_start_matches("address.") == key);
                (field.unwrap(), value.to_owned())
            });
            let values: Vec<_> = values.collect();
            let lines: Vec<_> = rows.map(str::to_owned).collect();
            Example { values, country_name: lines.last().cloned().unwrap_or_default(), lines }
        };
        EXAMPLES.trim().split("\n\n").map(read).collect()
    }

    fn printed(pairs: &[(Field, &str)]) -> String {
        to_text(&bill_to(
            |field| pairs.iter().find(|(at, _)| *at == field).map(|(_, text)| *text),
            None,
            |text| text.to_uppercase(),
        ))
        .replace('\n', "|")
    }

    #[test]
    fn addresses_are_printed_like_the_postal_services_examples() {
        let mut countries = Vec::new();
        for example in examples() {
            let value = |field| example.values.iter().find(|(at, _)| *at == field).map(|(_, text)| text.as_str());
            let lines = bill_to(value, Some(&example.country_name), |text| text.to_uppercase());
            assert_eq!(to_text(&lines), example.lines.join("\n"));
            countries.push(value(Country).unwrap_or_default().to_owned());
        }
        assert_eq!(
            ["JP", "KR", "TW", "CN"].map(|code| countries.iter().filter(|other| *other == code).count()),
            [2; 4]
        );
        countries.sort();
        countries.dedup();
        assert!(countries.len() >= 20, "{} countries", countries.len());
    }

    #[test]
    fn the_name_is_never_in_capitals_and_the_country_always() {
        let value = |field| match field {
            Name => Some("Café Ltd"),
            Country => Some("CA"),
            Line1 => Some("1 Rue du Trésor"),
            _ => None,
        };
        let lines = bill_to(value, Some("Canada"), |text| text.to_uppercase());
        let kinds: Vec<_> = lines.iter().map(|line| (line.kind, line.text.as_str())).collect();
        let expected =
            [(LineKind::Name, "Café Ltd"), (LineKind::Address, "1 RUE DU TRÉSOR"), (LineKind::Country, "CANADA")];
        assert_eq!(kinds, expected);
    }

    #[test]
    fn what_stands_beside_an_empty_part_is_left_out() {
        for (pairs, expected) in [
            (&[(Country, "US"), (City, "Los Angeles"), (PostalCode, "90291")][..], "LOS ANGELES 90291"),
            (&[(Country, "US"), (State, "CA"), (PostalCode, "90291")], "CA 90291"),
            (&[(Country, "US"), (City, "Los Angeles"), (State, "CA")], "LOS ANGELES, CA"),
            (&[(Country, "JP"), (State, "東京都")], "東京都"),
            (&[(Country, "CH"), (City, "Zürich")], "Zürich"),
            (&[(Country, "SV"), (City, "Ahuachapán"), (State, "Ahuachapán")], "AHUACHAPÁN|AHUACHAPÁN"),
            (&[(Country, "DE"), (City, "  ")], ""),
            (&[(City, "Nowhere"), (State, "XX")], "Nowhere, XX"),
        ] {
            assert_eq!(printed(pairs), expected);
        }
    }

    #[test]
    fn a_postal_code_with_its_prefix_gets_no_second_one() {
        for (country, code, expected) in [
            ("SE", "114 55", "SE-114 55 Stockholm"),
            ("SE", "SE-114 55", "SE-114 55 Stockholm"),
            ("SE", "se-114 55", "se-114 55 Stockholm"),
            ("FO", "100", "FO100 Stockholm"),
        ] {
            assert_eq!(printed(&[(Country, country), (City, "Stockholm"), (PostalCode, code)]), expected);
        }
        assert_eq!(printed(&[(Country, "JP"), (Line1, "銀座"), (PostalCode, "〒104-0061")]), "〒104-0061|銀座");
        let singapore = [(Country, "SG"), (City, "Singapore"), (PostalCode, "408600")];
        assert_eq!(printed(&singapore), "SINGAPORE 408600");
    }

    #[test]
    fn parts_that_the_country_does_not_use_are_printed_too() {
        for (pairs, expected) in [
            (
                &[
                    (Country, "GB"),
                    (Line1, "1 High Street"),
                    (City, "Leeds"),
                    (State, "West Yorkshire"),
                    (PostalCode, "LS1"),
                ][..],
                "1 High Street|LEEDS|West Yorkshire|LS1",
            ),
            (&[(Country, "AE"), (Line1, "Box 1"), (City, "Dubai"), (PostalCode, "00000")], "Box 1|Dubai|00000"),
            (&[(Country, "HK"), (Line1, "中環"), (Name, "公司"), (PostalCode, "999077")], "中環|999077|公司"),
        ] {
            assert_eq!(printed(pairs), expected);
        }
    }

    #[test]
    fn every_part_is_printed_once_in_every_country_and_script() {
        let fields = [Name, Line1, Line2, City, State, PostalCode];
        for country in country::all().map(|country| country.code()).chain(["", "XK", "??"]) {
            for texts in [["Aa", "Bb", "Cc", "Dd", "Ee", "11"], ["Aa", "住所", "号室", "市区", "都道", "11"]] {
                let value = |field| match field {
                    Country => Some(country),
                    _ => fields.iter().zip(texts).find(|(at, _)| **at == field).map(|(_, text)| text),
                };
                let text = to_text(&bill_to(value, None, |text| text.to_owned()));
                for part in texts {
                    assert_eq!(text.matches(part).count(), 1, "{country}: {text}");
                }
            }
        }
    }
}

//! Distributes an address of several lines, pasted into one field, over the fields of the address.
//!
//! Invariant: every pasted character but separators ends up in exactly one field. A line that cannot be assigned goes to
//! line 2.

use crate::domain::Field;
use crate::domain::address_format::AddressFormat;
use crate::domain::address_layout::{is_latin, layout_of};
use crate::domain::address_reader::{AddressReader, trim_separators};

pub use crate::domain::address_reader::{AddressLookup, PastedAddress};

/// Distributes pasted lines over the fields; `country` is the code that is chosen, or empty. `None` for a single line, which
/// is not changed.
pub fn distribute(pasted: &str, country: &str, lookup: &AddressLookup) -> Option<PastedAddress> {
    let lines = pasted.split(['\n', '\r', '\u{b}', '\u{85}', '\u{2028}', '\u{2029}']).map(trim_separators);
    let mut lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    if lines.len() < 2 {
        return None;
    }
    let mut address = PastedAddress::default();
    let mut country = country.to_owned();
    // "Georgia" below an address in the United States is the state.
    let last = lines.last().copied().filter(|last| country.is_empty() || !(lookup.is_state)(&country, last));
    if let Some((line, code)) = last.and_then(|line| Some((line, (lookup.find_country)(line)?))) {
        lines.pop();
        address.country_line = Some(line.to_owned());
        address.add(Field::Country, &code);
        country = code;
    }
    let layout = layout_of(AddressFormat::of(&country), lines.iter().all(|line| is_latin(line)));
    let reader = AddressReader { country: &country, layout, lookup };
    reader.read(lines, &mut address);
    Some(address)
}

// proptest is for the host alone.
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::domain::address_reader::is_separator;
    use crate::domain::address_rules::AddressRules;
    use crate::domain::address_rules::tests::TABLE;
    use Field::{City, Country, Line1, Line2, PostalCode, State};
    use proptest::prelude::*;

    /// Stands in for the browser's `RegExp`: a digit for a digit and a letter for a letter, like one of the shapes.
    fn is_postal_code(country: &str, text: &str) -> bool {
        let shapes: &[&str] = match country {
            "US" => &["00000", "00000-0000"],
            "GB" => &["AA0 0AA", "AA0A 0AA"],
            "DE" | "MY" | "KR" | "MX" | "IT" => &["00000"],
            "ZA" | "AU" | "HU" => &["0000"],
            "CA" => &["A0A 0A0"],
            "NL" => &["0000 AA"],
            "SE" => &["000 00"],
            "SG" | "IN" | "ID" => &["000000"],
            "JP" => &["000-0000"],
            "TW" => &["000000", "000"],
            "IE" => &["A00 A0A0"],
            "BR" => &["00000-000"],
            _ => &[],
        };
        let shape = |letter: char| match letter {
            '0'..='9' => '0',
            'A'..='Z' | 'a'..='z' => 'A',
            other => other,
        };
        shapes.contains(&text.chars().map(shape).collect::<String>().as_str())
    }

    fn is_state(country: &str, text: &str) -> bool {
        AddressRules::find(TABLE, country).and_then(|rules| rules.has_state(text, str::to_lowercase)) == Some(true)
    }

    fn find_country(text: &str) -> Option<String> {
        let names = [("UK", "GB"), ("United Kingdom", "GB"), ("South Africa", "ZA"), ("USA", "US"), ("Georgia", "GE")];
        names.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)).map(|(_, code)| (*code).to_owned())
    }

    fn paste(text: &str, country: &str) -> Option<PastedAddress> {
        let lookup =
            AddressLookup { find_country: &find_country, is_postal_code: &is_postal_code, is_state: &is_state };
        distribute(text, country, &lookup)
    }

    #[test]
    fn lines_are_distributed_as_the_country_writes_them() {
        for (country, text, expected) in [
            (
                "US",
                "123 Main Street\nSuite 456\nSan Francisco, CA 94105\nUSA",
                &[
                    (Country, "US"),
                    (Line1, "123 Main Street"),
                    (Line2, "Suite 456"),
                    (City, "San Francisco"),
                    (State, "CA"),
                    (PostalCode, "94105"),
                ][..],
            ),
            (
                "",
                "12 High Street\r\nLeeds\r\nLS1 4AP\r\nUnited Kingdom\r\n",
                &[(Country, "GB"), (Line1, "12 High Street"), (City, "Leeds"), (PostalCode, "LS1 4AP")],
            ),
            ("GB", "The Mall,\nLondon SW1A 1AA", &[(Line1, "The Mall"), (City, "London"), (PostalCode, "SW1A 1AA")]),
            (
                "DE",
                "Müllerstraße 5\n13353 Berlin",
                &[(Line1, "Müllerstraße 5"), (City, "Berlin"), (PostalCode, "13353")],
            ),
            (
                "ZA",
                "12 Long Street\nCape Town\nWestern Cape\n8001",
                &[(Line1, "12 Long Street"), (City, "Cape Town"), (State, "Western Cape"), (PostalCode, "8001")],
            ),
            (
                "",
                "497 Jacob Mare Street\nPretoria\n0001\nSouth Africa",
                &[(Country, "ZA"), (Line1, "497 Jacob Mare Street"), (City, "Pretoria"), (PostalCode, "0001")],
            ),
            (
                "AU",
                "200 Broadway Av\nWEST BEACH SA 5024",
                &[(Line1, "200 Broadway Av"), (City, "WEST BEACH"), (State, "SA"), (PostalCode, "5024")],
            ),
            (
                "CA",
                "10-123 Main Street NW\nMontreal QC H3Z 2Y7",
                &[(Line1, "10-123 Main Street NW"), (City, "Montreal"), (State, "QC"), (PostalCode, "H3Z 2Y7")],
            ),
            (
                "MY",
                "75 Kg Sg Ramal Luar\n43000 Kajang\nSelangor",
                &[(Line1, "75 Kg Sg Ramal Luar"), (City, "Kajang"), (State, "Selangor"), (PostalCode, "43000")],
            ),
            (
                "IN",
                "Flat 100\nPitam Pura\nNew Delhi 110034",
                &[(Line1, "Flat 100"), (Line2, "Pitam Pura"), (City, "New Delhi"), (PostalCode, "110034")],
            ),
            (
                "IT",
                "Viale Europa 22\n00144 Roma RM",
                &[(Line1, "Viale Europa 22"), (City, "Roma"), (State, "RM"), (PostalCode, "00144")],
            ),
            (
                "NL",
                "Beatrixlaan 23\n2595 AK Den Haag",
                &[(Line1, "Beatrixlaan 23"), (City, "Den Haag"), (PostalCode, "2595 AK")],
            ),
            (
                "SE",
                "Storgatan 1\nSE-412 84 Göteborg",
                &[(Line1, "Storgatan 1"), (City, "Göteborg"), (PostalCode, "SE-412 84")],
            ),
            (
                "IE",
                "GPO\nO'Connell Street Lower\nDublin 1\nD01 F5P2",
                &[(Line1, "GPO"), (Line2, "O'Connell Street Lower"), (City, "Dublin 1"), (PostalCode, "D01 F5P2")],
            ),
            (
                "SG",
                "10 Eunos Road 8\n#05-33 Post Centre\nSingapore 408600",
                &[
                    (Line1, "10 Eunos Road 8"),
                    (Line2, "#05-33 Post Centre"),
                    (City, "Singapore"),
                    (PostalCode, "408600"),
                ],
            ),
            ("AE", "Office 1\nDubai", &[(Line1, "Office 1"), (State, "Dubai")]),
            ("HK", "150 Kennedy Road\nWan Chai", &[(Line1, "150 Kennedy Road"), (City, "Wan Chai")]),
            (
                "JP",
                "4-3-2, Hakusan\nBunkyo-ku, TOKYO\n112-0001",
                &[(Line1, "4-3-2, Hakusan"), (City, "Bunkyo-ku"), (State, "TOKYO"), (PostalCode, "112-0001")],
            ),
            (
                "JP",
                "〒104-0061\n東京都中央区\n銀座5-2-1",
                &[(Line1, "中央区"), (Line2, "銀座5-2-1"), (State, "東京都"), (PostalCode, "104-0061")],
            ),
            (
                "KR",
                "서울특별시 강남구 테헤란로 123\n06133",
                &[(Line1, "테헤란로 123"), (City, "강남구"), (State, "서울특별시"), (PostalCode, "06133")],
            ),
            (
                "HU",
                "Fehérvári út 1\n1119 Budapest",
                &[(Line1, "Fehérvári út 1"), (City, "Budapest"), (PostalCode, "1119")],
            ),
            (
                "HU",
                "Budapest\nFehérvári út 1\n1119",
                &[(Line1, "Fehérvári út 1"), (City, "Budapest"), (PostalCode, "1119")],
            ),
            (
                "TW",
                "106409 臺北市大安區金山南路2段55號\n中華郵政",
                &[(Line1, "臺北市大安區金山南路2段55號"), (Line2, "中華郵政"), (PostalCode, "106409")],
            ),
        ] {
            let address = paste(text, country).unwrap();
            let mut parts: Vec<_> = address.parts.iter().map(|(field, text)| (*field, text.as_str())).collect();
            parts.sort();
            assert_eq!(parts, expected, "{country}: {text}");
        }
    }

    #[test]
    fn a_single_line_stays_as_it_is() {
        for text in ["", "\n", "12 High Street", "12 High Street, Leeds, LS1 4AP\n", "\n 12 High Street\n,\n"] {
            assert_eq!(paste(text, "GB"), None, "{text:?}");
        }
    }

    #[test]
    fn a_state_may_have_the_name_of_another_country() {
        let text = "1 Peachtree Street\nAtlanta\nGeorgia";
        let chosen = paste(text, "US").unwrap();
        assert_eq!(
            (chosen.get(State), chosen.get(City), chosen.get(Country)),
            (Some("Georgia"), Some("Atlanta"), None)
        );
        assert_eq!(paste(text, "").unwrap().get(Country), Some("GE"));
    }

    #[test]
    fn lines_that_cannot_be_assigned_go_to_line_2() {
        let address = paste("Acme Ltd\nUnit 4\nDock Road\nLeeds\nLS1 4AP\nnear the canal", "GB").unwrap();
        assert_eq!(address.get(Line1), Some("Acme Ltd"));
        assert_eq!(address.get(Line2), Some("Unit 4, Dock Road, near the canal"));
    }

    proptest! {
        #[test]
        fn every_character_ends_up_in_exactly_one_field(
            lines in prop::collection::vec(
                prop::collection::vec(
                    prop::sample::select(vec![
                        "12", "High Street", "Leeds", "LS1 4AP", "UK", "Georgia", "CA", "94105", "San Francisco,", "8001", "RM",
                        "Western Cape", "〒104-0061", "東京都中央区", "銀座5-2-1", "서울특별시", "강남구", "SE-412 84", "Dubai",
                        "Singapore", "112-0001", ",", ";", "  ", "Å\u{301}", "USA", "臺北市", "SE-", "-",
                    ]),
                    0..5,
                ),
                0..8,
            ),
            country in prop::sample::select(vec![
                "", "US", "GB", "DE", "ZA", "AU", "CA", "MY", "IN", "IT", "NL", "SE", "IE", "SG", "AE", "HK", "JP", "KR", "TW",
                "CN", "IR", "KZ", "MO", "CI", "GN", "HU", "ID", "BR", "AG",
            ]),
        ) {
            let text = lines.iter().map(|words| words.join(" ")).collect::<Vec<_>>().join("\n");
            let letters = |text: &str| {
                let mut letters: Vec<char> = text.chars().filter(|&letter| !is_separator(letter)).collect();
                letters.sort_unstable();
                letters
            };
            if let Some(address) = paste(&text, country) {
                let parts = address.parts.iter().filter(|(field, _)| *field != Country).map(|(_, text)| text.as_str());
                let all: String = parts.chain(address.country_line.as_deref()).collect();
                prop_assert_eq!(letters(&all), letters(&text));
                prop_assert_eq!(address.get(Country).is_some(), address.country_line.is_some());
                let mut fields: Vec<_> = address.parts.iter().map(|(field, _)| *field).collect();
                fields.sort();
                fields.dedup();
                prop_assert_eq!(fields.len(), address.parts.len(), "a field is filled once");
            }
        }
    }
}

//! Patterns of postal codes and lists of states, by country: for warnings, never a reason to refuse.
//!
//! `address_rules.tsv` is reduced from the region data of Google's libaddressinput, licensed CC BY 4.0, by
//! `tools/address_data.py`. Columns: country; the pattern of a postal code, a regular expression that the browser's `RegExp`
//! understands; the states with `~` between two, each with its names and codes with `:` between them, first the one that
//! is printed on mail. It is 14 KB of brotli, so the app loads it when a country is chosen; functions here take its text.

use crate::domain::address_format::AddressFormat;

/// Words that are part of a state's name for some people and not for others.
const GENERIC_WORDS: [&str; 14] = [
    "co",
    "county",
    "state",
    "province",
    "prefecture",
    "region",
    "oblast",
    "governorate",
    "emirate",
    "parish",
    "district",
    "of",
    "the",
    "and",
];

/// A country's row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AddressRules<'a> {
    pattern: &'a str,
    states: &'a str,
}

impl<'a> AddressRules<'a> {
    /// Finds a country's row in the text of the table; `None` when the country has neither postal codes nor states.
    pub fn find(table: &'a str, country: &str) -> Option<Self> {
        let row = table.lines().find(|row| row.split('\t').next() == Some(country))?;
        let mut columns = row.split('\t').map(|text| if text == "-" { "" } else { text }).skip(1);
        Some(Self { pattern: columns.next()?, states: columns.next()? })
    }

    /// A regular expression for a whole postal code. Test it with the flag `i`, on what [`postal_code_core`] returns.
    pub fn postal_pattern(self) -> Option<String> {
        (!self.pattern.is_empty()).then(|| format!("^(?:{})$", self.pattern))
    }

    /// The country's states as they are printed on mail. Empty when the data has no list.
    pub fn states(self) -> impl Iterator<Item = &'a str> {
        self.names_of_states().filter_map(|mut names| names.next())
    }

    /// Whether a text is the name or the code of a state; `None` when the data has no list. Case, accents, punctuation and
    /// words like "County" do not count.
    pub fn has_state(self, text: &str, normalize: fn(&str) -> String) -> Option<bool> {
        if self.states.is_empty() {
            return None;
        }
        let text = state_key(text, normalize);
        Some(self.names_of_states().flatten().any(|name| state_key(name, normalize) == text))
    }

    fn names_of_states(self) -> impl Iterator<Item = std::str::Split<'a, char>> {
        self.states.split('~').filter(|names| !names.is_empty()).map(|names| names.split(':'))
    }
}

/// A state's name without what some people write and others do not.
fn state_key(text: &str, normalize: fn(&str) -> String) -> String {
    let text = normalize(text).replace('\'', "");
    let words = || text.split(|letter: char| letter.is_whitespace() || ".,&()-–".contains(letter));
    let key: String = words().filter(|word| !GENERIC_WORDS.contains(word)).collect();
    if key.is_empty() { words().collect() } else { key }
}

/// A postal code without what stands in front of it on mail from abroad: "114 55" of "SE-114 55", "100-0001" of "〒100-0001".
pub fn postal_code_core<'a>(country: &str, code: &'a str) -> &'a str {
    let code = code.trim().trim_start_matches('〒').trim_start();
    // AX-%Z, AZ %Z, HT%Z: the letters before the postal code.
    let before = AddressFormat::of(country).layout.split("%n").find_map(|line| line.split_once("%Z"));
    let prefix = before.map_or("", |(before, _)| before.trim_end_matches([' ', '-']));
    let rest =
        code.get(..prefix.len()).filter(|start| start.eq_ignore_ascii_case(prefix)).map(|_| &code[prefix.len()..]);
    match rest {
        Some(rest) if !prefix.is_empty() && !prefix.contains('%') => rest.trim_start_matches([' ', '-']),
        _ => code,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::domain::Field;

    pub(in crate::domain) const TABLE: &str = include_str!("address_rules.tsv");

    fn normalize(text: &str) -> String {
        text.to_lowercase().replace('ö', "o").replace('ã', "a").replace('ı', "i").replace("i\u{307}", "i")
    }

    fn has_state(country: &str, text: &str) -> Option<bool> {
        AddressRules::find(TABLE, country).and_then(|rules| rules.has_state(text, normalize))
    }

    #[test]
    fn a_state_is_known_by_its_code_and_by_its_names() {
        for (country, texts) in [
            ("US", &["CA", "ca", "California", "State of California", "D.C.", "District of Columbia"][..]),
            ("CA", &["QC", "Quebec", "newfoundland & labrador"]),
            ("AU", &["NSW", "New South Wales"]),
            ("IE", &["Co. Dublin", "County Dublin", "Dublin", "co dublin"]),
            ("JP", &["東京都", "Tokyo", "Tokyo Prefecture"]),
            ("AE", &["Dubai", "Emirate of Dubai", "دبي"]),
            ("BR", &["SP", "São Paulo", "SAO PAULO"]),
            ("TR", &["İstanbul", "Istanbul Province"]),
            ("MX", &["B.C.", "BC", "Baja California"]),
        ] {
            for text in texts {
                assert_eq!(has_state(country, text), Some(true), "{country}: {text}");
            }
        }
        for (country, text) in [("US", "XX"), ("US", "Bavaria"), ("CA", "California"), ("US", "")] {
            assert_eq!(has_state(country, text), Some(false), "{country}: {text}");
        }
        assert_eq!(has_state("DE", "Bayern"), None, "the data has no states of Germany");
        assert_eq!(has_state("ZZ", "X"), None);
    }

    #[test]
    fn every_country_that_uses_a_postal_code_has_a_pattern() {
        let without: Vec<_> = crate::domain::country::all()
            .map(|country| country.code())
            .filter(|code| AddressFormat::of(code).uses(Field::PostalCode))
            .filter(|code| AddressRules::find(TABLE, code).and_then(AddressRules::postal_pattern).is_none())
            .collect();
        assert_eq!(without, ["KP"], "North Korea's codes are not known");
        let us = AddressRules::find(TABLE, "US").unwrap();
        assert_eq!(us.postal_pattern().unwrap(), r"^(?:(?:\d{5})(?:[ \-](?:\d{4}))?)$");
        assert!(AddressRules::find(TABLE, "AG").is_none());
    }

    #[test]
    fn every_state_is_printed_by_a_name_that_is_known() {
        let mut count = 0;
        for row in TABLE.lines() {
            let country = row.split('\t').next().unwrap();
            let rules = AddressRules::find(TABLE, country).unwrap();
            for state in rules.states() {
                assert_eq!(rules.has_state(state, normalize), Some(true), "{country}: {state}");
                count += 1;
            }
        }
        assert!(count > 1000, "{count}");
    }

    #[test]
    fn a_prefix_for_mail_from_abroad_is_no_part_of_the_code() {
        for (country, code, core) in [
            ("SE", "SE-114 55", "114 55"),
            ("SE", "114 55", "114 55"),
            ("FI", "fi-00100", "00100"),
            ("JP", "〒100-0001", "100-0001"),
            ("AZ", "AZ1000", "1000"),
            ("LV", "LV-1073", "LV-1073"),
            ("SG", "Singapore 408600", "408600"),
            ("GB", " LS1 4AP ", "LS1 4AP"),
            ("US", "95014", "95014"),
            ("FO", "FO", ""),
        ] {
            assert_eq!(postal_code_core(country, code), core, "{country}: {code}");
        }
    }
}

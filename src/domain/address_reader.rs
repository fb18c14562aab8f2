//! Reads the lines of an address in the order in which a country writes them.

use crate::domain::Field;
use crate::domain::address_rules::postal_code_core;

/// The most words of a postal code or a state's name.
const MOST_WORDS: usize = 4;
/// The longest text in front of a postal code that belongs to it: "SE-", "AZ ".
const LONGEST_PREFIX: usize = 3;

/// Questions about countries that the caller answers.
pub struct AddressLookup<'a> {
    /// The code of the country that has this name.
    pub find_country: &'a dyn Fn(&str) -> Option<String>,
    /// Whether a text is a postal code of the country with this code.
    pub is_postal_code: &'a dyn Fn(&str, &str) -> bool,
    /// Whether a text is a state of the country with this code.
    pub is_state: &'a dyn Fn(&str, &str) -> bool,
}

/// The fields of a pasted address.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PastedAddress {
    /// The parts that were found, the country as a code.
    pub parts: Vec<(Field, String)>,
    /// The line that named the country.
    pub country_line: Option<String>,
}

impl PastedAddress {
    /// The part for a field.
    pub fn get(&self, field: Field) -> Option<&str> {
        self.parts.iter().find(|(at, _)| *at == field).map(|(_, text)| text.as_str())
    }

    /// Adds a part; what does not fit into one field goes to line 2.
    pub(super) fn add(&mut self, field: Field, text: &str) {
        let text = trim_separators(text);
        if text.is_empty() {
            return;
        }
        let field = if self.get(field).is_some() { Field::Line2 } else { field };
        match self.parts.iter_mut().find(|(at, _)| *at == field) {
            Some((_, line)) => {
                line.push_str(", ");
                line.push_str(text);
            }
            None => self.parts.push((field, text.to_owned())),
        }
    }
}

/// Reads lines as one country writes them.
pub(super) struct AddressReader<'a> {
    /// Its code, or empty.
    pub(super) country: &'a str,
    /// How it prints an address in the script of the lines.
    pub(super) layout: &'static str,
    /// Answers about the country.
    pub(super) lookup: &'a AddressLookup<'a>,
}

impl AddressReader<'_> {
    /// Adds every line to the address.
    pub(super) fn read(&self, lines: Vec<&str>, address: &mut PastedAddress) {
        let [street, city, state, code] = ["%A", "%C", "%S", "%Z"].map(|part| self.layout.find(part));
        if [city, state, code].into_iter().flatten().all(|other| street < Some(other)) {
            self.read_street_first(lines, address);
        } else {
            self.read_street_last(lines, address);
        }
    }

    /// "12 High Street / Leeds / LS1 4AP": the last lines are postal code, state and city.
    fn read_street_first(&self, mut lines: Vec<&str>, address: &mut PastedAddress) {
        let mut unassigned = Vec::new();
        let code = (1..lines.len()).rev().find_map(|at| Some((at, self.split_postal_code(lines[at])?)));
        if let Some((at, (code, locality))) = code {
            let below = lines.split_off(at + 1);
            lines.pop();
            address.add(Field::PostalCode, code);
            self.add_locality(locality, address);
            for line in below {
                match self.field_below_postal_code(line) {
                    Some(field) => address.add(field, line),
                    None => unassigned.push(line),
                }
            }
        }
        let last_is_state = lines.len() > 1 && lines.last().is_some_and(|last| self.is_state(last));
        // "1 Main Street / New York": with one line below the street, that is the city where the country has one.
        let is_city = self.layout.contains("%C") && code.is_none() && lines.len() < 3;
        if address.get(Field::State).is_none() && last_is_state && !is_city {
            address.add(Field::State, lines.pop().unwrap_or_default());
        }
        // A line with digits below the street is a floor or a box, unless the postal code shows where the city stands.
        let is_locality = |line: &&str| code.is_some() || !line.contains(|c: char| c.is_ascii_digit());
        let has_city_line = lines.len() > 1 && lines.last().is_some_and(is_locality);
        if has_city_line && address.get(Field::City).is_none() && self.layout.contains("%C") {
            self.add_locality(lines.pop().unwrap_or_default(), address);
        }
        add_street(&lines, address);
        unassigned.into_iter().for_each(|line| address.add(Field::Line2, line));
    }

    /// The field for a line below the postal code, by the country's layout.
    fn field_below_postal_code(&self, line: &str) -> Option<Field> {
        let (_, below) = self.layout.split_once("%Z").unwrap_or_default();
        if below.contains("%S") || self.is_state(line) {
            Some(Field::State)
        } else {
            below.contains("%C").then_some(Field::City)
        }
    }

    /// "〒104-0061 / 東京都中央区 / 銀座5-2-1": the first lines are postal code, state and city.
    fn read_street_last(&self, mut lines: Vec<&str>, address: &mut PastedAddress) {
        let has_city_row = self.layout.split("%n").any(|row| row == "%C");
        let code = lines.iter().enumerate().find_map(|(at, line)| Some((at, self.split_postal_code(line)?)));
        if let Some((at, (code, rest))) = code {
            address.add(Field::PostalCode, code);
            if rest.is_empty() || has_city_row {
                lines.remove(at);
            } else {
                lines[at] = rest;
            }
            if has_city_row {
                address.add(Field::City, rest);
            }
        }
        if let Some(first) = lines.first_mut()
            && let Some((state, rest)) = self.split_leading_state(first)
        {
            address.add(Field::State, state);
            let (city, street) = split_korean_city(rest);
            address.add(Field::City, city);
            *first = street;
        }
        lines.retain(|line| !line.is_empty());
        if has_city_row && lines.len() > 1 && address.get(Field::City).is_none() {
            address.add(Field::City, lines.remove(0));
        }
        add_street(&lines, address);
    }

    /// A postal code at an end of a line, and the rest of the line.
    fn split_postal_code<'a>(&self, line: &'a str) -> Option<(&'a str, &'a str)> {
        let is_code = |text: &str| {
            let core = postal_code_core(self.country, text);
            let is_short = text.trim_start_matches('〒').len() - core.len() <= LONGEST_PREFIX;
            is_short && !core.is_empty() && (self.lookup.is_postal_code)(self.country, core)
        };
        let line = trim_separators(line);
        let ends = || word_ends(line).into_iter().rev().map(|end| line.split_at(end));
        let starts =
            || word_starts(line).into_iter().map(|start| line.split_at(start)).map(|(rest, code)| (code, rest));
        let mut pieces = ends().chain(starts()).map(|(code, rest)| (trim_separators(code), trim_separators(rest)));
        pieces.find(|(code, _)| is_code(code))
    }

    fn is_state(&self, text: &str) -> bool {
        (self.lookup.is_state)(self.country, text)
    }

    /// Adds a line with city and state, without its postal code.
    fn add_locality(&self, line: &str, address: &mut PastedAddress) {
        let postal_row = self.layout.split("%n").find(|row| row.contains("%Z")).unwrap_or_default();
        let starts = word_starts(line).into_iter().filter(|start| *start > 0);
        let mut ends = starts.map(|start| line.split_at(start));
        // "New Delhi" is a city, though Delhi is a state: only a comma tells them apart where the state has its own line.
        let has_state = postal_row.contains("%S");
        let is_apart = |city: &str| has_state || city.trim_end().ends_with(',');
        let state = ends.find(|(city, state)| is_apart(city) && self.is_state(trim_separators(state)));
        let after_comma = || line.rsplit_once(',').filter(|_| has_state);
        if let Some((city, state)) = state.or_else(after_comma) {
            address.add(Field::City, city);
            address.add(Field::State, state);
        } else if self.is_state(line) && !postal_row.contains("%C") {
            address.add(Field::State, line);
        } else {
            address.add(Field::City, line);
        }
    }

    /// A state at the start of a line, and the rest: 東京都 of 東京都中央区.
    fn split_leading_state<'a>(&self, line: &'a str) -> Option<(&'a str, &'a str)> {
        let ends = line.char_indices().map(|(at, letter)| at + letter.len_utf8());
        let mut pieces = ends.map(|end| line.split_at(end));
        pieces.rfind(|(state, _)| self.is_state(trim_separators(state)))
    }
}

/// City, county or district in front of a Korean street: the words that end with 시, 군 or 구.
fn split_korean_city(line: &str) -> (&str, &str) {
    let line = trim_separators(line);
    let is_city = |end: &usize| line[..*end].split_whitespace().all(|word| word.ends_with(['시', '군', '구']));
    let end = word_ends(line).into_iter().take_while(is_city).last();
    end.map_or(("", line), |end| line.split_at(end))
}

fn add_street(lines: &[&str], address: &mut PastedAddress) {
    for (at, line) in lines.iter().enumerate() {
        address.add(if at == 0 { Field::Line1 } else { Field::Line2 }, line);
    }
}

/// A text without white space, commas, semicolons and the Japanese postal mark at its ends.
pub(super) fn trim_separators(text: &str) -> &str {
    text.trim_matches(is_separator)
}

pub(super) fn is_separator(letter: char) -> bool {
    letter.is_whitespace() || [',', ';', '〒', '，', '、'].contains(&letter)
}

/// Where the first words end, the shortest first.
fn word_ends(line: &str) -> Vec<usize> {
    let mut ends: Vec<_> = line.match_indices(char::is_whitespace).map(|(at, _)| at).take(MOST_WORDS).collect();
    ends.extend((ends.len() < MOST_WORDS).then_some(line.len()));
    ends
}

/// Where the last words start, the longest first.
fn word_starts(line: &str) -> Vec<usize> {
    let spaces = line.rmatch_indices(char::is_whitespace).map(|(at, space)| at + space.len());
    let mut starts: Vec<_> = spaces.take(MOST_WORDS).collect();
    starts.extend((starts.len() < MOST_WORDS).then_some(0));
    starts.reverse();
    starts
}

//! Finds the country that people mean by a code, by another name, or by the first letters of a name.
//!
//! `country_aliases.tsv` holds the alpha-3 codes and the other names; `tools/country_aliases.py` writes it and says where
//! each comes from (CLDR, licensed Unicode-3.0, or common use). Columns: alpha-2 code, alpha-3 code, names from CLDR, names
//! in common use, with `~` between two names.

const ALIASES: &str = include_str!("country_aliases.tsv");

/// The countries of a list, prepared for a search.
#[derive(Debug)]
pub struct CountrySearch {
    normalize: fn(&str) -> String,
    listed: Vec<(String, SearchKey)>,
    /// Codes and other names, in the order of the table: those of countries that are not listed are left out.
    aliases: Vec<(String, SearchKey)>,
}

/// A text without case, accents, spaces and punctuation.
#[derive(Debug, Clone, PartialEq, Eq)]
struct SearchKey(String);

impl SearchKey {
    fn new(text: &str, normalize: fn(&str) -> String) -> Self {
        let text = normalize(&text.replace('&', " and "));
        Self(text.chars().filter(|&letter| !is_punctuation(letter)).collect())
    }
}

/// White space and punctuation of the scripts that country names are written in. Compared with the standard library's
/// tables this is small, and a character more or less changes no result.
fn is_punctuation(letter: char) -> bool {
    (letter.is_ascii() && !letter.is_ascii_alphanumeric())
        || matches!(letter, '\u{80}'..='\u{BF}' | '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{303F}')
}

impl CountrySearch {
    /// Prepares a list of codes and names. `normalize` removes case and accents, as the browser does.
    pub fn new<'a>(listed: impl IntoIterator<Item = (&'a str, &'a str)>, normalize: fn(&str) -> String) -> Self {
        let key = |text: &str| SearchKey::new(text, normalize);
        let listed: Vec<_> = listed.into_iter().map(|(code, name)| (code.to_owned(), key(name))).collect();
        let codes = listed.iter().map(|(code, _)| (code.clone(), key(code)));
        let names = ALIASES.lines().filter_map(|row| row.split_once('\t')).flat_map(|(code, rest)| {
            let names = rest.split(['\t', '~']).filter(|name| *name != "-");
            names.map(move |name| (code, name))
        });
        let names = names.filter(|(code, _)| listed.iter().any(|(other, _)| other == code));
        let aliases = codes.chain(names.map(|(code, name)| (code.to_owned(), key(name)))).collect();
        Self { normalize, listed, aliases }
    }

    /// The code of the country that has this name, code or alias.
    pub fn find(&self, text: &str) -> Option<&str> {
        self.exact(&SearchKey::new(text, self.normalize))
    }

    /// The code to select when `typed` has been typed into a closed list: a name, code or alias that equals it, else the
    /// first listed name that begins with it, else the first alias that begins with it. Repeating a
    /// letter moves from `current` to the next name with that letter, as in the browser's own lists. `None` when
    /// nothing matches: the selection stays.
    pub fn select(&self, typed: &str, current: Option<&str>) -> Option<&str> {
        let typed = SearchKey::new(typed, self.normalize);
        if typed.0.is_empty() {
            return None;
        }
        let with_prefix =
            |keys: &'_ [(String, SearchKey)]| keys.iter().position(|(_, key)| key.0.starts_with(&typed.0));
        let prefix = || with_prefix(&self.listed).map(|at| self.listed[at].0.as_str());
        let alias = || with_prefix(&self.aliases).map(|at| self.aliases[at].0.as_str());
        self.exact(&typed).or_else(prefix).or_else(alias).or_else(|| self.next_with_letter(&typed, current))
    }

    fn exact(&self, text: &SearchKey) -> Option<&str> {
        if text.0.is_empty() {
            return None;
        }
        let mut all = self.listed.iter().chain(&self.aliases);
        all.find(|(_, key)| key == text).map(|(code, _)| code.as_str())
    }

    fn next_with_letter(&self, typed: &SearchKey, current: Option<&str>) -> Option<&str> {
        let letter = typed.0.chars().next().filter(|first| typed.0.chars().all(|other| other == *first))?;
        let after = self.listed.iter().position(|(code, _)| Some(code.as_str()) == current).map_or(0, |at| at + 1);
        let (before, rest) = self.listed.split_at(after);
        rest.iter().chain(before).find(|(_, key)| key.0.starts_with(letter)).map(|(code, _)| code.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::country;

    /// CLDR's English names, as a browser lists them.
    const NAMES: &str = include_str!("testdata/country_names.tsv");

    /// As the browser does, for the letters of these tests.
    fn normalize(text: &str) -> String {
        let accents = ["áàâãäå", "éèê", "íîï", "óôöø", "úüû", "ç", "ñ"];
        let plain = |letter| accents.iter().zip("aeioucn".chars()).find(|(all, _)| all.contains(letter));
        text.to_lowercase().chars().map(|letter| plain(letter).map_or(letter, |(_, plain)| plain)).collect()
    }

    fn names() -> Vec<(&'static str, &'static str)> {
        let mut names: Vec<_> = NAMES.lines().map(|row| row.split_once('\t').unwrap()).collect();
        names.sort_by_key(|(_, name)| normalize(name));
        names
    }

    fn search() -> CountrySearch {
        CountrySearch::new(names(), normalize)
    }

    /// The selected code after a text was typed letter by letter.
    fn typed(search: &CountrySearch, text: &str) -> String {
        let mut selected = None;
        for end in text.char_indices().map(|(at, letter)| at + letter.len_utf8()) {
            selected = search.select(&text[..end], selected).or(selected);
        }
        selected.unwrap_or_default().to_owned()
    }

    #[test]
    fn the_names_that_people_use_find_their_country() {
        let search = search();
        for (text, code) in [
            ("UK", "GB"),
            ("uk", "GB"),
            ("U.K.", "GB"),
            ("England", "GB"),
            ("Scotland", "GB"),
            ("Wales", "GB"),
            ("Northern Ireland", "GB"),
            ("Great Britain", "GB"),
            ("Britain", "GB"),
            ("GB", "GB"),
            ("GBR", "GB"),
            ("USA", "US"),
            ("U.S.A.", "US"),
            ("United States of America", "US"),
            ("America", "US"),
            ("UAE", "AE"),
            ("Emirates", "AE"),
            ("Holland", "NL"),
            ("The Netherlands", "NL"),
            ("Ivory Coast", "CI"),
            ("cote d'ivoire", "CI"),
            ("Burma", "MM"),
            ("Swaziland", "SZ"),
            ("Turkey", "TR"),
            ("TURKIYE", "TR"),
            ("Czech Republic", "CZ"),
            ("South Korea", "KR"),
            ("Korea", "KR"),
            ("North Korea", "KP"),
            ("Cape Verde", "CV"),
            ("Cabo Verde", "CV"),
            ("Macedonia", "MK"),
            ("East Timor", "TL"),
            ("Vatican", "VA"),
            ("Holy See", "VA"),
            ("Macau", "MO"),
            ("Hong Kong", "HK"),
            ("Russian Federation", "RU"),
            ("Trinidad and Tobago", "TT"),
            ("guinea bissau", "GW"),
            ("St Lucia", "LC"),
            ("Aland", "AX"),
            ("Deutschland", "DE"),
        ] {
            assert_eq!(typed(&search, text), code, "{text}");
        }
    }

    #[test]
    fn every_code_name_and_alias_ends_at_its_country() {
        let search = search();
        let aliases = ALIASES.lines().map(|row| row.split_once('\t').unwrap());
        let aliases = aliases.flat_map(|(code, rest)| rest.split(['\t', '~']).map(move |name| (code, name)));
        let codes = country::all().map(|country| (country.code(), country.code()));
        let mut count = 0;
        for (code, text) in aliases.chain(codes).chain(names()).filter(|(_, text)| *text != "-") {
            assert_eq!(typed(&search, text), code, "{text}");
            assert_eq!(search.find(text), Some(code), "{text}");
            count += 1;
        }
        assert!(count > 3 * 249 + 60, "{count} are too few: all codes, all names, and at least 60 others");
    }

    #[test]
    fn a_listed_name_wins_over_a_code_and_a_code_over_a_prefix() {
        // "Austria" in Vietnamese reads like Angola's code without its accent.
        let vietnamese = CountrySearch::new([("AO", "Angola"), ("AT", "Áo"), ("AR", "Argentina")], normalize);
        assert_eq!(vietnamese.select("ao", None), Some("AT"));
        assert_eq!(vietnamese.select("ar", None), Some("AR"));
        assert_eq!(search().select("g", None), Some("GA"), "the first of the list");
        assert_eq!(search().select("ua", None), Some("UA"));
        assert_eq!(search().select("en", None), Some("GB"), "no listed name begins with it");
    }

    #[test]
    fn what_matches_nothing_selects_nothing() {
        for text in ["", " ", "-", "xyz", "Englandd"] {
            assert_eq!(search().select(text, Some("ZA")), None, "{text:?}");
            assert_eq!(search().find(text), None, "{text:?}");
        }
        let short = CountrySearch::new([("ZA", "South Africa")], normalize);
        assert_eq!(short.select("England", None), None, "a country that is not listed cannot be selected");
    }

    #[test]
    fn a_repeated_letter_goes_through_the_names_with_it() {
        let search = search();
        assert_eq!(search.select("f", None), Some("FK"));
        assert_eq!(search.select("ff", Some("FK")), Some("FO"));
        assert_eq!(search.select("fff", Some("FO")), Some("FJ"));
        assert_eq!(search.select("ffff", Some("TF")), Some("FK"), "after the last comes the first");
    }
}

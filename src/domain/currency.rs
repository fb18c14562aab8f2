//! The currencies of billing accounts.

/// A currency that the API accepts (Altostrat API reference: Create a billing account).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Currency {
    /// The ISO 4217 code in lower case, as the API requires.
    pub code: &'static str,
}

/// The countries whose only currency is an accepted one (ISO 4217:2015, list one, as of January 2026). Countries with a
/// second currency, such as Namibia, are not listed: for them nothing is suggested.
const COUNTRIES: [(&str, &str); 5] = [
    ("usd", "AS BQ EC FM GU IO MH MP PR PW TC TL UM US VG VI"),
    ("zar", "ZA"),
    (
        "eur",
        "AD AT AX BE BG BL CY DE EE ES FI FR GF GP GR HR IE IT LT LU LV MC ME MF MQ MT NL PM PT RE SI SK SM TF VA YT",
    ),
    ("gbp", "GB GG IM JE"),
    ("aud", "AU CC CX HM KI NF NR TV"),
];

impl Currency {
    /// Every accepted currency, in the order of the API reference.
    pub const ALL: [Self; 5] =
        [Self { code: "usd" }, Self { code: "zar" }, Self { code: "eur" }, Self { code: "gbp" }, Self { code: "aud" }];

    /// The currency with this lower-case code.
    pub fn with_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|currency| currency.code == code)
    }

    /// The accepted currency of the country with this code; `None` if it has another one or several.
    pub fn of_country(country: &str) -> Option<Self> {
        let (code, _) = COUNTRIES.iter().find(|(_, countries)| countries.split(' ').any(|code| code == country))?;
        Self::with_code(code)
    }
}

/// The most frequent currency of some accounts, how many of them have it, and how many have any; `None` if none has one.
pub fn most_used<'a>(codes: impl IntoIterator<Item = &'a str>) -> Option<(String, usize, usize)> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for code in codes {
        let code = code.to_ascii_lowercase();
        match counts.iter_mut().find(|(other, _)| *other == code) {
            Some((_, count)) => *count += 1,
            None => counts.push((code, 1)),
        }
    }
    let total = counts.iter().map(|(_, count)| count).sum();
    // The first of several with the same count.
    let (code, count) = counts.into_iter().rev().max_by_key(|(_, count)| *count)?;
    Some((code, count, total))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::country;

    #[test]
    fn a_country_has_at_most_one_suggested_currency() {
        let mut listed: Vec<_> = COUNTRIES.iter().flat_map(|(_, countries)| countries.split(' ')).collect();
        assert!(listed.iter().all(|code| country::all().any(|country| country.code() == *code)), "{listed:?}");
        listed.sort_unstable();
        let count = listed.len();
        listed.dedup();
        assert_eq!(listed.len(), count);
        assert!(COUNTRIES.iter().all(|(code, _)| Currency::with_code(code).is_some()));
        assert_eq!(Currency::of_country("ZA"), Currency::with_code("zar"));
        for country in ["JP", "NA", "", "Z"] {
            assert_eq!(Currency::of_country(country), None, "{country:?}");
        }
    }

    #[test]
    fn the_most_used_currency_is_counted() {
        assert_eq!(most_used(["usd", "zar", "USD"]), Some(("usd".to_owned(), 2, 3)));
        assert_eq!(most_used(["zar", "usd"]), Some(("zar".to_owned(), 1, 2)), "the first of two");
        assert_eq!(most_used([]), None);
    }
}

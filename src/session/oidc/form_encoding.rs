//! `application/x-www-form-urlencoded`, both ways.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::route::query_pairs;

/// Everything but the unreserved characters of RFC 3986. A space becomes `%20`, which every form parser reads.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Joins names and values.
pub(super) fn encode(parameters: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = parameters
        .iter()
        .map(|(name, value)| {
            format!("{}={}", utf8_percent_encode(name, RESERVED), utf8_percent_encode(value, RESERVED))
        })
        .collect();
    pairs.join("&")
}

/// Splits a query, with or without `?` in front.
pub(super) fn decode(query: &str) -> Vec<(String, String)> {
    query_pairs(query.strip_prefix('?').unwrap_or(query)).collect()
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reserved_characters_are_escaped() {
        assert_eq!(
            encode(&[("scope", "openid profile"), ("u", "https://a.b/c?d=e&f#g+~")]),
            "scope=openid%20profile&u=https%3A%2F%2Fa.b%2Fc%3Fd%3De%26f%23g%2B~"
        );
    }

    #[test]
    fn a_query_is_read_as_a_form() {
        let read = |query| decode(query).into_iter().map(|(name, value)| format!("{name}→{value}")).collect::<Vec<_>>();
        assert_eq!(read("?a=b+c%20d&e&&f=g=h"), ["a→b c d", "e→", "f→g=h"]);
        assert_eq!(read("a=%zz%ff"), ["a→%zz\u{fffd}"]);
        assert!(read("").is_empty() && read("?").is_empty());
    }

    proptest! {
        #[test]
        fn decoding_reverses_encoding(pairs in prop::collection::vec((".{1,9}", ".{0,20}"), 1..5)) {
            let borrowed: Vec<_> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            prop_assert_eq!(decode(&encode(&borrowed)), pairs);
        }
    }
}

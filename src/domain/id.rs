//! IDs of workspaces and billing accounts, as opaque text from the server.

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The characters that are percent-encoded in a path segment: all but the unreserved ones (RFC 3986, section 2.3).
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl $name {
            /// Parses an ID; `None` if the text is empty or a dot segment. URL parsers remove dot segments, even
            /// encoded ones.
            pub fn parse(text: &str) -> Option<Self> {
                let text = crate::domain::text::trim(text);
                (!matches!(text, "" | "." | "..")).then(|| Self(text.to_owned()))
            }

            /// The ID's text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The ID as one segment of a URL's path. Characters such as `/`, `?`, `#` and `%` are encoded, so that an
            /// ID cannot change the rest of the URL.
            pub fn segment(&self) -> String {
                utf8_percent_encode(&self.0, SEGMENT).to_string()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id! {
    /// A workspace's ID, `ws_…`.
    WorkspaceId
}
id! {
    /// A billing account's ID, `cus_…`, which is also the ID of its Stripe customer.
    BillingAccountId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_any_text_but_a_dot_segment() {
        assert_eq!(WorkspaceId::parse(" ws_1 ").unwrap().as_str(), "ws_1");
        for rejected in ["", " ", ".", "..", "\u{200B}.."] {
            assert_eq!(WorkspaceId::parse(rejected), None, "{rejected:?}");
        }
        assert!(BillingAccountId::parse("../x").is_some());
    }

    #[test]
    fn an_id_is_encoded_as_one_path_segment() {
        for (id, segment) in
            [("ws_1", "ws_1"), ("../x", "..%2Fx"), ("a?b#c", "a%3Fb%23c"), ("%2f", "%252f"), ("ü", "%C3%BC")]
        {
            assert_eq!(WorkspaceId::parse(id).unwrap().segment(), segment);
        }
    }
}

//! Ids, as opaque text: the server makes them, we pass them on.

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What a path segment keeps as it is: RFC 3986's unreserved characters.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl $name {
            /// Reads an id. `None` for text that can name nothing: empty, or a dot segment, which a URL would swallow
            /// however it is encoded.
            pub fn parse(text: &str) -> Option<Self> {
                let text = crate::domain::text::trim(text);
                (!matches!(text, "" | "." | "..")).then(|| Self(text.to_owned()))
            }

            /// The id as the server wrote it.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The id as one segment of a URL's path, whatever it holds: `a/b`, `?x`, `#` and `%2f` stay inside (R15).
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
    /// A workspace's id, `ws_…`.
    WorkspaceId
}
id! {
    /// A billing account's id, `cus_…`: it is the Stripe Customer's.
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
    fn an_id_is_one_segment_whatever_it_holds() {
        for (id, segment) in
            [("ws_1", "ws_1"), ("../x", "..%2Fx"), ("a?b#c", "a%3Fb%23c"), ("%2f", "%252f"), ("ü", "%C3%BC")]
        {
            assert_eq!(WorkspaceId::parse(id).unwrap().segment(), segment);
        }
    }
}

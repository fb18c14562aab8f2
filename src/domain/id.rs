//! Ids, as opaque text: the server makes them, we pass them on.

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

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
                let text = super::text::trim(text);
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

            /// Reads an id that was written as a segment.
            pub fn from_segment(segment: &str) -> Option<Self> {
                Self::parse(&percent_decode_str(segment).decode_utf8().ok()?)
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
        for bad in ["", " ", ".", "..", "\u{200B}.."] {
            assert_eq!(WorkspaceId::parse(bad), None, "{bad:?}");
        }
        assert!(BillingAccountId::parse("../x").is_some());
    }

    #[test]
    fn an_id_is_found_again_by_its_segment() {
        for id in ["ws_1", "../x", "a/b\n", "%2f", "ü"] {
            let id = WorkspaceId::parse(id).unwrap();
            assert_eq!(WorkspaceId::from_segment(&id.segment()), Some(id));
        }
        assert_eq!(WorkspaceId::from_segment("%ff"), None);
    }
}

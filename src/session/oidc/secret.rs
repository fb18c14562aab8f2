//! A text that must not be shown: no `Display`, no `Serialize`, and `Debug` prints `[redacted]`.

use std::fmt;
use std::sync::Arc;

/// A secret text. [`Secret::expose`] is its only way out.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Secret(Arc<str>);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl Secret {
    pub(super) fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The text itself, for a request or the transaction record.
    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_redacts_a_secret() {
        assert_eq!(format!("{:?}", Secret::new("marker")), "[redacted]");
    }
}

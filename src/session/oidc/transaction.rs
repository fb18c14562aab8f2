//! One sign-in in progress: its secrets, and the page to return to.
//!
//! It is stored as versioned JSON in `sessionStorage`, read as untrusted, used once and expires after ten minutes. While a
//! popup signs in it stays in the memory of the tab that opened it.

use serde::{Deserialize, Serialize};

use super::pkce::RequestSecrets;
use super::return_url::ReturnUrl;
use crate::lenient;

/// How long a sign-in may take, in milliseconds.
pub const MAX_AGE: f64 = 600_000.0;

/// Changes with the shape of the record. A record of another version is not read.
const VERSION: u32 = 1;
/// The longest record that is read, in bytes.
const MAX_LENGTH: usize = 6000;

/// A sign-in in progress.
#[derive(Debug, Clone, PartialEq)]
pub struct Transaction {
    pub(super) secrets: RequestSecrets,
    pub(super) return_to: ReturnUrl,
    /// Whether the user ticked "Stay signed in in this tab".
    pub(super) remember: bool,
    /// Whether it was sent with `prompt=none`, without user interaction.
    pub(super) is_silent: bool,
    /// Whether the provider's callbacks always have an `iss`.
    pub(super) requires_iss: bool,
    /// When it began, in milliseconds since 1970.
    pub(super) started_at: f64,
}

#[derive(Serialize, Deserialize)]
struct Record {
    version: u32,
    verifier: String,
    state: String,
    nonce: String,
    return_to: String,
    remember: bool,
    is_silent: bool,
    requires_iss: bool,
    started_at: f64,
}

impl Transaction {
    /// Whether its ten minutes have passed at `now` (milliseconds since 1970). A start in the future counts as passed.
    pub fn is_expired(&self, now: f64) -> bool {
        !(0.0..MAX_AGE).contains(&(now - self.started_at))
    }

    /// The record for `sessionStorage`.
    pub fn write(&self) -> String {
        let RequestSecrets { verifier, state, nonce } = &self.secrets;
        let record = Record {
            version: VERSION,
            verifier: verifier.expose().to_owned(),
            state: state.expose().to_owned(),
            nonce: nonce.expose().to_owned(),
            return_to: self.return_to.as_str().to_owned(),
            remember: self.remember,
            is_silent: self.is_silent,
            requires_iss: self.requires_iss,
            started_at: self.started_at,
        };
        // Fails only for maps whose keys are not strings.
        serde_json::to_string(&record).unwrap_or_default()
    }

    /// Reads a record. `None` for anything that [`Transaction::write`] does not produce.
    pub fn read(record: &str) -> Option<Self> {
        if record.len() > MAX_LENGTH {
            return None;
        }
        let record: Record = lenient::parse_object(record).filter(|record: &Record| record.version == VERSION)?;
        Some(Self {
            secrets: RequestSecrets::read(&record.verifier, &record.state, &record.nonce)?,
            return_to: ReturnUrl::parse(&record.return_to)?,
            remember: record.remember,
            is_silent: record.is_silent,
            requires_iss: record.requires_iss,
            started_at: record.started_at,
        })
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use proptest::prelude::*;

    use super::super::fixtures::{NOW, transaction};
    use super::*;

    #[test]
    fn a_record_is_read_as_it_was_written() {
        assert_eq!(Transaction::read(&transaction().write()), Some(transaction()));
    }

    #[test]
    fn a_record_of_another_version_or_shape_is_not_read() {
        let record = transaction().write();
        for (part, other) in [
            ("\"version\":1", "\"version\":2"),
            ("\"version\":1,", ""),
            ("\"remember\":false", "\"remember\":0"),
            ("\"return_to\":\"/", "\"return_to\":\"//evil.example/"),
            ("\"state\":\"", "\"state\":\"x"),
            ("\"started_at\":", "\"started_at\":\"\",\"x\":"),
            ("}", ""),
        ] {
            let changed = record.replacen(part, other, 1);
            assert_ne!(changed, record, "{part}");
            assert_eq!(Transaction::read(&changed), None, "{changed}");
        }
        for text in ["", "null", "{}", "[1]", &" ".repeat(MAX_LENGTH + 1)] {
            assert_eq!(Transaction::read(text), None);
        }
    }

    #[test]
    fn a_transaction_expires_after_ten_minutes() {
        let is_expired = |now| transaction().is_expired(now);
        assert!(!is_expired(NOW) && !is_expired(NOW + 599_999.0));
        assert!(is_expired(NOW + 600_000.0) && is_expired(NOW - 1.0) && is_expired(f64::NAN));
    }

    #[test]
    fn debug_redacts_the_secrets() {
        let secrets = transaction().secrets;
        let shown = format!("{:?}", transaction());
        for secret in [secrets.verifier.expose(), secrets.state.expose(), secrets.nonce.expose()] {
            assert!(!shown.contains(secret));
        }
    }

    proptest! {
        #[test]
        fn any_stored_text_is_survived(text: String, at: prop::sample::Index) {
            Transaction::read(&text);
            let record = transaction().write();
            let at = at.index(record.len());
            Transaction::read(&format!("{}{text}{}", &record[..at], &record[at..]));
            Transaction::read(&record[..at]);
        }
    }
}

//! Existing accounts that resemble the draft. Stripe accepts duplicates, so the form warns the user.

use crate::domain::text::trim;
use crate::domain::{BillingAccount, BillingAccountId, Field};

/// Converts to lower case and removes accents. The browser does this, so it is a parameter.
pub type Normalize = fn(&str) -> String;

/// A name and an email, without differences such as case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DuplicateKey {
    name: String,
    email: String,
}

impl DuplicateKey {
    /// The key of a name and an email. Case, white space and accents do not count in a name, nor case in an email.
    pub fn of(name: &str, email: &str, normalize: Normalize) -> Self {
        let name = normalize(trim(name)).chars().filter(|letter| !letter.is_whitespace()).collect();
        Self { name, email: trim(email).to_ascii_lowercase() }
    }

    /// Whether there is neither a name nor an email.
    pub fn is_empty(&self) -> bool {
        self.name.is_empty() && self.email.is_empty()
    }

    /// Why two accounts look like duplicates. Empty values never match.
    fn match_with(&self, other: &Self) -> Option<MatchKind> {
        let name = !self.name.is_empty() && self.name == other.name;
        let email = !self.email.is_empty() && self.email == other.email;
        match (name, email) {
            (true, true) => Some(MatchKind::Both),
            (true, false) => Some(MatchKind::Name),
            (false, true) => Some(MatchKind::Email),
            (false, false) => None,
        }
    }
}

/// Why two accounts look like duplicates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MatchKind {
    /// They have the same name.
    Name,
    /// They have the same email.
    Email,
    /// They have the same name and email.
    Both,
}

/// An existing account that may be a duplicate of the draft.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DuplicateCandidate {
    /// Its ID.
    pub id: BillingAccountId,
    /// Its name, or its ID if it has no name.
    pub title: String,
    /// Its email.
    pub email: String,
    /// Why it may be a duplicate.
    pub match_kind: MatchKind,
}

/// The accounts that may be duplicates of `typed`, in the order of `accounts`.
pub fn find_duplicates(
    typed: &DuplicateKey,
    accounts: &[BillingAccount],
    normalize: Normalize,
) -> Vec<DuplicateCandidate> {
    let candidate = |account: &BillingAccount| {
        let text = |field| account.get(field).unwrap_or_default();
        let match_kind = typed.match_with(&DuplicateKey::of(text(Field::Name), text(Field::Email), normalize))?;
        let (title, email) = (account.title().to_owned(), text(Field::Email).to_owned());
        Some(DuplicateCandidate { id: account.id.clone(), title, email, match_kind })
    };
    accounts.iter().filter_map(candidate).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A stand-in for the browser's normalisation that covers the letters in these tests.
    fn normalize(text: &str) -> String {
        text.to_lowercase().replace('é', "e").replace('ü', "u").replace('\u{301}', "")
    }

    fn account(id: &str, name: &str, email: &str) -> BillingAccount {
        BillingAccount::new(BillingAccountId::parse(id).unwrap(), |field| match field {
            Field::Name => Some(name.to_owned()),
            Field::Email => Some(email.to_owned()),
            _ => None,
        })
    }

    fn match_kind(name: &str, email: &str) -> Vec<(String, MatchKind)> {
        let accounts = [
            account("cus_1", "Café Müller GmbH", "rechnung@mueller.example"),
            account("cus_2", "", ""),
            account("cus_3", "ACME", " Billing@ACME.com"),
        ];
        let duplicates = find_duplicates(&DuplicateKey::of(name, email, normalize), &accounts, normalize);
        duplicates.into_iter().map(|candidate| (candidate.id.to_string(), candidate.match_kind)).collect()
    }

    #[test]
    fn names_match_without_case_spaces_and_accents() {
        for name in ["Café Müller GmbH", " CAFÉ  MÜLLER\u{A0}GMBH ", "cafe mullergmbh", "Cafe\u{301} Muller GmbH"] {
            assert_eq!(match_kind(name, "new@x.io"), [("cus_1".to_owned(), MatchKind::Name)], "{name}");
        }
        assert!(match_kind("Café Mueller GmbH", "new@x.io").is_empty());
    }

    #[test]
    fn emails_match_without_case() {
        assert_eq!(match_kind("New", "BILLING@acme.com "), [("cus_3".to_owned(), MatchKind::Email)]);
        assert!(match_kind("New", "bílling@acme.com").is_empty());
        assert_eq!(match_kind("acme", "billing@acme.com"), [("cus_3".to_owned(), MatchKind::Both)]);
    }

    #[test]
    fn empty_values_never_match() {
        assert!(match_kind("", "").is_empty());
        assert!(match_kind(" \u{200B}", "\u{301}").is_empty());
    }
}

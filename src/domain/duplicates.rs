//! Which accounts are like the one that is typed: Stripe takes two of the same (api.md), so it is the user who has to
//! notice.

use crate::domain::text::trim;
use crate::domain::{BillingAccount, BillingAccountId, Field};

/// Makes letters small and takes their accents away: the browser does both.
pub type Normalize = fn(&str) -> String;

/// A name and an email, without what does not tell two accounts apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DuplicateKey {
    name: String,
    email: String,
}

impl DuplicateKey {
    /// Of what is typed or stored. Case, spaces and accents do not count in a name; case does not in an email.
    pub fn of(name: &str, email: &str, normalize: Normalize) -> Self {
        let name = normalize(trim(name)).chars().filter(|letter| !letter.is_whitespace()).collect();
        Self { name, email: trim(email).to_ascii_lowercase() }
    }

    /// In what two are alike. Nothing is like nothing.
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

/// In what two accounts are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MatchKind {
    /// Their names.
    Name,
    /// Their emails.
    Email,
    /// Both.
    Both,
}

/// An account that is like what is typed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DuplicateCandidate {
    /// Its id.
    pub id: BillingAccountId,
    /// What it is called.
    pub title: String,
    /// Its email.
    pub email: String,
    /// In what it is alike.
    pub match_kind: MatchKind,
}

/// Those of `accounts` that are like `typed`, in their order.
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

    /// As the browser does, for the letters of these tests.
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
    fn case_spaces_and_accents_do_not_tell_two_names_apart() {
        for name in ["Café Müller GmbH", " CAFÉ  MÜLLER\u{A0}GMBH ", "cafe mullergmbh", "Cafe\u{301} Muller GmbH"] {
            assert_eq!(match_kind(name, "new@x.io"), [("cus_1".to_owned(), MatchKind::Name)], "{name}");
        }
        assert!(match_kind("Café Mueller GmbH", "new@x.io").is_empty());
    }

    #[test]
    fn case_does_not_tell_two_emails_apart() {
        assert_eq!(match_kind("New", "BILLING@acme.com "), [("cus_3".to_owned(), MatchKind::Email)]);
        assert!(match_kind("New", "bílling@acme.com").is_empty());
        assert_eq!(match_kind("acme", "billing@acme.com"), [("cus_3".to_owned(), MatchKind::Both)]);
    }

    #[test]
    fn nothing_is_like_nothing() {
        assert!(match_kind("", "").is_empty());
        assert!(match_kind(" \u{200B}", "\u{301}").is_empty());
    }
}

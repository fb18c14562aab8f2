//! A save that was sent, and how to recognise the account that it may have created. Pure.

use crate::domain::changes::is_stored;
use crate::domain::text::trim;
use crate::domain::{BillingAccount, BillingAccountId, Field};

/// A save that was sent and may have got no response.
#[derive(Debug, Clone, PartialEq)]
pub struct SaveAttempt {
    /// When it was sent, in milliseconds since 1970 by the browser's clock. It also identifies the attempt.
    pub sent_at: f64,
    /// The sent values, trimmed: all fields of a new account, or the changes of an existing one. An empty text clears a
    /// field.
    pub sent: Vec<(Field, String)>,
    /// The IDs of all accounts that existed before; `None` if they were not all known.
    pub existing_ids: Option<Vec<BillingAccountId>>,
}

/// How likely it is that an attempt created an account. Ordered by certainty, so that the maximum is the best match.
///
/// Only IDs distinguish new accounts from existing ones. The clocks of the browser and the server may differ by hours,
/// so dates are not compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AttemptMatch {
    /// The account has another name or email.
    NoMatch,
    /// The account has the same name and email, but existed before.
    ExistedBefore,
    /// The account has the same name and email. It may have existed before, or another user may have created it since.
    MayBeYours,
    /// The account did not exist before and has all sent values.
    Match,
}

impl SaveAttempt {
    /// Compares an account with this attempt to create one.
    pub fn match_account(&self, account: &BillingAccount) -> AttemptMatch {
        if self.sent.is_empty() || self.differing(account).any(Field::required) {
            return AttemptMatch::NoMatch;
        }
        match &self.existing_ids {
            Some(ids) if ids.contains(&account.id) => AttemptMatch::ExistedBefore,
            Some(_) if self.differing(account).next().is_none() => AttemptMatch::Match,
            _ => AttemptMatch::MayBeYours,
        }
    }

    /// The fields whose stored value differs from the sent one. The server may store a text in another case.
    pub fn differing<'a>(&'a self, account: &'a BillingAccount) -> impl Iterator<Item = Field> + 'a {
        let is_applied = |(field, sent): &&(Field, String)| {
            account.get(*field).is_some_and(|stored| trim(stored).eq_ignore_ascii_case(sent))
        };
        self.sent.iter().filter(move |sent| !is_applied(sent)).map(|(field, _)| *field)
    }

    /// The fields whose sent value is not stored: field, sent value, stored value.
    pub fn not_applied<'a>(&'a self, stored: &'a BillingAccount) -> impl Iterator<Item = (Field, &'a str, &'a str)> {
        self.sent
            .iter()
            .map(|(field, sent)| (*field, sent.as_str(), stored.get(*field).unwrap_or_default()))
            .filter(|(field, sent, stored)| !is_stored(*field, sent, Some(stored)))
    }
}

#[cfg(test)]
// proptest runs on the host only.
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// 2026-01-02T03:04:05.678Z
    const SENT_AT: f64 = 1_767_323_045_678.0;

    fn attempt(existing_ids: Option<&[&str]>) -> SaveAttempt {
        SaveAttempt {
            sent_at: SENT_AT,
            sent: vec![(Field::Name, "Acme".into()), (Field::Email, "a@b.co".into())],
            existing_ids: existing_ids.map(|ids| ids.iter().filter_map(|id| BillingAccountId::parse(id)).collect()),
        }
    }

    fn account(id: &str, name: &str, email: &str) -> BillingAccount {
        BillingAccount::new(BillingAccountId::parse(id).unwrap(), |field| match field {
            Field::Name => Some(name.to_owned()),
            Field::Email => Some(email.to_owned()),
            _ => None,
        })
    }

    #[test]
    fn a_new_id_with_every_sent_field_is_a_match() {
        let new = account("cus_2", " Acme\u{200B}", "A@b.co");
        assert_eq!(attempt(Some(&["cus_1"])).match_account(&new), AttemptMatch::Match);
        assert_eq!(attempt(Some(&[])).match_account(&new), AttemptMatch::Match);
    }

    #[test]
    fn an_existing_id_existed_before() {
        let old = account("cus_1", "Acme", "a@b.co");
        assert_eq!(attempt(Some(&["cus_1"])).match_account(&old), AttemptMatch::ExistedBefore);
    }

    #[test]
    fn without_existing_ids_an_account_may_be_yours() {
        assert_eq!(attempt(None).match_account(&account("cus_1", "Acme", "a@b.co")), AttemptMatch::MayBeYours);
    }

    #[test]
    fn a_new_id_with_another_optional_field_may_be_yours() {
        let mut attempt = attempt(Some(&[]));
        attempt.sent.push((Field::Currency, "eur".into()));
        let stored = |currency: &str| {
            BillingAccount::new(BillingAccountId::parse("cus_2").unwrap(), |field| match field {
                Field::Name => Some("Acme".to_owned()),
                Field::Email => Some("a@b.co".to_owned()),
                Field::Currency => Some(currency.to_owned()),
                _ => None,
            })
        };
        assert_eq!(attempt.match_account(&stored("zar")), AttemptMatch::MayBeYours);
        assert_eq!(attempt.match_account(&stored("EUR")), AttemptMatch::Match);
    }

    #[test]
    fn another_name_or_email_is_another_account() {
        for (name, email) in [("Acme 2", "a@b.co"), ("Acme", "b@b.co"), ("", "")] {
            assert_eq!(attempt(None).match_account(&account("cus_2", name, email)), AttemptMatch::NoMatch);
        }
        let nothing_sent = SaveAttempt { sent: Vec::new(), ..attempt(None) };
        assert_eq!(nothing_sent.match_account(&account("cus_2", "Acme", "a@b.co")), AttemptMatch::NoMatch);
    }

    #[test]
    fn a_change_is_compared_field_by_field() {
        let sent = vec![(Field::Name, "New".into()), (Field::Phone, String::new()), (Field::City, "Lyon".into())];
        let change = SaveAttempt { sent_at: SENT_AT, sent, existing_ids: None };
        let stored = account("cus_1", "Old", "a@b.co");
        let differing: Vec<_> = change.not_applied(&stored).collect();
        assert_eq!(differing, [(Field::Name, "New", "Old"), (Field::City, "Lyon", "")], "a cleared phone is cleared");
    }

    proptest! {
        #[test]
        fn an_existing_id_is_never_a_match(name in "[aA ]{0,2}", email in "[aA]{0,2}", sent_at in any::<f64>()) {
            let sent = vec![(Field::Name, "a".into()), (Field::Email, "a".into())];
            let existing_ids = Some(vec![BillingAccountId::parse("cus_1").unwrap()]);
            let attempt = SaveAttempt { sent_at, sent, existing_ids };
            prop_assert!(attempt.match_account(&account("cus_1", &name, &email)) <= AttemptMatch::ExistedBefore);
        }
    }
}

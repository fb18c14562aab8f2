//! A save whose fate is not known: what was sent and when, and which account, if any, came of it (R3). Pure.

use super::changes::is_stored;
use super::text::trim;
use super::{BillingAccount, BillingAccountId, Field};

/// How far the server's clock may be behind ours, in milliseconds. It counts only when the ids of before are known,
/// which tell the older accounts apart by themselves.
pub const CLOCK_SKEW: f64 = 5.0 * 60.0 * 1000.0;

/// A save that was sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Attempt {
    /// When, in milliseconds since 1970, by our clock. It is its name, too: one press, one attempt.
    pub at: f64,
    /// What was sent, trimmed: name and email of a new account, the changes of one that exists. Empty clears a field.
    pub sent: Vec<(Field, String)>,
    /// The accounts that were there before it was sent; `None` when that is not known.
    pub known: Option<Vec<BillingAccountId>>,
}

/// What an account of the list is to an attempt to create one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kinship {
    /// It is the account that was created.
    Created,
    /// It has the same name and email, and is older, or may be.
    Namesake,
    /// It is another one.
    None,
}

impl Attempt {
    /// What `account`, created at `created` (milliseconds since 1970), is to this attempt. An older account of the same
    /// name is never taken for the new one; one whose age cannot be told only when it was not there before.
    pub fn kinship(&self, account: &BillingAccount, created: Option<f64>) -> Kinship {
        let same = |(field, sent): &(Field, String)| {
            // Neither name nor email need come back in the case in which they were sent.
            account.get(*field).is_some_and(|stored| trim(stored).eq_ignore_ascii_case(sent))
        };
        if self.sent.is_empty() || !self.sent.iter().all(same) {
            return Kinship::None;
        }
        // The API's clock may count whole seconds.
        let second = (self.at / 1000.0).floor() * 1000.0;
        let is_new = match &self.known {
            Some(known) => !known.contains(&account.id) && created.is_none_or(|at| at >= second - CLOCK_SKEW),
            None => created.is_some_and(|at| at >= second),
        };
        if is_new { Kinship::Created } else { Kinship::Namesake }
    }

    /// What was sent and is not stored: the field, what was sent, what is stored.
    pub fn not_in<'a>(&'a self, stored: &'a BillingAccount) -> impl Iterator<Item = (Field, &'a str, &'a str)> {
        self.sent
            .iter()
            .map(|(field, sent)| (*field, sent.as_str(), stored.get(*field).unwrap_or_default()))
            .filter(|(field, sent, stored)| !is_stored(*field, sent, Some(stored)))
    }
}

#[cfg(test)]
// proptest is for the host alone.
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// 2026-01-02T03:04:05.678Z
    const AT: f64 = 1_767_323_045_678.0;

    fn attempt(known: Option<&[&str]>) -> Attempt {
        Attempt {
            at: AT,
            sent: vec![(Field::Name, "Acme".into()), (Field::Email, "a@b.co".into())],
            known: known.map(|known| known.iter().filter_map(|id| BillingAccountId::parse(id)).collect()),
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
    fn an_account_of_the_same_name_that_was_not_there_before_is_the_one() {
        let new = account("cus_2", " Acme\u{200B}", "A@b.co");
        assert_eq!(attempt(Some(&["cus_1"])).kinship(&new, Some(AT + 900.0)), Kinship::Created);
        assert_eq!(attempt(None).kinship(&new, Some(AT + 900.0)), Kinship::Created);
        assert_eq!(attempt(None).kinship(&new, Some(AT - 678.0)), Kinship::Created, "a clock of whole seconds");
    }

    #[test]
    fn an_older_account_of_the_same_name_is_not() {
        let old = account("cus_1", "Acme", "a@b.co");
        assert_eq!(attempt(Some(&["cus_1"])).kinship(&old, Some(AT + 900.0)), Kinship::Namesake, "it was there before");
        assert_eq!(attempt(Some(&[])).kinship(&old, Some(AT - CLOCK_SKEW - 1000.0)), Kinship::Namesake);
        assert_eq!(attempt(None).kinship(&old, Some(AT - 679.0)), Kinship::Namesake, "nothing else tells its age");
        assert_eq!(attempt(None).kinship(&old, None), Kinship::Namesake);
    }

    #[test]
    fn a_server_whose_clock_is_behind_is_believed_when_the_ids_tell() {
        let new = account("cus_2", "Acme", "a@b.co");
        assert_eq!(attempt(Some(&["cus_1"])).kinship(&new, Some(AT - CLOCK_SKEW)), Kinship::Created);
        assert_eq!(attempt(Some(&["cus_1"])).kinship(&new, None), Kinship::Created);
    }

    #[test]
    fn another_name_or_email_is_another_account() {
        for (name, email) in [("Acme 2", "a@b.co"), ("Acme", "b@b.co"), ("", "")] {
            assert_eq!(attempt(None).kinship(&account("cus_2", name, email), Some(AT)), Kinship::None);
        }
        let nothing_sent = Attempt { sent: Vec::new(), ..attempt(None) };
        assert_eq!(nothing_sent.kinship(&account("cus_2", "Acme", "a@b.co"), Some(AT)), Kinship::None);
    }

    #[test]
    fn a_change_is_compared_field_by_field() {
        let sent = vec![(Field::Name, "New".into()), (Field::Phone, String::new()), (Field::City, "Lyon".into())];
        let change = Attempt { at: AT, sent, known: None };
        let stored = account("cus_1", "Old", "a@b.co");
        let differing: Vec<_> = change.not_in(&stored).collect();
        assert_eq!(differing, [(Field::Name, "New", "Old"), (Field::City, "Lyon", "")], "a cleared phone is cleared");
    }

    proptest! {
        #[test]
        fn what_was_there_before_is_never_taken_for_new(
            name in "[aA ]{0,2}", email in "[aA]{0,2}", created in proptest::option::of(any::<f64>()), at in any::<f64>(),
        ) {
            let sent = vec![(Field::Name, "a".into()), (Field::Email, "a".into())];
            let known = Some(vec![BillingAccountId::parse("cus_1").unwrap()]);
            let attempt = Attempt { at, sent, known };
            prop_assert_ne!(attempt.kinship(&account("cus_1", &name, &email), created), Kinship::Created);
        }

        #[test]
        fn without_the_ids_of_before_nothing_older_than_the_attempt_is_taken_for_new(
            age in 1000.0..1e15f64, at in 0.0..1e15f64,
        ) {
            let attempt = Attempt { at, ..attempt(None) };
            prop_assert_eq!(attempt.kinship(&account("cus_1", "Acme", "a@b.co"), Some(at - age)), Kinship::Namesake);
        }
    }
}

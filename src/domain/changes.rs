//! What an edit changes: the only thing that an update sends.

use std::borrow::Cow;

use crate::domain::text::{FieldValue, ValidationError, trim};
use crate::domain::{BillingAccount, Field};

/// One changed field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which field.
    pub field: Field,
    /// What is stored; `None` for nothing.
    pub from: Option<String>,
    /// What is to be stored; `None` clears it.
    pub to: Option<FieldValue>,
}

/// The changed fields of an account, checked, in the order of the form: the only thing that an update sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes(Vec<Change>);

/// Whether `typed` leaves what is stored as it is. Spaces that we or the server would trim away are no change, nor are
/// line ends, which a text area makes `\n`.
pub fn is_unchanged(stored: Option<&str>, typed: &str) -> bool {
    let (stored, typed) = (with_lf(stored.unwrap_or_default()), with_lf(typed));
    typed == stored || trim(&typed) == stored
}

fn with_lf(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text.into() }
}

/// Whether `stored` is what was sent to a field. An email may be stored in another case.
pub fn is_stored(field: Field, sent: &str, stored: Option<&str>) -> bool {
    is_unchanged(stored, sent)
        || field == Field::Email && stored.is_some_and(|stored| trim(stored).eq_ignore_ascii_case(trim(sent)))
}

/// Reads what was typed over what is stored. What is unchanged obeys no rule: an account may hold a text that is
/// longer than today's limit, and must be editable in its other fields.
///
/// # Errors
/// What is wrong with the new value.
pub fn parse(field: Field, stored: Option<&str>, typed: &str) -> Result<Option<Change>, ValidationError> {
    // The API takes no currency in an update (seeds/update-a-billing-account.txt).
    if field == Field::Currency || is_unchanged(stored, typed) {
        return Ok(None);
    }
    let to = field.parse(typed)?;
    Ok(Some(Change { field, from: stored.map(str::to_owned), to }))
}

impl Changes {
    /// Checks what was typed over an account.
    ///
    /// # Errors
    /// Every changed field that breaks a rule, in the order of the form.
    pub fn check<'a>(
        account: &BillingAccount,
        typed: impl Fn(Field) -> &'a str,
    ) -> Result<Self, Vec<(Field, ValidationError)>> {
        let (mut changes, mut errors) = (Vec::new(), Vec::new());
        for field in Field::ALL {
            match parse(field, account.get(field), typed(field)) {
                Ok(change) => changes.extend(change),
                Err(error) => errors.push((field, error)),
            }
        }
        if errors.is_empty() { Ok(Self(changes)) } else { Err(errors) }
    }

    /// Whether there is nothing to send.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The changes, in the order of the form.
    pub fn iter(&self) -> impl Iterator<Item = &Change> {
        self.0.iter()
    }

    /// The change of a field, if it has one.
    pub fn of(&self, field: Field) -> Option<&Change> {
        self.0.iter().find(|change| change.field == field)
    }

    /// What an update of `account` sends: what changed, and the whole address when any part of it did, since nothing
    /// says whether the API merges or replaces it (api.md). `None` clears a field.
    pub fn to_patch<'a>(&'a self, account: &'a BillingAccount) -> impl Iterator<Item = (Field, Option<&'a str>)> {
        let address_changed = self.0.iter().any(|change| change.field.is_address());
        Field::ALL.into_iter().filter_map(move |field| match self.of(field) {
            Some(change) => Some((field, change.to.as_ref().map(FieldValue::as_str))),
            None if address_changed && field.is_address() && !account.is_missing(field) => {
                Some((field, account.get(field)))
            }
            None => None,
        })
    }

    /// What an update of `account` sent and `reply` holds otherwise: the field, what was sent, what is stored. Of a field
    /// that is missing from the reply nothing is known.
    pub fn not_applied<'a>(
        &'a self,
        account: &'a BillingAccount,
        reply: &'a BillingAccount,
    ) -> impl Iterator<Item = (Field, Option<&'a str>, Option<&'a str>)> {
        let is_applied = |sent: Option<&str>, stored| is_unchanged(stored, sent.unwrap_or_default());
        self.to_patch(account)
            .filter(|(field, _)| !reply.is_missing(*field))
            .map(|(field, sent)| (field, sent, reply.get(field).filter(|text| !text.is_empty())))
            .filter(move |&(_, sent, stored)| !is_applied(sent, stored))
    }
}

#[cfg(test)]
// proptest is for the host alone.
#[cfg(not(target_arch = "wasm32"))]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::BillingAccountId;

    pub(in crate::domain) fn account(values: &[Option<String>]) -> BillingAccount {
        BillingAccount::new(BillingAccountId::parse("cus_1").unwrap(), |field| values[field as usize].clone())
    }

    /// What a server that stores what it is sent makes of an update.
    pub(in crate::domain) fn applied(account: &BillingAccount, changes: &Changes) -> BillingAccount {
        let sent: Vec<_> = changes.to_patch(account).collect();
        BillingAccount::new(account.id.clone(), |field| match sent.iter().find(|(at, _)| *at == field) {
            Some((_, value)) => value.map(str::to_owned),
            None => account.get(field).map(str::to_owned),
        })
    }

    /// Any text that an account can hold: missing, empty, spaced, longer than every limit, right to left.
    fn stored() -> impl Strategy<Value = Vec<Option<String>>> {
        let text = prop_oneof![
            Just(None),
            Just(Some(String::new())),
            "[ a-zA-Z@.👍]{0,12}".prop_map(Some),
            ".{0,20}".prop_map(Some),
            Just(Some("x".repeat(300))),
            Just(Some(" spaced ".to_owned())),
            Just(Some("XX".to_owned())),
        ];
        proptest::collection::vec(text, Field::COUNT)
    }

    /// What a user may make of it: mostly nothing, else anything, or something that every field takes.
    fn typed(stored: &[Option<String>]) -> impl Strategy<Value = Vec<String>> + use<> {
        stored
            .iter()
            .enumerate()
            .map(|(at, text)| {
                let unchanged = text.clone().unwrap_or_default();
                let accepted = match Field::ALL[at] {
                    Field::Email => "new@example.com",
                    Field::Country => "ZA",
                    _ => "new",
                };
                prop_oneof![4 => Just(unchanged), 1 => Just(String::new()), 1 => ".{0,8}", 2 => Just(accepted.to_owned())]
            })
            .collect::<Vec<_>>()
    }

    pub(in crate::domain) fn edit() -> impl Strategy<Value = (Vec<Option<String>>, Vec<String>)> {
        stored().prop_flat_map(|stored| {
            let typed = typed(&stored);
            (Just(stored), typed)
        })
    }

    proptest! {
        #[test]
        fn an_account_that_is_not_touched_sends_nothing(stored in stored()) {
            let account = account(&stored);
            let changes = Changes::check(&account, |field| account.get(field).unwrap_or_default()).unwrap();
            prop_assert!(changes.is_empty());
            prop_assert_eq!(changes.to_patch(&account).count(), 0);
        }

        #[test]
        fn the_update_makes_the_account_what_the_form_showed_and_touches_nothing_else((stored, typed) in edit()) {
            let before = account(&stored);
            let Ok(changes) = Changes::check(&before, |field| &typed[field as usize]) else { return Ok(()) };
            let after = applied(&before, &changes);
            for field in Field::ALL {
                let typed = &typed[field as usize];
                if field == Field::Currency || is_unchanged(before.get(field), typed) {
                    prop_assert_eq!(after.get(field), before.get(field), "{}", field.key());
                } else {
                    prop_assert_eq!(after.get(field).unwrap_or_default(), trim(typed), "{}", field.key());
                }
            }
            prop_assert_eq!(changes.not_applied(&before, &after).count(), 0);
        }
    }

    pub(in crate::domain) fn some(pairs: &[(Field, &str)]) -> BillingAccount {
        BillingAccount::new(BillingAccountId::parse("cus_1").unwrap(), |field| {
            pairs.iter().find(|(at, _)| *at == field).map(|(_, text)| (*text).to_owned())
        })
    }

    #[test]
    fn one_changed_part_sends_the_whole_address_and_a_cleared_phone_sends_null() {
        let account = some(&[(Field::Name, "A"), (Field::Phone, "1"), (Field::City, "Paris"), (Field::Line1, "Rue 1")]);
        let typed = |field| match field {
            Field::City => "Lyon",
            Field::Phone => " ",
            _ => account.get(field).unwrap_or_default(),
        };
        let changes = Changes::check(&account, typed).unwrap();
        let sent: Vec<_> = changes.to_patch(&account).map(|(field, value)| (field.key(), value)).collect();
        assert_eq!(
            sent,
            [
                ("phone", None),
                ("address.country", None),
                ("address.line1", Some("Rue 1")),
                ("address.line2", None),
                ("address.city", Some("Lyon")),
                ("address.state", None),
                ("address.postal_code", None),
            ]
        );
    }

    #[test]
    fn a_required_field_cannot_be_cleared_but_one_that_was_missing_need_not_be_given() {
        let account = some(&[(Field::Name, "A")]);
        let cleared = Changes::check(&account, |_| "").unwrap_err();
        assert_eq!(cleared, [(Field::Name, ValidationError::Empty)], "the missing email is left alone");
    }

    #[test]
    fn line_ends_are_no_change() {
        let text = "one\r\ntwo\rthree\n";
        let stored = Some(text);
        assert!(is_unchanged(stored, "one\ntwo\nthree\n") && is_unchanged(stored, text));
        assert!(!is_unchanged(stored, "one\n\ntwo\nthree\n"));
    }

    #[test]
    fn an_email_may_be_stored_in_another_case() {
        assert!(is_stored(Field::Email, "A@b.co", Some("a@B.co")));
        assert!(!is_stored(Field::Name, "A", Some("a")));
    }

    #[test]
    fn a_currency_is_never_a_change() {
        let account = some(&[(Field::Currency, "usd")]);
        assert_eq!(parse(Field::Currency, account.get(Field::Currency), "eur"), Ok(None));
    }

    #[test]
    fn a_text_beyond_todays_limit_stays_until_it_is_touched() {
        let long = "x".repeat(150);
        assert_eq!(parse(Field::Name, Some(&long), &long), Ok(None));
        assert!(parse(Field::Name, Some(&long), &format!("{long}y")).is_err());
    }
}

//! The changed fields of an edit.

use std::borrow::Cow;

use crate::domain::text::{FieldValue, ValidationError, trim};
use crate::domain::{BillingAccount, Field};

/// One changed field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The field.
    pub field: Field,
    /// The stored value; `None` if it is null or missing.
    pub from: Option<String>,
    /// The new value; `None` clears the field.
    pub to: Option<FieldValue>,
}

/// The changed fields of an account, validated, in the order of the form. Invariant: an update sends nothing else,
/// except the unchanged parts of a changed address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes(Vec<Change>);

/// Whether `typed` equals the stored value. White space that is trimmed and the kind of line break, which a text area
/// normalises to `\n`, do not count.
pub fn is_unchanged(stored: Option<&str>, typed: &str) -> bool {
    let (stored, typed) = (with_lf(stored.unwrap_or_default()), with_lf(typed));
    typed == stored || trim(&typed) == stored
}

fn with_lf(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text.into() }
}

/// Whether `stored` equals the value that was sent to a field. The server may store an email in another case.
pub fn is_stored(field: Field, sent: &str, stored: Option<&str>) -> bool {
    is_unchanged(stored, sent)
        || field == Field::Email && stored.is_some_and(|stored| trim(stored).eq_ignore_ascii_case(trim(sent)))
}

/// Validates the typed value of a field; `None` if it equals the stored value.
///
/// An unchanged value is not validated: an account may hold a text beyond today's limit, and its other fields must stay
/// editable.
///
/// # Errors
/// Why the new value is rejected.
pub fn parse(field: Field, stored: Option<&str>, typed: &str) -> Result<Option<Change>, ValidationError> {
    // The API accepts no currency in an update (Altostrat API reference: Update a billing account).
    if field == Field::Currency || is_unchanged(stored, typed) {
        return Ok(None);
    }
    let to = field.parse(typed)?;
    Ok(Some(Change { field, from: stored.map(str::to_owned), to }))
}

/// The values that undo an update of `fields`: the texts before it, empty for null. Fields that did not change are left
/// out. Empty if a value from before would be rejected today.
pub fn undo_values(
    before: &BillingAccount,
    after: &BillingAccount,
    fields: impl Iterator<Item = Field>,
) -> Vec<(Field, String)> {
    let text = |account: &BillingAccount, field| account.get(field).unwrap_or_default().to_owned();
    let changed = fields.filter(|field| {
        !before.is_missing(*field) && !after.is_missing(*field) && text(before, *field) != text(after, *field)
    });
    let values = changed.map(|field| (field, text(before, field)));
    values
        .map(|(field, text)| field.parse(&text).ok().map(|_| (field, text)))
        .collect::<Option<_>>()
        .unwrap_or_default()
}

impl Changes {
    /// Validates the typed values that differ from the account's.
    ///
    /// # Errors
    /// The error of every rejected field, in the order of the form.
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

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The changes, in the order of the form.
    pub fn iter(&self) -> impl Iterator<Item = &Change> {
        self.0.iter()
    }

    /// The change of a field; `None` if it is unchanged.
    pub fn of(&self, field: Field) -> Option<&Change> {
        self.0.iter().find(|change| change.field == field)
    }

    /// The values that an update of `account` sends; `None` clears a field.
    ///
    /// If a part of the address changed, the whole address is sent, because the API does not document whether it merges
    /// or replaces an address.
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

    /// The fields of which `reply` holds another value than the update of `account` sent: field, sent value, stored
    /// value. Fields that are missing from the reply are skipped, because their values are unknown.
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
// proptest runs on the host only.
#[cfg(not(target_arch = "wasm32"))]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::BillingAccountId;

    pub(in crate::domain) fn account(values: &[Option<String>]) -> BillingAccount {
        BillingAccount::new(BillingAccountId::parse("cus_1").unwrap(), |field| values[field as usize].clone())
    }

    /// The account after an update, on a server that stores every sent value.
    pub(in crate::domain) fn applied(account: &BillingAccount, changes: &Changes) -> BillingAccount {
        let sent: Vec<_> = changes.to_patch(account).collect();
        BillingAccount::new(account.id.clone(), |field| match sent.iter().find(|(at, _)| *at == field) {
            Some((_, value)) => value.map(str::to_owned),
            None => account.get(field).map(str::to_owned),
        })
    }

    /// Any stored values: missing, empty, with white space, beyond every limit, right to left.
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

    /// Typed values: mostly unchanged, sometimes empty, arbitrary, or accepted by the field.
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
        fn an_unchanged_account_sends_nothing(stored in stored()) {
            let account = account(&stored);
            let changes = Changes::check(&account, |field| account.get(field).unwrap_or_default()).unwrap();
            prop_assert!(changes.is_empty());
            prop_assert_eq!(changes.to_patch(&account).count(), 0);
        }

        #[test]
        fn an_update_stores_the_draft_and_changes_nothing_else((stored, typed) in edit()) {
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
    fn a_changed_part_sends_the_whole_address() {
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
    fn a_stored_required_field_cannot_be_cleared() {
        let account = some(&[(Field::Name, "A")]);
        let cleared = Changes::check(&account, |_| "").unwrap_err();
        assert_eq!(cleared, [(Field::Name, ValidationError::Empty)], "the missing email is left alone");
    }

    #[test]
    fn line_breaks_are_no_change() {
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
    fn an_unchanged_text_may_exceed_the_limit() {
        let long = "x".repeat(150);
        assert_eq!(parse(Field::Name, Some(&long), &long), Ok(None));
        assert!(parse(Field::Name, Some(&long), &format!("{long}y")).is_err());
    }
}

//! A billing account as the API answered it.

use crate::domain::text::{FieldValue, ValidationError, trim};
use crate::domain::{BillingAccountId, Field};

/// A billing account. Every part but the id may be missing: an unreadable part must never make a saved account look
/// unsaved (api.md).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BillingAccount {
    /// The Stripe Customer's id.
    pub id: BillingAccountId,
    /// When it was created, RFC 3339.
    pub created_at: Option<String>,
    /// When it was last changed, RFC 3339.
    pub updated_at: Option<String>,
    values: [Option<String>; Field::COUNT],
    /// The fields that the reply did not have. Null is a value.
    missing: Vec<Field>,
}

impl BillingAccount {
    /// An account whose fields are what `value` says; `None` for null or missing.
    pub fn new(id: BillingAccountId, value: impl FnMut(Field) -> Option<String>) -> Self {
        Self { id, created_at: None, updated_at: None, values: Field::ALL.map(value), missing: Vec::new() }
    }

    /// The same, of which some fields were missing from the reply: what they hold is not known, rather than nothing.
    #[must_use]
    pub fn with_missing(self, missing: Vec<Field>) -> Self {
        Self { missing, ..self }
    }

    /// Whether the reply did not have a field.
    pub fn is_missing(&self, field: Field) -> bool {
        self.missing.contains(&field)
    }

    /// Whether the reply lacked what every account has: its name or its email.
    pub fn is_partial(&self) -> bool {
        [Field::Name, Field::Email].into_iter().any(|field| self.get(field).is_none())
    }

    /// The same, with what an earlier reply held in the fields that this one did not have.
    #[must_use]
    pub fn completed_by(mut self, earlier: &Self) -> Self {
        for field in std::mem::take(&mut self.missing) {
            self.values[field as usize].clone_from(&earlier.values[field as usize]);
            if earlier.is_missing(field) {
                self.missing.push(field);
            }
        }
        self
    }

    /// A field's value as it is stored; `None` when it is null or missing.
    pub fn get(&self, field: Field) -> Option<&str> {
        self.values[field as usize].as_deref()
    }

    /// A name to call it by, even if the server sent none.
    pub fn title(&self) -> &str {
        self.get(Field::Name).filter(|name| !name.is_empty()).unwrap_or(self.id.as_str())
    }

    /// What has to be typed to delete it: its name, or its id if the name is none that can be typed on one line.
    pub fn delete_confirmation(&self) -> &str {
        let name = trim(self.get(Field::Name).unwrap_or_default());
        if name.is_empty() || name.contains(char::is_control) { self.id.as_str() } else { name }
    }
}

/// A new account's fields, checked: the only thing that a create sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBillingAccount([Option<FieldValue>; Field::COUNT]);

impl NewBillingAccount {
    /// Checks what was typed.
    ///
    /// # Errors
    /// Every field that breaks a rule, in the order of the form.
    pub fn check<'a>(typed: impl Fn(Field) -> &'a str) -> Result<Self, Vec<(Field, ValidationError)>> {
        let mut errors = Vec::new();
        let values = Field::ALL.map(|field| {
            field.parse(typed(field)).unwrap_or_else(|error| {
                errors.push((field, error));
                None
            })
        });
        if errors.is_empty() { Ok(Self(values)) } else { Err(errors) }
    }

    /// The fields that hold something, in the order of the form.
    pub fn iter(&self) -> impl Iterator<Item = (Field, &FieldValue)> {
        Field::ALL.into_iter().filter_map(|field| Some((field, self.0[field as usize].as_ref()?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_earlier_reply_completes_a_later_one() {
        let account = |name: &str, missing: &[Field]| {
            let id = BillingAccountId::parse("cus_1").unwrap();
            BillingAccount::new(id, |field| (!missing.contains(&field)).then(|| name.to_owned()))
                .with_missing(missing.to_vec())
        };
        let earlier = account("old", &[Field::City, Field::Phone]);
        let later = account("new", &[Field::Email, Field::City]).completed_by(&earlier);
        let values = [Field::Name, Field::Email, Field::Phone, Field::City].map(|field| later.get(field));
        assert_eq!(values, [Some("new"), Some("old"), Some("new"), None]);
        assert!(later.is_missing(Field::City) && !later.is_missing(Field::Email));
        assert!(account("new", &[Field::Email]).is_partial() && !earlier.completed_by(&later).is_partial());
    }

    #[test]
    fn an_account_is_deleted_by_its_name_or_else_by_its_id() {
        for (name, typed) in
            [(Some(" ACME \u{200B}"), "ACME"), (None, "cus_1"), (Some(" \u{200B}"), "cus_1"), (Some("a\nb"), "cus_1")]
        {
            let id = BillingAccountId::parse("cus_1").unwrap();
            let account = BillingAccount::new(id, |field| name.filter(|_| field == Field::Name).map(str::to_owned));
            assert_eq!(account.delete_confirmation(), typed, "{name:?}");
        }
    }
}

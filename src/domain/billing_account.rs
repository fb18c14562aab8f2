//! A billing account as the API returns it, and the validated values of a new one.

use crate::domain::text::{FieldValue, ValidationError, trim};
use crate::domain::{BillingAccountId, Field};

/// A billing account of the API. Every value but the ID may be missing, because an unexpected value must not make a
/// saved account look unsaved.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BillingAccount {
    /// The account's ID, which is also the ID of its Stripe customer.
    pub id: BillingAccountId,
    /// When it was created, as RFC 3339.
    pub created_at: Option<String>,
    /// When it was last updated, as RFC 3339.
    pub updated_at: Option<String>,
    values: [Option<String>; Field::COUNT],
    /// The fields that the response lacked. A null field is not missing.
    missing: Vec<Field>,
}

impl BillingAccount {
    /// An account with the values of `value`; `None` for a null or missing field.
    pub fn new(id: BillingAccountId, value: impl FnMut(Field) -> Option<String>) -> Self {
        Self { id, created_at: None, updated_at: None, values: Field::ALL.map(value), missing: Vec::new() }
    }

    /// Marks fields as missing from the response: their values are unknown, not empty.
    #[must_use]
    pub fn with_missing(self, missing: Vec<Field>) -> Self {
        Self { missing, ..self }
    }

    /// Whether the response lacked a field.
    pub fn is_missing(&self, field: Field) -> bool {
        self.missing.contains(&field)
    }

    /// Whether a required field is null or missing.
    pub fn is_partial(&self) -> bool {
        [Field::Name, Field::Email].into_iter().any(|field| self.get(field).is_none())
    }

    /// Fills the missing fields with the values of an earlier response.
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

    /// The stored value of a field; `None` if it is null or missing.
    pub fn get(&self, field: Field) -> Option<&str> {
        self.values[field as usize].as_deref()
    }

    /// The account's name, or its ID if it has no name.
    pub fn title(&self) -> &str {
        self.get(Field::Name).filter(|name| !name.is_empty()).unwrap_or(self.id.as_str())
    }

    /// The text that the user must type to delete the account: its name, or its ID if the name is empty or contains
    /// control characters, which cannot be typed.
    pub fn delete_confirmation(&self) -> &str {
        let name = trim(self.get(Field::Name).unwrap_or_default());
        if name.is_empty() || name.contains(char::is_control) { self.id.as_str() } else { name }
    }
}

/// The validated values of a new account. Invariant: a create sends nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBillingAccount([Option<FieldValue>; Field::COUNT]);

impl NewBillingAccount {
    /// Validates the draft's texts.
    ///
    /// # Errors
    /// The error of every rejected field, in the order of the form.
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

    /// The fields that are not empty, in the order of the form.
    pub fn iter(&self) -> impl Iterator<Item = (Field, &FieldValue)> {
        Field::ALL.into_iter().filter_map(|field| Some((field, self.0[field as usize].as_ref()?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_earlier_response_fills_missing_fields() {
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
    fn deletion_is_confirmed_with_the_name_or_else_the_id() {
        for (name, typed) in
            [(Some(" ACME \u{200B}"), "ACME"), (None, "cus_1"), (Some(" \u{200B}"), "cus_1"), (Some("a\nb"), "cus_1")]
        {
            let id = BillingAccountId::parse("cus_1").unwrap();
            let account = BillingAccount::new(id, |field| name.filter(|_| field == Field::Name).map(str::to_owned));
            assert_eq!(account.delete_confirmation(), typed, "{name:?}");
        }
    }
}

//! The text that the user typed into the form, before validation.
//!
//! A [`Draft`] is free text. Only [`Draft::check`] and [`Draft::changes`] turn it into values that can be sent. Pure.

use crate::domain::billing_account::NewBillingAccount;
use crate::domain::text::ValidationError;
use crate::domain::{BillingAccount, Changes, Field};

/// The text of each field, exactly as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft([String; Field::COUNT]);

impl Draft {
    /// A draft with the texts of `text`.
    pub fn new(text: impl FnMut(Field) -> String) -> Self {
        Self(Field::ALL.map(text))
    }

    /// The draft of an unedited account. Null and missing values are empty.
    pub fn of(account: &BillingAccount) -> Self {
        Self::new(|field| account.get(field).unwrap_or_default().to_owned())
    }

    /// Clears one field.
    #[must_use]
    pub fn without(mut self, field: Field) -> Self {
        self.0[field as usize].clear();
        self
    }

    /// A field's text.
    pub fn get(&self, field: Field) -> &str {
        &self.0[field as usize]
    }

    /// Whether every field is empty.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(String::is_empty)
    }

    /// Validates the draft as a new account.
    ///
    /// # Errors
    /// The error of every rejected field, in the order of the form.
    pub fn check(&self) -> Result<NewBillingAccount, Vec<(Field, ValidationError)>> {
        NewBillingAccount::check(|field| self.get(field))
    }

    /// Validates the draft as an edit of an account.
    ///
    /// # Errors
    /// The error of every rejected change, in the order of the form.
    pub fn changes(&self, account: &BillingAccount) -> Result<Changes, Vec<(Field, ValidationError)>> {
        Changes::check(account, |field| self.get(field))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(pairs: &[(Field, &str)]) -> Draft {
        Draft::new(|field| {
            pairs.iter().find(|(at, _)| *at == field).map_or(String::new(), |(_, text)| (*text).to_owned())
        })
    }

    #[test]
    fn an_empty_draft_lacks_the_name_and_the_email() {
        let errors = Draft::default().check().unwrap_err();
        assert_eq!(errors, [(Field::Name, ValidationError::Empty), (Field::Email, ValidationError::Empty)]);
    }

    #[test]
    fn values_are_trimmed_and_empty_ones_are_omitted() {
        let typed = draft(&[
            (Field::Name, "  ACME \u{200B}"),
            (Field::Email, "billing@acme.com "),
            (Field::Phone, "   "),
            (Field::City, "Cape Town"),
        ]);
        let input = typed.check().unwrap();
        let sent: Vec<_> = input.iter().map(|(field, value)| (field.key(), value.as_str())).collect();
        assert_eq!(sent, [("name", "ACME"), ("email", "billing@acme.com"), ("address.city", "Cape Town")]);
    }
}

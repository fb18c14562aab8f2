//! What the user has typed, and what is wrong with it.
//!
//! Pure. A [`Draft`] is free text; only [`Draft::check`] makes of it something that can be sent.

use crate::domain::billing_account::NewBillingAccount;
use crate::domain::text::ValidationError;
use crate::domain::{BillingAccount, Changes, Field};

/// The text in each control, just as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft([String; Field::COUNT]);

impl Draft {
    /// A draft whose text comes from `text`.
    pub fn new(text: impl FnMut(Field) -> String) -> Self {
        Self(Field::ALL.map(text))
    }

    /// An account as the form shows it: what is missing is empty.
    pub fn of(account: &BillingAccount) -> Self {
        Self::new(|field| account.get(field).unwrap_or_default().to_owned())
    }

    /// The same with nothing in one field.
    #[must_use]
    pub fn without(mut self, field: Field) -> Self {
        self.0[field as usize].clear();
        self
    }

    /// A field's text.
    pub fn get(&self, field: Field) -> &str {
        &self.0[field as usize]
    }

    /// Whether nothing is typed.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(String::is_empty)
    }

    /// Checks it as a new account.
    ///
    /// # Errors
    /// Every problem, in the order of the form.
    pub fn check(&self) -> Result<NewBillingAccount, Vec<(Field, ValidationError)>> {
        NewBillingAccount::check(|field| self.get(field))
    }

    /// Checks what it changes of an account.
    ///
    /// # Errors
    /// Every problem of what is changed, in the order of the form.
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
    fn an_empty_form_misses_its_name_and_its_email() {
        let errors = Draft::default().check().unwrap_err();
        assert_eq!(errors, [(Field::Name, ValidationError::Empty), (Field::Email, ValidationError::Empty)]);
    }

    #[test]
    fn what_is_sent_is_trimmed_and_what_is_empty_is_left_out() {
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

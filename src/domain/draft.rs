//! What the user has typed, and what is wrong with it.
//!
//! Pure. A [`Draft`] is free text; only [`Draft::check`] makes of it something that can be sent.

use crate::domain::billing_account::NewBillingAccount;
use crate::domain::text::ValidationError;
use crate::domain::{BillingAccount, Changes, Field};
use crate::form::FormErrors;

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
    pub fn check(&self) -> Result<NewBillingAccount, FormErrors<Field>> {
        NewBillingAccount::check(|field| self.get(field)).map_err(in_words)
    }

    /// Checks what it changes of an account.
    ///
    /// # Errors
    /// Every problem of what is changed, in the order of the form.
    pub fn changes(&self, account: &BillingAccount) -> Result<Changes, FormErrors<Field>> {
        Changes::check(account, |field| self.get(field)).map_err(in_words)
    }
}

fn in_words(wrong: Vec<(Field, ValidationError)>) -> FormErrors<Field> {
    FormErrors {
        fields: wrong.into_iter().map(|(field, error)| (field, field.error_message(error))).collect(),
        general: Vec::new(),
    }
}

/// What Stripe says of a phone number that it finds too long: "Invalid string: …; must be at most 20 characters". It
/// names no field, so its English text is all there is to recognise it by (api.md). Said in other words, the refusal
/// stands above the form like any other that names no field.
const STRIPE_PHONE_REFUSAL: &str = "must be at most 20 characters";

/// Puts the server's words on the fields that they are about: `errors` by key as in a 422, and its `message`.
pub fn place(errors: &[(String, Vec<String>)], message: &str) -> FormErrors<Field> {
    let mut form_errors = FormErrors::default();
    for (key, messages) in errors {
        let text = messages.join(" ");
        match Field::from_key(key) {
            Some(field) => form_errors.fields.push((field, text)),
            None => form_errors.general.push(text),
        }
    }
    if errors.is_empty() && message.contains(STRIPE_PHONE_REFUSAL) {
        form_errors.fields.push((Field::Phone, message.to_owned()));
    }
    form_errors.fields.sort_by_key(|&(field, _)| field);
    form_errors
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
        let texts: Vec<_> = errors.fields.iter().map(|(field, text)| (field.key(), text.as_str())).collect();
        assert_eq!(texts, [("name", "Enter a name"), ("email", "Enter an email address")]);
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

    #[test]
    fn the_servers_problems_stand_in_the_order_of_the_form() {
        let errors = [
            ("address.postal_code".to_owned(), vec!["Bad code.".to_owned()]),
            ("vat".to_owned(), vec!["No VAT.".to_owned()]),
            ("email".to_owned(), vec!["Bad.".to_owned(), "Worse.".to_owned()]),
        ];
        let placed = place(&errors, "The given data was invalid.");
        assert_eq!(
            placed.fields,
            [(Field::Email, "Bad. Worse.".to_owned()), (Field::PostalCode, "Bad code.".to_owned())]
        );
        assert_eq!(placed.general, ["No VAT."]);
    }

    #[test]
    fn stripes_refusal_of_a_long_phone_number_sits_on_the_phone() {
        let text = "Invalid string: +123; must be at most 20 characters";
        assert_eq!(place(&[], text).fields, [(Field::Phone, text.to_owned())]);
        for other in ["Something else", "La cadena no puede superar los 20 caracteres", ""] {
            assert!(place(&[], other).is_empty(), "{other}");
        }
    }
}

//! The fields of a billing account: keys, labels, validation rules and error messages.

use crate::domain::country::Country;
use crate::domain::currency::Currency;
use crate::domain::text;
use crate::domain::text::{FieldValue, ValidationError};

/// A field of a billing account, in the order of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The account's name. Required.
    Name,
    /// The email address for invoices. Required.
    Email,
    /// The billing contact's phone number.
    Phone,
    /// A note on the account's purpose.
    Description,
    /// The billing currency. It cannot be changed later.
    Currency,
    /// The address's country, an ISO 3166-1 alpha-2 code.
    Country,
    /// Street and house number.
    Line1,
    /// Flat, suite or floor.
    Line2,
    /// City, town or suburb.
    City,
    /// State, province or county.
    State,
    /// Postal code.
    PostalCode,
}

/// The length limit of a name, in code points (Altostrat API reference: Create a billing account).
pub const NAME_MAX: usize = 100;
/// The length limit of an email address, in code points (Altostrat API reference: Create a billing account).
pub const EMAIL_MAX: usize = 150;
/// The length limit of a phone number, in code points (Altostrat API reference: Create a billing account).
pub const PHONE_MAX: usize = 50;
/// The length limit of a description, in code points (Altostrat API reference: Create a billing account).
pub const DESCRIPTION_MAX: usize = 200;
/// Stripe's length limit of a customer's phone number, in characters (Stripe API reference: Create a customer). It is
/// below Altostrat's limit, so a longer number gets a warning, not an error.
pub const STRIPE_PHONE_MAX: usize = 20;

impl Field {
    /// The number of fields.
    pub const COUNT: usize = Self::ALL.len();

    /// Every field, in the order of the form.
    pub const ALL: [Self; 11] = [
        Self::Name,
        Self::Email,
        Self::Phone,
        Self::Description,
        Self::Currency,
        Self::Country,
        Self::Line1,
        Self::Line2,
        Self::City,
        Self::State,
        Self::PostalCode,
    ];

    /// The key of a field: its path in the API's JSON, the control's `name`, and the key of its messages in a 422.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Description => "description",
            Self::Currency => "currency",
            Self::Country => "address.country",
            Self::Line1 => "address.line1",
            Self::Line2 => "address.line2",
            Self::City => "address.city",
            Self::State => "address.state",
            Self::PostalCode => "address.postal_code",
        }
    }

    /// The field with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.key() == key)
    }

    /// The field's label on the page.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::Email => "Email",
            Self::Phone => "Phone",
            Self::Description => "Description",
            Self::Currency => "Currency",
            Self::Country => "Country",
            Self::Line1 => "Address line 1",
            Self::Line2 => "Address line 2",
            Self::City => "City",
            Self::State => "State or province",
            Self::PostalCode => "Postal code",
        }
    }

    /// The documented length limit, in code points; `None` for a field without a limit.
    pub const fn max(self) -> Option<usize> {
        match self {
            Self::Name => Some(NAME_MAX),
            Self::Email => Some(EMAIL_MAX),
            Self::Phone => Some(PHONE_MAX),
            Self::Description => Some(DESCRIPTION_MAX),
            _ => None,
        }
    }

    /// Whether every account needs a value.
    pub const fn required(self) -> bool {
        matches!(self, Self::Name | Self::Email)
    }

    /// Whether the field is a part of the address.
    pub fn is_address(self) -> bool {
        self >= Self::Country
    }

    /// Parses the typed text into a value that can be sent; `None` if the field is empty.
    ///
    /// # Errors
    /// Why the API's documented rules reject the text (Altostrat API reference: Create a billing account).
    pub fn parse(self, typed: &str) -> Result<Option<FieldValue>, ValidationError> {
        let Some(value) = FieldValue::trimmed(typed) else {
            return if self.required() { Err(ValidationError::Empty) } else { Ok(None) };
        };
        let text = value.as_str();
        if let Some(max) = self.max() {
            let actual = text::char_count(text);
            if actual > max {
                return Err(ValidationError::TooLong { max, actual });
            }
        }
        match self {
            Self::Email if !text::looks_like_email(text) => Err(ValidationError::NotAnEmail),
            Self::Currency if Currency::with_code(text).is_none() => Err(ValidationError::NotACurrency),
            Self::Country if Country::parse(text).is_none() => Err(ValidationError::NotACountry),
            _ => Ok(Some(value)),
        }
    }

    /// The error message for the user.
    pub fn error_message(self, error: ValidationError) -> String {
        match error {
            ValidationError::Empty if self == Self::Email => "Enter an email address".to_owned(),
            ValidationError::Empty => format!("Enter a {}", self.label().to_ascii_lowercase()),
            ValidationError::TooLong { max, .. } => format!("{} must be {max} characters or fewer", self.label()),
            ValidationError::NotAnEmail => {
                "Enter an email address in the correct format, like name@example.com".to_owned()
            }
            ValidationError::NotACurrency | ValidationError::NotACountry => {
                format!("Select a {} from the list", self.label().to_ascii_lowercase())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_in_order_and_found_by_their_keys() {
        assert!(Field::ALL.is_sorted());
        for field in Field::ALL {
            assert_eq!(Field::from_key(field.key()), Some(field));
            assert_eq!(field.is_address(), field.key().starts_with("address."));
        }
        assert_eq!(Field::from_key("address"), None);
    }

    #[test]
    fn a_text_of_exactly_the_limit_is_accepted() {
        for field in [Field::Name, Field::Phone, Field::Description] {
            let max = field.max().unwrap();
            let full = "👍".repeat(max);
            assert_eq!(field.parse(&format!("  {full} ")).unwrap().unwrap().as_str(), full);
            assert_eq!(field.parse(&"👍".repeat(max + 12)), Err(ValidationError::TooLong { max, actual: max + 12 }));
        }
        let host = "@example.com";
        let longest = format!("{}{host}", "a".repeat(EMAIL_MAX - host.len()));
        assert!(Field::Email.parse(&longest).is_ok());
        assert!(matches!(
            Field::Email.parse(&format!("a{longest}")),
            Err(ValidationError::TooLong { max: 150, actual: 151 })
        ));
    }

    #[test]
    fn only_name_and_email_are_required() {
        for field in Field::ALL {
            let expected =
                if matches!(field, Field::Name | Field::Email) { Err(ValidationError::Empty) } else { Ok(None) };
            assert_eq!(field.parse(" \u{200B}"), expected, "{}", field.key());
        }
    }

    #[test]
    fn countries_and_currencies_are_codes_of_the_api() {
        assert!(Field::Currency.parse("zar").is_ok());
        assert_eq!(Field::Currency.parse("ZAR"), Err(ValidationError::NotACurrency));
        assert_eq!(Field::Currency.parse("jpy"), Err(ValidationError::NotACurrency));
        assert!(Field::Country.parse("ZA").is_ok());
        assert_eq!(Field::Country.parse("za"), Err(ValidationError::NotACountry));
        assert_eq!(Field::Country.parse("South Africa"), Err(ValidationError::NotACountry));
    }

    #[test]
    fn error_messages_name_the_field_and_the_limit() {
        assert_eq!(Field::Name.error_message(ValidationError::Empty), "Enter a name");
        assert_eq!(Field::Email.error_message(ValidationError::Empty), "Enter an email address");
        let long = ValidationError::TooLong { max: 100, actual: 112 };
        assert_eq!(Field::Name.error_message(long), "Name must be 100 characters or fewer");
    }
}

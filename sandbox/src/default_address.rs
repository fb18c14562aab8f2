//! The address that the API gives to an account that is created without one.

use std::str::FromStr;

use crate::accounts::Address;
use crate::countries::is_country;

/// The address that the API fills in from the caller's location when an account is created without one ("smart billing
/// address", change log of 2025-06-26). By default it is in Johannesburg.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefaultAddress(Option<String>);

impl Default for DefaultAddress {
    fn default() -> Self {
        Self(Some("ZA".to_owned()))
    }
}

impl DefaultAddress {
    /// No address is filled in.
    pub const NONE: Self = Self(None);

    /// The address, empty if none is filled in.
    pub(crate) fn address(&self) -> Address {
        let (city, state, postal_code) = match self.0.as_deref() {
            Some("ZA") => (Some("Johannesburg"), Some("Gauteng"), Some("2000")),
            _ => (None, None, None),
        };
        let [city, state, postal_code] = [city, state, postal_code].map(|text| text.map(str::to_owned));
        Address { country: self.0.clone(), city, state, postal_code, ..Address::default() }
    }
}

impl FromStr for DefaultAddress {
    type Err = String;

    /// Parses a country code or `none`.
    ///
    /// # Errors
    /// A message for the user of the command line.
    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "none" => Ok(Self::NONE),
            code if is_country(code) => Ok(Self(Some(code.to_owned()))),
            _ => Err("must be a country code in upper case, such as ZA, or \"none\"".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_code_or_none_is_accepted() {
        assert_eq!("none".parse(), Ok(DefaultAddress::NONE));
        assert_eq!("ZA".parse(), Ok(DefaultAddress::default()));
        assert_eq!("DE".parse::<DefaultAddress>().unwrap().address().country.as_deref(), Some("DE"));
        for wrong in ["", "za", "None", "XX", "ZAF"] {
            assert!(wrong.parse::<DefaultAddress>().is_err(), "{wrong}");
        }
    }
}

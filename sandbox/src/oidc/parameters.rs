//! The parameters of a query or a form, each at most once (RFC 6749, section 3.1).

use std::collections::HashMap;

use crate::oidc::issuer::OAuthError;

#[derive(Debug, Default)]
pub(crate) struct Parameters(HashMap<String, String>);

impl Parameters {
    /// Reads `application/x-www-form-urlencoded`. An empty value counts as missing.
    pub(crate) fn parse(text: &[u8]) -> Result<Self, OAuthError> {
        let mut parameters = HashMap::new();
        for (name, value) in form_urlencoded::parse(text).into_owned() {
            if parameters.contains_key(&name) {
                return Err(OAuthError::invalid_request(&format!("The parameter {name} is repeated.")));
            }
            parameters.insert(name, value);
        }
        parameters.retain(|_, value| !value.is_empty());
        Ok(Self(parameters))
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    pub(crate) fn require(&self, name: &str) -> Result<&str, OAuthError> {
        self.get(name).ok_or_else(|| OAuthError::invalid_request(&format!("The parameter {name} is missing.")))
    }
}

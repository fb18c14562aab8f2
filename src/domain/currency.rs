//! The currencies of billing accounts.

/// A currency that the API accepts (Altostrat API reference: Create a billing account).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Currency {
    /// The ISO 4217 code in lower case, as the API requires.
    pub code: &'static str,
}

impl Currency {
    /// Every accepted currency, in the order of the API reference.
    pub const ALL: [Self; 5] =
        [Self { code: "usd" }, Self { code: "zar" }, Self { code: "eur" }, Self { code: "gbp" }, Self { code: "aud" }];

    /// The currency with this lower-case code.
    pub fn with_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|currency| currency.code == code)
    }
}

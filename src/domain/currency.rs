//! The currencies that an account may be billed in.

/// A currency that the API takes (seeds/create-a-billing-account.txt).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Currency {
    /// Lower case ISO 4217, as the API spells it.
    pub code: &'static str,
}

impl Currency {
    /// Every currency that the API takes, in the order of its documentation.
    pub const ALL: [Self; 5] =
        [Self { code: "usd" }, Self { code: "zar" }, Self { code: "eur" }, Self { code: "gbp" }, Self { code: "aud" }];

    /// The currency with that lower case code.
    pub fn with_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|currency| currency.code == code)
    }
}

//! The currencies that an account may be billed in.

/// A currency that the API takes (seeds/create-a-billing-account.txt).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Currency {
    /// Lower case ISO 4217, as the API spells it.
    pub code: &'static str,
    /// Its English name, for when the browser knows none.
    pub name: &'static str,
}

impl Currency {
    /// Every currency that the API takes, in the order of its documentation.
    pub const ALL: [Self; 5] = [
        Self { code: "usd", name: "US Dollar" },
        Self { code: "zar", name: "South African Rand" },
        Self { code: "eur", name: "Euro" },
        Self { code: "gbp", name: "British Pound" },
        Self { code: "aud", name: "Australian Dollar" },
    ];

    /// The currency with that lower case code.
    pub fn with_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|currency| currency.code == code)
    }
}

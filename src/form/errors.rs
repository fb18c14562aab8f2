//! The problems of a form, whoever found them: our checks or the server.

/// Problems by field, in the order of the form, and those that belong to no field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problems<F> {
    /// A field and what is wrong with it, in words.
    pub at: Vec<(F, String)>,
    /// What is wrong with no field of ours.
    pub elsewhere: Vec<String>,
}

impl<F> Default for Problems<F> {
    fn default() -> Self {
        Self { at: Vec::new(), elsewhere: Vec::new() }
    }
}

impl<F> Problems<F> {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.at.is_empty() && self.elsewhere.is_empty()
    }
}

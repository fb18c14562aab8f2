//! The problems of a form, whoever found them: our checks or the server.

/// Problems by field, in the order of the form, and those that belong to no field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormErrors<F> {
    /// A field and what is wrong with it, in words.
    pub fields: Vec<(F, String)>,
    /// What is wrong with no field of ours.
    pub general: Vec<String>,
}

impl<F> Default for FormErrors<F> {
    fn default() -> Self {
        Self { fields: Vec::new(), general: Vec::new() }
    }
}

impl<F> FormErrors<F> {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.general.is_empty()
    }
}

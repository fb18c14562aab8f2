//! The errors of a form, from client-side validation or from the server.

/// Errors by field, in the order of the form, and errors that belong to no field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormErrors<F> {
    /// Each field with its error message.
    pub fields: Vec<(F, String)>,
    /// Messages that belong to no field of the form.
    pub general: Vec<String>,
}

impl<F> Default for FormErrors<F> {
    fn default() -> Self {
        Self { fields: Vec::new(), general: Vec::new() }
    }
}

impl<F> FormErrors<F> {
    /// Whether there are no errors.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.general.is_empty()
    }
}
